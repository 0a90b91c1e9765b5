"""Handing a call over to a person, as the conversation sees it: wanted, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from voicebot.clients.client import Client


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
    """The caller is gone: there is nobody to say anything to."""


@dataclass(frozen=True)
class Wanted:
    """A person is wanted: what is known when one looks whether anybody can be asked."""

    client: Client
    reason: str
    """asked or urgent."""
    language: str
    urgency: str
    """vital, urgent, normal or empty."""


Reachable = Callable[[Wanted], bool]
"""Whether there is anybody to ring now. Asked from a call's own thread, and takes no time."""
