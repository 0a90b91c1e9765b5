"""The calls that go on in this process, so that an operator can step into one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from voicebot.calls.session import CallSession
from voicebot.errors import NotFound
from voicebot.handoff.target import ASKED, TAKEN_OVER, URGENT

__all__ = ["ASKED", "TAKEN_OVER", "URGENT", "Ongoing", "Request", "RunningCall"]


@dataclass(frozen=True)
class Request:
    """A person is wanted for a call."""

    reason: str
    """asked, urgent or taken_over."""
    operator: int | None = None
    """Who takes it over: nobody else is rung."""


class RunningCall(Protocol):
    """One call on its line, as consoles reach into it. Implemented by whoever carries sound.

    All of it is used from the event loop of the calls.
    """

    @property
    def session(self) -> CallSession:
        """Its conversation."""
        ...

    def take_over(self, request: Request) -> bool:
        """Cuts the bot short and gives the call to `Desk.hand_over` with that request.

        What `hand_over` gives back goes to `session.transferred`, whose reply is then said: the
        very same way as after `Reply.transfer`. False when the call is over, or is already being
        handed over.
        """
        ...

    def whisper(self, text: str, who: str) -> bool:
        """Has the bot say these words of an operator's next, in the call's language.

        With her name they go to `session.whispered` first, which keeps them and gives the reply
        to be said; the open question is then awaited as before. False as for `take_over`.
        """
        ...


class Ongoing:
    """The registry: changed from the event loop of the calls alone, read from any thread."""

    def __init__(self) -> None:
        self._calls: Mapping[str, RunningCall] = {}

    def enter(self, call: RunningCall) -> None:
        """The call was picked up."""
        self._calls = {**self._calls, call.session.call_id: call}

    def leave(self, call_id: str) -> None:
        """The call is over. Idempotent."""
        self._calls = {id: call for id, call in self._calls.items() if id != call_id}

    def all(self) -> tuple[RunningCall, ...]:
        """All of them, the oldest first."""
        return tuple(self._calls.values())

    def __contains__(self, call_id: str) -> bool:
        """Whether it goes on here."""
        return call_id in self._calls

    def comes(self, call_id: str) -> bool:
        """Whether the bot still has it, and is to hand it over to whoever is on call."""
        call = self._calls.get(call_id)
        return call is not None and call.session.comes_to_on_call

    def find(self, call_id: str) -> RunningCall:
        """That call.

        Raises:
            NotFound: it is over, or goes on in another process.
        """
        if call_id not in self._calls:
            raise NotFound(f"no call {call_id} goes on here")
        return self._calls[call_id]
