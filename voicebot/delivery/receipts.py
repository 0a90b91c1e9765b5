"""What carriers tell afterwards: whether an SMS arrived. Each checked before it is believed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from voicebot.delivery.outcome import shortened
from voicebot.delivery.signature import BadSignature, same, twilio_signature, verify
from voicebot.errors import BadInput


@dataclass(frozen=True)
class ReceiptSecrets:
    """What receipts are checked with; an empty one lets none of its kind in."""

    public_url: str = ""
    """The address that carriers were given; Twilio signs it."""
    twilio_token: str = field(default="", repr=False)
    receipt_secret: str = field(default="", repr=False)


@dataclass(frozen=True)
class Receipt:
    """How a letter fared."""

    delivered: bool
    """Or failed."""
    key: str | None = None
    """The letter's own key, from a carrier that hands it back."""
    reference: str | None = None
    """What the carrier calls it."""
    code: str | None = None
    why: str | None = None


def twilio(
    secrets: ReceiptSecrets, target: str, fields: Sequence[tuple[str, str]], signature: str
) -> Receipt | None:
    """Twilio's status callback; None while the message is still on its way.

    Args:
        secrets: what to check with.
        target: path and query as they came, under which Twilio signed.
        fields: the form's, each name and value.
        signature: `X-Twilio-Signature`.

    Raises:
        BadSignature: it is not Twilio's.
    """
    wanted = twilio_signature(secrets.twilio_token, secrets.public_url + target, fields)
    if not secrets.twilio_token or not same(wanted, signature):
        raise BadSignature("the signature is not Twilio's")
    form = dict(fields)
    state = form.get("MessageStatus") or form.get("SmsStatus") or ""
    if state not in ("delivered", "read", "undelivered", "failed"):
        return None
    code = form.get("ErrorCode", "")
    return Receipt(
        delivered=state in ("delivered", "read"),
        reference=form.get("MessageSid") or form.get("SmsSid"),
        code=f"twilio {code}"[:64] if code else f"twilio {state}",
    )


def ovh(secrets: ReceiptSecrets, secret: str, query: Mapping[str, str]) -> Receipt | None:
    """OVH's call of our address; None while the SMS is still on its way.

    OVH signs nothing: the secret stands in the address that was given to it. `ptt` is the state
    (1 to 3 on its way, 4 arrived), `description` the carrier's report (1 arrived, 2 and 16 not).
    https://docs.ovh.com/ie/en/sms/everything_you_need_to_know_about_sms_users/

    Raises:
        BadSignature: the secret is another one.
    """
    if not secrets.receipt_secret or not same(secrets.receipt_secret, secret):
        raise BadSignature("the secret is not the one that OVH was given")
    state, report = query.get("ptt", ""), query.get("description", "")
    delivered = report == "1" or state == "4"
    if not delivered and report not in ("2", "16") and state in ("", "0", "1", "2", "3"):
        return None
    return Receipt(
        delivered=delivered,
        reference=query.get("id"),
        code=f"ovh {state}"[:64],
        why=shortened(query.get("descriptionDlr", "")) or None,
    )


def own(
    secrets: ReceiptSecrets, headers: Mapping[str, str], body: bytes, now: datetime
) -> Receipt | None:
    """A gateway of the operator's own: JSON with `key` or `reference`, and `state`; signed.

    Raises:
        BadSignature: it is not signed with our secret.
        BadInput: the JSON does not say which letter, or how it fared.
    """
    if not secrets.receipt_secret:
        raise BadSignature("no receipt_secret is set")
    verify(secrets.receipt_secret, headers, body, now)
    try:
        said = json.loads(body)
        key, reference, state = said.get("key"), said.get("reference"), said["state"]
    except (ValueError, AttributeError, KeyError, TypeError) as error:
        raise BadInput("a receipt has key or reference, and state") from error
    if state not in ("sent", "delivered", "failed") or not (key or reference):
        raise BadInput("a receipt has key or reference, and state: sent, delivered or failed")
    if state == "sent":
        return None
    return Receipt(
        delivered=state == "delivered",
        key=str(key) if key else None,
        reference=str(reference) if reference else None,
        code="http failed" if state == "failed" else None,
        why=shortened(str(said.get("why") or "")) or None,
    )
