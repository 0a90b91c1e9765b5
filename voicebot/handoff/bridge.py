"""Joining two parties, and what a transfer may do with the caller's call meanwhile.

The transfer (`voicebot.handoff.transfer`) decides; whoever carries sound implements these.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from voicebot.handoff.party import Party, Side
from voicebot.handoff.telephone import Line


class Ended(StrEnum):
    """How a conversation between two people ended."""

    CALLER_LEFT = "caller_left"
    """The caller hung up, or his line is gone."""
    PERSON_LEFT = "person_left"
    """The person hung up."""
    GIVEN_BACK = "given_back"
    """The person gave the call back to the bot, by key or by the console's button."""
    LOST = "lost"
    """The person's line broke: her browser died. The caller goes on to the next target."""


class Bridge(Protocol):
    """Joins people."""

    def carries(self, line: Line) -> bool:
        """Whether this line has sound that can be joined with a caller's.

        Who accepts on a line that it does not carry (a simulated one, another machine's) is
        told the caller's number to ring back.
        """
        ...

    async def join(
        self,
        caller: Side,
        person: Party,
        *,
        on_joined: Callable[[], None],
        transcript: bool = False,
    ) -> Ended:
        """Joins both, sound both ways, until one of them is gone or the call is given back.

        On its way in it ends whatever is being said or played to either, and makes the bot
        silent and deaf. On its way out neither line is hung up: the transfer tells whoever is
        left, and hangs up the person's. The recording goes on, with the person as its third
        channel. Cancelling it parts them at once, in the same state.

        Args:
            caller: `CallerSide.party` of the call.
            person: who accepted.
            on_joined: called once, when the first sound of each side goes to the other.
            transcript: whether the bot goes on hearing both, for the call's transcript
                (`CallSession.overheard`); it says nothing all the same.
        """
        ...


@dataclass(frozen=True)
class Words:
    """The caller said something while he waits."""

    text: str


@dataclass(frozen=True)
class Key:
    """The caller pressed a key: one of 0-9, * and #."""

    key: str


@dataclass(frozen=True)
class Left:
    """The caller is gone: he hung up, or his line broke. Nothing comes after it."""


CallerEvent = Words | Key | Left


class CallerSide(Protocol):
    """The call, as a transfer uses it while it looks for a person and while they talk.

    From the moment it is given to `Desk.hand_over` until that returns, nothing that the caller
    says or presses goes to the `CallSession`, and no silence is counted: the bot does not take
    him for silent while a telephone rings. All of it belongs to the event loop of the calls.
    """

    @property
    def party(self) -> Side:
        """The caller's line, for the bridge. The transfer calls nothing on it itself."""
        ...

    async def say(self, text: str, language: str) -> None:
        """Says a text to its end; the music falls silent meanwhile and comes back after it.

        Returns at once when the caller is gone. Cancelling it stops the voice. What the caller
        says over it does not stop it, and still comes as an event.
        """
        ...

    async def hold(self, music: bool) -> None:
        """From now on plays the music, or nothing, whenever nothing is said. Idempotent."""
        ...

    async def listen(self, on: bool) -> None:
        """Whether words come as events. Keys, and that he left, come always. Idempotent.

        Off, no ear runs: neither the music nor what people say among themselves is heard.
        """
        ...

    async def next(self) -> CallerEvent:
        """The next thing that the caller did; waits for it. Cancelling it loses nothing."""
        ...
