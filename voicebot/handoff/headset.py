"""The briefing in an operator's headset while a call rings, and her key or her yes."""

from __future__ import annotations

import asyncio
import contextlib

from voicebot.handoff.answer import Answer, read_answer
from voicebot.handoff.briefing import QUESTION
from voicebot.handoff.incoming import Incoming
from voicebot.handoff.party import Party
from voicebot.handoff.telephone import HungUp

LISTENS_S = 5.0
"""How long a key or a yes is waited for at a time; a key cuts the briefing short anyway."""


class Headset:
    """Briefs her, and listens, for as long as one call rings."""

    def __init__(self, incoming: Incoming, party: Party) -> None:
        """Begins at once; from inside the event loop."""
        self._incoming = incoming
        self._party = party
        self._task = self._begun()
        incoming.said = self._again

    def stop(self) -> None:
        """Falls silent."""
        self._task.cancel()
        self._incoming.said = lambda: None

    def _again(self) -> None:
        self._task.cancel()
        self._task = self._begun()

    def _begun(self) -> asyncio.Task[None]:
        return asyncio.ensure_future(self._brief())

    async def _brief(self) -> None:
        shown = self._incoming.shown
        question = QUESTION.get(shown.language, QUESTION["fr"])
        with contextlib.suppress(HungUp):
            await self._party.say(f"{shown.briefing} {question}", shown.language)
            while self._incoming.outcome is None:
                match read_answer(await self._party.hear(LISTENS_S), shown.language):
                    case Answer.YES:
                        self._incoming.accept()
                    case Answer.NO:
                        self._incoming.decline()
                    case _:
                        pass
