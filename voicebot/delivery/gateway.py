"""The port through which letters leave."""

from __future__ import annotations

from collections.abc import Collection
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

    async def became(self, letter: Letter, known: Collection[str]) -> Outcome | None:
        """What became of an attempt whose end nobody knows: its worker died, or nothing came back.

        Args:
            letter: as it would be sent now; its link may be another one than it was then.
            known: the references of other letters that went to the same address.

        Returns:
            Sent or Refused where the gateway has it; Trouble where it cannot be asked now, and the
            letter waits; None where it has not, or cannot know, or drops what comes twice under
            one key: the letter goes.
        """
        ...

    async def close(self) -> None:
        """Ends the connections that it keeps."""
        ...
