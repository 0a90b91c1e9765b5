"""SMS by Twilio: https://www.twilio.com/docs/messaging/api/message-resource."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urlencode

import httpx

from voicebot.clock import Clock
from voicebot.delivery.answers import Answer, ask, open_client, refusal
from voicebot.delivery.letter import Letter
from voicebot.delivery.outcome import Outcome, Refused, Sent, Trouble, shortened

URL = "https://api.twilio.com"
LOOKED_AT = 20
"""The latest messages to one number: a letter in doubt is minutes old."""
SKEW = timedelta(minutes=2)
"""How far Twilio's clock and ours may be apart."""
_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Twilio:
    """An account of Twilio's."""

    account: str
    token: str = field(repr=False)
    sender: str
    """A number, a name of up to eleven letters, or a messaging service (`MG…`)."""
    clock: Clock
    public_url: str = ""
    """Where Twilio's receipts reach us; without it none come."""
    url: str = URL
    client: httpx.AsyncClient = field(default_factory=open_client, repr=False)
    name: str = "twilio"

    async def send(self, letter: Letter) -> Outcome:
        """Hands the SMS over."""
        service = self.sender.startswith("MG")
        form = {
            "To": letter.address,
            "MessagingServiceSid" if service else "From": self.sender,
            "Body": letter.text,
        }
        if self.public_url:
            form["StatusCallback"] = callback(self.public_url, letter.key)
        answer = await self._ask("POST", content=urlencode(form).encode())
        if isinstance(answer, Trouble):
            return answer
        said = answer.json()
        if not answer.good:
            code = f"twilio {said['code']}" if said.get("code") else ""
            return refusal(answer, self.clock.now(), code, str(said.get("message") or ""))
        return self._read(said) or Trouble("error in answer", shortened(answer.text))

    async def became(self, letter: Letter, known: Collection[str]) -> Outcome | None:
        """Looks for it among the messages to that number: Twilio takes no key of ours.

        The same words, its link apart, written since the letter was, and not another letter's. A
        number that gets the same words twice is told apart by `known`.
        """
        query = urlencode({"To": letter.address, "PageSize": LOOKED_AT})
        answer = await self._ask("GET", f"?{query}")
        if isinstance(answer, Trouble):
            return answer
        if not answer.good:
            outcome = refusal(answer, self.clock.now())
            return outcome if isinstance(outcome, Trouble) else None
        messages = answer.json().get("messages")
        for said in messages if isinstance(messages, list) else ():
            if _is(said, letter) and said.get("sid") not in known:
                return self._read(said)
        return None

    async def close(self) -> None:
        """Ends the connections."""
        await self.client.aclose()

    async def _ask(
        self, method: str, query: str = "", content: bytes | None = None
    ) -> Answer | Trouble:
        url = f"{self.url}/2010-04-01/Accounts/{quote(self.account)}/Messages.json{query}"
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if content else None
        auth = httpx.BasicAuth(self.account, self.token)
        return await ask(self.client, method, url, headers=headers, content=content, auth=auth)

    def _read(self, said: Mapping[str, Any]) -> Sent | Refused | None:
        """What Twilio says of a message; None where it speaks of none."""
        if said.get("error_code") or said.get("status") in ("failed", "undelivered"):
            why = shortened(str(said.get("error_message") or said.get("status")))
            return Refused(f"twilio {said.get('error_code')}", why)
        return Sent(str(said["sid"])[:128]) if said.get("sid") else None


def _is(said: Any, letter: Letter) -> bool:
    """Whether a message of Twilio's list is this letter."""
    if not isinstance(said, dict) or not str(said.get("direction")).startswith("outbound"):
        return False
    made = _instant(said.get("date_created"))
    # A trial account writes something before our words.
    same = _words(str(said.get("body"))).endswith(_words(letter.text))
    return same and made is not None and made >= letter.at - SKEW


def _words(text: str) -> str:
    """A text without its link, which is made anew for each attempt."""
    return " ".join(_LINK.sub("", text).split())


def _instant(written: Any) -> datetime | None:
    try:
        return parsedate_to_datetime(str(written))
    except ValueError:
        return None


def callback(public_url: str, key: str) -> str:
    """Where Twilio tells how the letter fared.

    The letter's key stands in it, because a receipt can be quicker than the answer that tells what
    Twilio calls the message. Twilio signs the whole address.
    """
    return f"{public_url}/receipts/twilio?key={quote(key, safe='')}"
