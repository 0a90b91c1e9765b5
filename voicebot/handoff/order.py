"""What a transfer decides to do: the outputs of `voicebot.handoff.transfer.advance`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from voicebot.calls.handed import Result


class ToCaller(StrEnum):
    """What the caller is told; the words are in `voicebot.handoff.announcing`."""

    PUT_THROUGH = "put_through"
    """That he is joined with somebody at once; heard to its end before that."""
    CALLING = "calling"
    """That one person is rung, by name."""
    CALLING_ONE = "calling_one"
    """Several are: whoever is first."""
    NEXT = "next"
    """The one before did not answer; the next one, by name."""
    ON_CALL = "on_call"
    NEXT_ON_CALL = "next_on_call"
    BUSY = "busy"
    """Everybody who could take it has her hands full."""
    STILL = "still"
    """How it stands, every so often."""
    STILL_BUSY = "still_busy"
    """The same, where nobody rings: all of them still have their hands full."""
    LOST = "lost"
    """The line of who spoke with him broke; somebody else is looked for."""


class ToPerson(StrEnum):
    """What a person is told before she is hung up on."""

    TOO_LATE = "too_late"
    """Somebody else was quicker."""
    CALLER_LEFT = "caller_left"
    NOT_NEEDED = "not_needed"
    """The caller chose otherwise, or the search was over."""
    GIVEN_BACK = "given_back"
    """The bot has the call again."""
    HELD = "held"
    """He has taken the alert, and the bot still speaks with the caller."""
    NOT_JOINED = "not_joined"
    """He has taken the alert, and could not be joined with the caller, who has not hung up."""


@dataclass(frozen=True)
class Ring:
    """Ring the person of that leg; for whoever is on call, wait for the escalation's rings."""

    leg: int


@dataclass(frozen=True)
class TakeBack:
    """Stop ringing there."""

    leg: int
    word: ToPerson
    """What she is told if she had just answered."""


@dataclass(frozen=True)
class Join:
    """Join the person of that leg with the caller."""

    leg: int


@dataclass(frozen=True)
class Dismiss:
    """Tell the person of that leg, where there is something to tell, and hang up."""

    leg: int
    word: ToPerson | None
    rings_back: bool = False
    """Whether the matter is his all the same: he hears who called, and the number."""


@dataclass(frozen=True)
class Tell:
    """Tell the caller."""

    what: ToCaller
    name: str
    """Of whom it is about; empty where that is nobody in particular."""
    count: int = 0
    """The how manieth person is rung, where that is told."""


@dataclass(frozen=True)
class BeginProcedure:
    """Begin the client's emergency procedure for the call's alert, if it has one."""


@dataclass(frozen=True)
class Finish:
    """It is over; the last command of a transfer, and there is exactly one."""

    result: Result
    person: str
    caller_left: bool


Command = Ring | TakeBack | Join | Dismiss | Tell | BeginProcedure | Finish
