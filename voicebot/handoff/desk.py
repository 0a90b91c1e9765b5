"""The desk: where calls are handed over. What lines, consoles and sessions see of a transfer."""

from __future__ import annotations

from typing import Protocol

from voicebot.calls.handed import Done
from voicebot.calls.session import CallSession
from voicebot.handoff.bridge import CallerSide
from voicebot.handoff.ongoing import Ongoing, Request
from voicebot.handoff.pool import Operators


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
        server stops) hangs up every leg. The line then gives what comes back to the conversation
        with `session.transferred(done)` and says its reply; where `done.caller_left` it ends the
        call with cause "caller" after that.
        """
        ...
