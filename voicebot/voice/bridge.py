"""Joins a caller and a person: sound both ways, the bot silent and deaf."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from voicebot.handoff.bridge import Ended
from voicebot.handoff.party import Party, Side
from voicebot.handoff.telephone import Line
from voicebot.voice.caller_party import CallerParty
from voicebot.voice.person import PersonLine
from voicebot.voice.wire import Wire


class VoiceBridge:
    """`Bridge` between the lines of this process."""

    def carries(self, line: Line) -> bool:
        """Whether this line has sound here."""
        return isinstance(line, PersonLine)

    async def join(
        self,
        caller: Side,
        person: Party,
        *,
        on_joined: Callable[[], None],
        transcript: bool = False,
    ) -> Ended:
        """Joins both until one of them is gone or the call is given back; see `Bridge.join`."""
        assert isinstance(caller, CallerParty) and isinstance(person, PersonLine)
        joined = Joined(caller, person, on_joined, transcript)
        before = person.conversations[-1] if person.conversations else None
        if before is not None:
            await before.hold(True)
        person.conversations.append(joined)
        try:
            await joined.start()
            return await joined.ended()
        finally:
            in_her_ear = person.conversations[-1] is joined
            person.conversations.remove(joined)
            await joined.stop()
            if in_her_ear and person.conversations:
                await person.conversations[-1].hold(False)


class Joined:
    """One conversation between two people."""

    def __init__(
        self,
        caller: CallerParty,
        person: PersonLine,
        on_joined: Callable[[], None],
        transcript: bool,
    ) -> None:
        self._caller, self._person = caller, person
        self._on_joined = on_joined
        self._transcript = transcript
        self._silent = 2
        tape, heard = caller.recording, transcript
        there, back = (caller.line, person.line), (person.line, caller.line)
        self._wires = (
            Wire(*there, self._first, tape.caller_packet, overheard=heard),
            Wire(*back, self._first, tape.person_packet, overheard=heard),
        )
        self._given_back, self._left = asyncio.Event(), asyncio.Event()
        self._held = False

    @property
    def call_id(self) -> str:
        """Of the caller's call."""
        return self._caller.call_id

    async def start(self) -> None:
        """Lets the sound through, first of all: what the bot does can wait."""
        self._connect()
        await self._person.quiet()
        await self._caller.quiet()
        if self._transcript:
            await self._caller.listen(True)
            await self._person.overheard_by(lambda text: self._caller.overhear("person", text))

    async def ended(self) -> Ended:
        """Waits for the end of it."""
        events = (self._caller.gone, self._person.gone, self._given_back, self._left)
        waits = [asyncio.ensure_future(event.wait()) for event in events]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        if self._caller.gone.is_set():
            return Ended.CALLER_LEFT
        if self._person.gone.is_set():
            return Ended.LOST if self._person.lost else Ended.PERSON_LEFT
        return Ended.PERSON_LEFT if self._left.is_set() else Ended.GIVEN_BACK

    async def stop(self) -> None:
        """Parts them; each line is the bot's again."""
        self._disconnect()
        if self._held:
            await self._caller.play(False)
        if self._transcript:
            await self._caller.listen(False)
            if not self._person.gone.is_set():
                await self._person.overheard_by(None)

    def give_back(self) -> None:
        """The bot gets the caller back."""
        self._given_back.set()

    def leave(self) -> None:
        """She hangs up on this caller alone."""
        self._left.set()

    async def hold(self, on: bool) -> None:
        """The caller waits with music and neither hears the other; or they talk again."""
        if on == self._held:
            return
        self._held = on
        if on:
            self._disconnect()
            await self._caller.play(True)
        else:
            await self._caller.play(False)
            self._connect()

    def _connect(self) -> None:
        self._person.record = self._caller.recording.person
        for wire in self._wires:
            wire.start()

    def _disconnect(self) -> None:
        self._person.record = None
        for wire in self._wires:
            wire.stop()

    def _first(self) -> None:
        self._silent -= 1
        if self._silent == 0:
            self._on_joined()
