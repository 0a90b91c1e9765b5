"""Webhooks, signed as https://www.standardwebhooks.com says."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field

import httpx

from voicebot.clock import Clock
from voicebot.delivery.answers import ask, open_client, refusal
from voicebot.delivery.letter import Letter
from voicebot.delivery.outcome import Outcome, Refused, Sent, Trouble
from voicebot.delivery.signature import client_secret, webhook_key, webhook_signature


@dataclass(frozen=True)
class Webhook:
    """Tells a program of the client's; `voicebot.delivery.signature.verify` checks it there."""

    secret: str = field(repr=False)
    """Ours; each client's own is made of it."""
    clock: Clock
    client: httpx.AsyncClient = field(default_factory=open_client, repr=False)
    name: str = "webhook"

    def __post_init__(self) -> None:
        """Refuses a secret that is none, before the first letter needs it.

        Raises:
            BadInput: the secret is too short, or no base64.
        """
        webhook_key(self.secret)

    async def send(self, letter: Letter) -> Outcome:
        """Posts the JSON; whoever answers 2xx has it."""
        try:
            json.loads(letter.text)
        except ValueError:
            return Refused("no json", "the letter's text is not JSON")
        body = letter.text.encode()
        own = client_secret(self.secret, letter.client)
        stamp = int(self.clock.now().timestamp())
        headers = {
            "Content-Type": "application/json",
            "webhook-id": letter.key,
            "webhook-timestamp": str(stamp),
            "webhook-signature": webhook_signature(own, letter.key, stamp, body),
        }
        answer = await ask(self.client, "POST", letter.address, headers=headers, content=body)
        if isinstance(answer, Trouble):
            return answer
        return Sent(delivered=True) if answer.good else refusal(answer, self.clock.now())

    async def became(self, letter: Letter, known: Collection[str]) -> None:
        """Who receives it passes over a `webhook-id` that he has seen."""

    async def close(self) -> None:
        """Ends the connections."""
        await self.client.aclose()
