"""A person who is rung, made of code: picks up, hears the briefing, accepts, and talks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from voicebot.caller.caller import Caller
from voicebot.caller.voice import speak
from voicebot.handoff.simulated import Manner
from voicebot.speech.callers import Caller as Person
from voicebot.voice.person import PersonLine

Attend = Callable[[str, str, str], Awaitable[PersonLine]]
"""Takes a line: `Switchboard.attend`, with the offer, its type and the person's name."""

QUIET_S = 0.8
"""Silence after which he takes it that the bot has finished."""
BRIEFING_S = 40.0
HELLO_S = 0.8
"""After his key he waits a moment before he speaks."""
ANSWER_S = 8.0
"""How long he waits for the other's answer before he goes on."""
LINES = (
    "Bonjour, c'est le technicien d'astreinte. On m'a tout expliqué, je pars tout de suite.",
    "Je serai là dans une demi-heure. Au revoir.",
)


class Softphone(Caller):
    """His telephone, in this process."""

    def __init__(self, attend: Attend, name: str) -> None:
        """`attend` takes his line; `name` is how he is announced."""
        super().__init__(follows=False)
        self._attend, self._name = attend, name
        self._line: PersonLine | None = None

    async def pick_up(self) -> PersonLine:
        """Picks up; gives the other end of his line.

        Raises:
            VoicebotError: no sound comes through.
        """
        await self.ring("", "")
        assert self._line is not None
        await self._line.up.wait()
        return self._line

    async def _offer(self, server: str, client: str, number: str | None) -> dict[str, Any]:
        assert self._peer is not None
        offer = self._peer.localDescription
        self._line = await self._attend(offer.sdp, offer.type, self._name)
        return {"sdp": self._line.line.sdp, "type": self._line.line.type, "call_id": ""}


async def behave(phone: Softphone, manner: Manner, person: Person) -> None:
    """Does what he does once he has picked up, until somebody hangs up."""
    async with phone:
        if manner.hangs_up:
            return
        accepted = False
        for answer in manner.answers:
            await phone.wait_for_bot(QUIET_S, BRIEFING_S)
            if phone.over.is_set():
                return
            if answer is None:
                continue
            if answer.key:
                phone.press(answer.key)
            else:
                await phone.utter(speak(person, answer.words))
            accepted = answer.key == "1"
        if accepted:
            await _talk(phone, person)
        else:
            await phone.over.wait()


async def _talk(phone: Softphone, person: Person) -> None:
    """Says who he is, hears the answer, says when he comes, and hangs up."""
    await phone.pause(HELLO_S)
    if phone.earpiece.speaking(within_s=HELLO_S):  # that he is held for the caller, perhaps
        await phone.wait_for_bot(QUIET_S, BRIEFING_S, 0.0)
    for line in LINES:
        if phone.over.is_set():
            return
        said = await phone.utter(speak(person, line))
        after = said.last_voiced_at
        if line is not LINES[-1] and await phone.wait_for_voice(after or 0.0, ANSWER_S):
            await phone.wait_for_bot(QUIET_S, BRIEFING_S, after)
    await asyncio.sleep(0.3)  # his last word is on its way
