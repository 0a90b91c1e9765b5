"""Signatures of what goes out and comes in: Standard Webhooks, Twilio, OVH."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from voicebot.errors import BadInput

TOLERANCE = timedelta(minutes=5)
"""How old a signed request may be; what is older may be a replay."""
PREFIX = "whsec_"


class BadSignature(BadInput):
    """What came in was not signed by whoever it says, or is too old."""


def webhook_key(secret: str) -> bytes:
    """The key of `whsec_…`, or of a plain text of 16 characters or more.

    Raises:
        BadInput: it is too short to keep anybody out, or is no base64 behind `whsec_`.
    """
    try:
        encoded = secret.removeprefix(PREFIX)
        key = base64.b64decode(encoded, validate=True) if secret != encoded else secret.encode()
    except binascii.Error as error:
        raise BadInput("a webhook's secret is base64 behind whsec_") from error
    if len(key) < 16:
        raise BadInput("a webhook's secret has 16 bytes or more")
    return key


def client_secret(secret: str, client: str) -> str:
    """The secret of one client, made of ours: whoever has it cannot sign for another client."""
    digest = hmac.new(webhook_key(secret), f"client {client}".encode(), hashlib.sha256).digest()
    return PREFIX + base64.b64encode(digest).decode()


def webhook_signature(secret: str, id: str, timestamp: int, body: bytes) -> str:
    """`v1,` and the HMAC-SHA256 of `id.timestamp.body`, as Standard Webhooks writes it."""
    signed = f"{id}.{timestamp}.".encode() + body
    digest = hmac.new(webhook_key(secret), signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


def verify(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """Checks a webhook of ours, on the side that receives it; gives its id.

    The id is the letter's key: whoever keeps the ids of the last five minutes and passes over one
    that he has seen is safe from replays.

    Args:
        secret: as the sender has it.
        headers: of the request, in any case.
        body: as it came, before anything reads it.
        now: the receiver's time.

    Raises:
        BadSignature: a header is missing, the request is older than five minutes, or no
            signature fits.
    """
    lower = {name.lower(): value for name, value in headers.items()}
    try:
        id, stamp = lower["webhook-id"], int(lower["webhook-timestamp"])
        signatures = lower["webhook-signature"].split()
        age = abs(now - datetime.fromtimestamp(stamp, now.tzinfo))
    except (KeyError, ValueError, OverflowError, OSError) as error:
        raise BadSignature("the webhook's headers are missing or are none") from error
    if age > TOLERANCE:
        raise BadSignature("the webhook is too old, or from a clock that is wrong")
    wanted = webhook_signature(secret, id, stamp, body)
    # During a change of secrets a sender signs with both, so any one may fit.
    if not any(hmac.compare_digest(wanted.encode(), given.encode()) for given in signatures):
        raise BadSignature("the webhook's signature does not fit")
    return id


def twilio_signature(token: str, url: str, fields: Sequence[tuple[str, str]]) -> str:
    """Twilio's signature of a form posted to us: the URL, then each name and value, by name."""
    signed = url + "".join(name + value for name, value in sorted(set(fields)))
    digest = hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def ovh_signature(
    secret: str, consumer: str, method: str, url: str, body: str, timestamp: int
) -> str:
    """OVH's signature of a request of ours."""
    signed = "+".join((secret, consumer, method, url, body, str(timestamp)))
    return "$1$" + hashlib.sha1(signed.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two secrets are equal, in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())
