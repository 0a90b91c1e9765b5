"""SMS by OVHcloud: https://eu.api.ovh.com/console/?section=%2Fsms&branch=v1."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import quote

import httpx

from voicebot.clock import Clock
from voicebot.delivery.answers import Answer, ask, open_client, refusal
from voicebot.delivery.letter import Letter
from voicebot.delivery.outcome import Outcome, Refused, Sent, Trouble, shortened
from voicebot.delivery.segments import length
from voicebot.delivery.signature import ovh_signature

URL = "https://eu.api.ovh.com/1.0"
DRIFT_KEPT = timedelta(hours=1)
"""How long the difference between OVH's clock and ours is believed."""
OUT_OF_TIME = ("QUERY_TIME_OUT", "INVALID_SIGNATURE", "out of time", "Invalid signature")
"""What OVH says of a request whose time is wrong."""


LOOKED_AT = 20
"""Jobs that wait to leave; they do for seconds."""
FORBIDDEN = (401, 403)
log = logging.getLogger(__name__)


@dataclass
class Drift:
    """How far OVH's clock is ahead of ours."""

    seconds: int
    measured: datetime


@dataclass
class Ovh:
    """An SMS service of OVHcloud's, and the application that may use it."""

    service: str
    """`sms-ab12345-1`."""
    application: str
    secret: str = field(repr=False)
    consumer: str = field(repr=False)
    sender: str
    """A sender that OVH validated; without one a short number is used, which can be answered."""
    clock: Clock
    url: str = URL
    client: httpx.AsyncClient = field(default_factory=open_client, repr=False)
    name: str = "ovh"
    drift: Drift | None = None

    async def send(self, letter: Letter) -> Outcome:
        """Hands the SMS over; once more at once when OVH finds our time wrong."""
        outcome: Outcome | None = None
        for _ in range(2):
            if isinstance(missing := await self._measured(), Trouble):
                return missing
            answer = await self._post(letter)
            if isinstance(answer, Trouble):
                return answer
            outcome = self._read(answer, letter)
            if answer.good or not any(sign in answer.text for sign in OUT_OF_TIME):
                return outcome
            self.drift = None
        # The letter is not at fault when our signature is: it stays while settings are put right.
        return Trouble("ovh signature", getattr(outcome, "why", ""))

    async def became(self, letter: Letter, known: Collection[str]) -> Outcome | None:
        """Looks for the letter's tag among what left, and among what waits to leave."""
        if isinstance(missing := await self._measured(), Trouble):
            return missing
        left = await self._numbers(f"outgoing?tag={tag(letter)}")
        if not isinstance(left, list):
            return left
        if left:
            return Sent(str(left[0])[:128])
        waiting = await self._numbers("jobs")
        if not isinstance(waiting, list):
            return waiting
        for job in waiting[:LOOKED_AT]:
            answer = await self._ask("GET", f"jobs/{job}")
            if isinstance(answer, Trouble):
                return answer
            if answer.json().get("receiver") == letter.address:
                return Trouble("ovh job")  # it leaves soon, and stands among what left then
        return None

    async def close(self) -> None:
        """Ends the connections."""
        await self.client.aclose()

    async def _measured(self) -> Trouble | None:
        """Asks OVH for the time, unless it is known."""
        now = self.clock.now()
        if self.drift and abs(now - self.drift.measured) < DRIFT_KEPT:
            return None
        answer = await ask(self.client, "GET", f"{self.url}/auth/time")
        if isinstance(answer, Trouble):
            return answer
        if not answer.good or not answer.text.strip().isdecimal():
            return Trouble("ovh time", shortened(answer.text))
        self.drift = Drift(int(answer.text) - int(now.timestamp()), now)
        return None

    async def _numbers(self, what: str) -> list[int] | Trouble | None:
        """A list of OVH's; None where the keys do not let us read it."""
        answer = await self._ask("GET", what)
        if isinstance(answer, Trouble):
            return answer
        if answer.status in FORBIDDEN:
            log.warning("ovh: the keys give no GET /sms/*: letters in doubt are sent again")
            return None
        try:
            found = json.loads(answer.text) if answer.good else None
        except ValueError:
            found = None
        if any(sign in answer.text for sign in OUT_OF_TIME):
            self.drift = None
        return found if isinstance(found, list) else Trouble("ovh list", shortened(answer.text))

    async def _post(self, letter: Letter) -> Answer | Trouble:
        return await self._ask("POST", "jobs", json.dumps(self._job(letter), ensure_ascii=False))

    async def _ask(self, method: str, what: str, body: str = "") -> Answer | Trouble:
        url = f"{self.url}/sms/{quote(self.service)}/{what}"
        drift = self.drift.seconds if self.drift else 0
        timestamp = int(self.clock.now().timestamp()) + drift
        signature = ovh_signature(self.secret, self.consumer, method, url, body, timestamp)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "X-Ovh-Application": self.application,
            "X-Ovh-Consumer": self.consumer,
            "X-Ovh-Timestamp": str(timestamp),
            "X-Ovh-Signature": signature,
        }
        return await ask(self.client, method, url, headers=headers, content=body.encode() or None)

    def _job(self, letter: Letter) -> dict[str, object]:
        job: dict[str, object] = {
            "receivers": [letter.address],
            "message": letter.text,
            "charset": "UTF-8",
            "coding": "8bit" if length(letter.text).unicode else "7bit",
            "class": "phoneDisplay",
            "priority": "high",
            # With its clause for advertisements OVH keeps an SMS back at night and on Sundays.
            "noStopClause": True,
            "tag": tag(letter),
        }
        return job | ({"sender": self.sender} if self.sender else {"senderForResponse": True})

    def _read(self, answer: Answer, letter: Letter) -> Outcome:
        said = answer.json()
        if not answer.good:
            code = str(said.get("errorCode") or said.get("class") or "")
            words = str(said.get("message") or "")
            return refusal(answer, self.clock.now(), f"ovh {code}"[:64] if code else "", words)
        if letter.address in (said.get("invalidReceivers") or ()):
            return Refused("ovh invalid receiver")
        if not said.get("ids"):
            return Trouble("error in answer", shortened(answer.text))
        return Sent(str(said["ids"][0])[:128])


def tag(letter: Letter) -> str:
    """What OVH keeps with the SMS, and finds it by: a hash, since a key is longer than a tag."""
    return hashlib.sha256(letter.key.encode()).hexdigest()[:20]
