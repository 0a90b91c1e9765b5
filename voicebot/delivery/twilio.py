"""SMS by Twilio: https://www.twilio.com/docs/messaging/api/message-resource."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import httpx

from voicebot.clock import Clock
from voicebot.delivery.answers import ask, open_client, refusal
from voicebot.delivery.letter import Letter
from voicebot.delivery.outcome import Outcome, Refused, Sent, Trouble, shortened

URL = "https://api.twilio.com"


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
        url = f"{self.url}/2010-04-01/Accounts/{quote(self.account)}/Messages.json"
        answer = await ask(
            self.client,
            "POST",
            url,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            content=urlencode(form).encode(),
            auth=httpx.BasicAuth(self.account, self.token),
        )
        if isinstance(answer, Trouble):
            return answer
        said = answer.json()
        if not answer.good:
            code = f"twilio {said['code']}" if said.get("code") else ""
            return refusal(answer, self.clock.now(), code, str(said.get("message") or ""))
        if said.get("error_code") or said.get("status") in ("failed", "undelivered"):
            why = shortened(str(said.get("error_message") or said.get("status")))
            return Refused(f"twilio {said.get('error_code')}", why)
        if not said.get("sid"):
            return Trouble("error in answer", shortened(answer.text))
        return Sent(str(said["sid"])[:128])

    async def close(self) -> None:
        """Ends the connections."""
        await self.client.aclose()


def callback(public_url: str, key: str) -> str:
    """Where Twilio tells how the letter fared.

    The letter's key stands in it, because a receipt can be quicker than the answer that tells what
    Twilio calls the message. Twilio signs the whole address.
    """
    return f"{public_url}/receipts/twilio?key={quote(key, safe='')}"
