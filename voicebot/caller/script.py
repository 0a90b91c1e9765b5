"""A caller who follows a script: he answers what the bot asks, whatever the order it asks in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from voicebot.caller.caller import Caller
from voicebot.caller.events import Event
from voicebot.caller.microphone import Said
from voicebot.caller.voice import Speech, speak
from voicebot.clock import Clock, SystemClock
from voicebot.speech.callers import Caller as Person

QUIET_S = 0.8
"""Silence after which the caller takes it that the bot has finished."""
ANSWER_S = 25.0
"""How long he waits for the bot to speak before he thinks that the line is dead."""
HESITATES_S = 0.3
"""Between the bot's last word and his first."""
MOST_TURNS = 30


@dataclass(frozen=True)
class Line:
    """One thing the caller does in his turn."""

    parts: tuple[str | float, ...] = ()
    """What he says; a number is a pause of so many seconds inside."""
    keys: str = ""
    """Keys that he presses instead."""
    interrupts_after_s: float | None = None
    """Speaks over the bot, this long after its first word; else he waits for its end."""
    hangs_up: bool = False

    @property
    def text(self) -> str:
        """What he says, for people to read."""
        words = (part if isinstance(part, str) else "…" for part in self.parts)
        return " ".join(words) or f"[{self.keys}]"


def line(*parts: str | float, interrupts_after_s: float | None = None) -> Line:
    """A spoken line."""
    return Line(parts, interrupts_after_s=interrupts_after_s)


@dataclass(frozen=True)
class Script:
    """What a caller wants, and how he answers.

    A response may be asked several times (the bot did not understand): its lines are used in
    order and the last of them again and again. Names may hold `*`; the first that fits is used.
    """

    opening: tuple[Line, ...]
    """Said in turn whenever the bot asks something that no answer fits, from the greeting on."""
    answers: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    """By response: what the bot said last, or before in the same turn."""
    interrupts: Mapping[str, Line] = field(default_factory=dict)
    """By response: spoken over it, once."""
    person: tuple[Line, ...] = ()
    """Said in turn to the person who takes the call, each when she has spoken."""


class ScriptedCaller:
    """Plays a script on a call that has been rung."""

    def __init__(
        self, caller: Caller, script: Script, person: Person, clock: Clock | None = None
    ) -> None:
        self._caller, self._script, self._person = caller, script, person
        self._clock = clock or SystemClock()
        self._used: dict[str, int] = {}
        self._seen = self._told_person = 0
        self.said: list[tuple[Line, Said | None]] = []
        """What he said, in order, with its instants."""
        self.before: Callable[[Line], None] = lambda line: None
        """Told each line before he says it."""

    async def play(self) -> None:
        """Talks until the bot hangs up, or has nothing more to say, or he does."""
        after = self._caller.rang_at
        for _ in range(MOST_TURNS):
            line = await self._next(after)
            if line is None:
                return
            if line.hangs_up:
                await self._caller.hang_up()
                return
            after = await self._do(line)

    async def _next(self, after: float) -> Line | None:
        """What to do in this turn; waits for the bot's, or speaks into it."""
        interruption = await self._interruption(after)
        if interruption is not None:
            return interruption
        if (to_person := await self._handed_over()) is not None:
            return to_person
        await self._caller.wait_for_bot(QUIET_S - HESITATES_S, ANSWER_S, after)
        if self._caller.over.is_set():
            return None
        if (to_person := await self._handed_over()) is not None:
            return to_person
        await self._pause(HESITATES_S)
        if self._caller.over.is_set() or self._caller.told.ended:
            return None
        responses = self._responses()
        for response in reversed(responses):
            for pattern, lines in self._script.answers.items():
                if fnmatchcase(response, pattern):
                    return self._one_of(pattern, lines)
        return self._one_of("", self._script.opening)

    async def _handed_over(self) -> Line | None:
        """While a person is looked for he waits; to her he says his lines. None: it is over."""
        caller, told = self._caller, self._caller.told
        while self._more("transfer", "transferred") and not caller.over.is_set():
            left = self._script.person[self._told_person :]
            if left and self._more("joined", "parted"):
                await caller.wait_for_bot(QUIET_S, ANSWER_S)
                if self._more("joined", "parted"):
                    self._told_person += 1
                    return left[0]
            await told.wait(0.2)
        return None

    def _more(self, begun: str, over: str) -> bool:
        told = self._caller.told
        return len(told.of(begun)) > len(told.of(over))

    async def _interruption(self, after: float) -> Line | None:
        """The line that speaks over what the bot begins to say now, at its moment."""
        if not self._script.interrupts:
            return None
        began = await self._caller.wait_for_voice(after, ANSWER_S)
        if began is None:
            return None
        for event in self._said_since():
            response = str(event.data.get("response"))
            line = self._script.interrupts.get(response)
            if line is None or f"!{response}" in self._used:
                continue
            self._used[f"!{response}"] = 1
            await self._pause((line.interrupts_after_s or 0) + began - self._clock.monotonic())
            self._seen = len(self._caller.told.events)
            return line
        return None

    def _said_since(self) -> list[Event]:
        return self._caller.told.of("said", since=self._seen)

    def _responses(self) -> list[str]:
        """What the bot said since the caller's last turn."""
        found = [str(event.data.get("response")) for event in self._said_since()]
        self._seen = len(self._caller.told.events)
        return found

    def _one_of(self, name: str, lines: tuple[Line, ...]) -> Line:
        used = self._used.get(name, 0)
        self._used[name] = used + 1
        return lines[min(used, len(lines) - 1)]

    async def _do(self, line: Line) -> float:
        """Says or presses it; gives the instant from which the bot may answer."""
        self.before(line)
        said: Said | None = None
        if line.parts:
            said = await self._caller.utter(self.speech(line))
        for key in line.keys:
            self._caller.press(key)
            await self._pause(0.25)
        self.said.append((line, said))
        if said is not None and said.last_voiced_at is not None:
            return said.last_voiced_at
        return self._clock.monotonic()

    def speech(self, line: Line) -> Speech:
        """The sound of a line; each time it is said, another noise."""
        return speak(self._person, *line.parts, seed=len(self.said))

    async def _pause(self, seconds: float) -> None:
        if seconds > 0:
            await self._caller.pause(seconds)
