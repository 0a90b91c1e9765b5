"""An operator's own place at this moment: her presence, what rings there, whom she talks with."""

from __future__ import annotations

from dataclasses import dataclass

from voicebot.handoff.incoming import Incoming
from voicebot.handoff.pool import Operators
from voicebot.handoff.presence import Operator, Presence, Seat
from voicebot.store.presence import Profile
from voicebot.web.rights import Who


@dataclass(frozen=True)
class Place:
    """Taken from the pool in one piece, so that a page never shows half a change."""

    seat: Seat | None
    """None where no console of hers has been open."""
    rings: tuple[Incoming, ...] = ()
    colleagues: tuple[Seat, ...] = ()

    @property
    def presence(self) -> Presence:
        """What she said of herself, or what was seen of her."""
        return self.seat.presence if self.seat else Presence.BREAK

    @property
    def calls(self) -> frozenset[str]:
        """The calls she talks in, or has on hold."""
        return self.seat.calls if self.seat else frozenset()


def operator(asking: Who, profile: Profile | None) -> Operator:
    """The operator behind an account, with what is kept of what she can take."""
    if profile is None:
        return Operator(asking.id, asking.name, clients=asking.clients)
    return Operator(
        asking.id,
        asking.name,
        skills=profile.skills,
        languages=profile.languages,
        at_once=profile.at_once,
        clients=asking.clients,
    )


def presence(profile: Profile | None) -> Presence:
    """What she was when she was last seen."""
    return Presence(profile.presence) if profile else Presence.BREAK


def place(operators: Operators, asking: Who) -> Place:
    """Hers; from the event loop of the calls."""
    seats = operators.seats()
    mine = next((seat for seat in seats if seat.operator.id == asking.id), None)
    others = tuple(seat for seat in seats if seat is not mine and _seen(asking, seat.operator))
    return Place(mine, operators.incoming(asking.id), others)


def _seen(asking: Who, other: Operator) -> bool:
    """Whether they answer for a client in common."""
    if asking.clients is None or other.clients is None:
        return True
    return bool(asking.clients & other.clients)
