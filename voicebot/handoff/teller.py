"""Puts what a transfer decides to tell the caller into words, and has it said."""

from __future__ import annotations

from dataclasses import dataclass

from voicebot.calls.session import CallSession
from voicebot.handoff.announcer import Announcement, Announcer
from voicebot.handoff.announcing import STILL, to_caller
from voicebot.handoff.order import Tell, ToCaller
from voicebot.handoff.target import Instructions


@dataclass(eq=False)
class Teller:
    """For one caller."""

    announcer: Announcer
    plan: Instructions
    session: CallSession
    _told: bool = False
    """Whether he knows how to leave a message instead."""
    _put_through: bool = False
    """Whether the last word was who speaks with him now."""

    def tell(self, told: Tell, waited_s: float) -> None:
        """Says it behind what is being said."""
        language = self.session.language
        text = to_caller(
            told.what,
            told.name,
            self.plan,
            language,
            first=not self._told,
            waited_s=waited_s,
            count=told.count,
        )
        self._put_through = told.what is ToCaller.PUT_THROUGH
        self._told |= not self._put_through
        name, passing = f"transfer_{told.what.value}", told.what in STILL
        self.announcer.tell(Announcement(text, language, name, passing))

    async def make_way(self) -> None:
        """Silence, for who is joined with him; who that is, where he was just told, comes first."""
        if self._put_through:
            await self.announcer.silent()
        await self.announcer.stop()
