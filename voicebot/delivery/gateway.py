"""The port through which letters leave."""

from __future__ import annotations

from typing import Protocol

from voicebot.delivery.letter import Letter
from voicebot.delivery.outcome import Outcome

SEND_S = 25.0
"""Seconds that one attempt may take; well under the lease, so that two workers never overlap."""


class Gateway(Protocol):
    """Takes letters of one way."""

    @property
    def name(self) -> str:
        """As it stands in the store and in logs: `twilio`."""
        ...

    async def send(self, letter: Letter) -> Outcome:
        """Hands the letter over; what goes wrong there is an outcome, not an exception."""
        ...

    async def close(self) -> None:
        """Ends the connections that it keeps."""
        ...
