"""The desk: where calls are handed over. What lines, consoles and sessions see of a transfer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from voicebot.calls.session import CallSession
from voicebot.handoff.bridge import CallerSide
from voicebot.handoff.ongoing import Ongoing, Request
from voicebot.handoff.pool import Operators


class Result(StrEnum):
    """What became of a transfer as a whole: exactly one of these."""

    SPOKEN = "spoken"
    """Both spoke, and one of them hung up: the caller, or the person."""
    GIVEN_BACK = "given_back"
    """They spoke, and the person gave the call back to the bot."""
    MESSAGE = "message"
    """The caller chose to leave a message instead."""
    TAKEN = "taken"
    """A technician has taken the matter and rings back: he could not be joined."""
    NOBODY = "nobody"
    """There was nobody to ring."""
    UNREACHED = "unreached"
    """Everybody was tried, or the time was over, and nobody took it."""
    CALLER_LEFT = "caller_left"
    """The caller hung up before anybody was joined with him."""
    BROKEN = "broken"
    """Something of ours broke; the caller goes on with the bot."""


@dataclass(frozen=True)
class Done:
    """How a transfer ended."""

    result: Result
    person: str = ""
    """The name of who spoke with the caller, or took the matter."""
    caller_left: bool = False
    """The caller is gone: the line has nothing more to say to anybody."""


class Desk(Protocol):
    """Hands calls over; one for a process."""

    @property
    def operators(self) -> Operators:
        """Who is there."""
        ...

    @property
    def ongoing(self) -> Ongoing:
        """The calls that go on; each line enters its own call and takes it out again."""
        ...

    async def hand_over(self, caller: CallerSide, session: CallSession, request: Request) -> Done:
        """Looks for a person, briefs her, joins both, and returns when that is over.

        It says everything to the caller itself through `caller`, as long as it lasts, and keeps
        every leg through `session.note`. It never raises but when cancelled: cancelling it (the
        server stops) hangs up every leg. The line then gives the result to the conversation with
        `session.transferred(done.result, done.person)` and says its reply, unless
        `done.caller_left`, where it ends the call with cause "caller".
        """
        ...
