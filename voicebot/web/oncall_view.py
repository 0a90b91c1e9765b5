"""Who is on call now at a client: by level, until when, who comes next, and whether that holds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from voicebot.clients.client import Client
from voicebot.oncall.confirmation import Confirmation, key_of
from voicebot.oncall.coverage import wanted
from voicebot.oncall.rota import Rota, shifts
from voicebot.oncall.shift import Shift
from voicebot.oncall.technician import Technician, Way
from voicebot.web import people
from voicebot.web.rota_facts import RotaFacts

AHEAD = (timedelta(days=3), timedelta(days=9), timedelta(days=35))
"""How far the next shift is looked for: most rotas hand over within days, some once a month."""
MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class OnDuty:
    """Somebody who is on call now."""

    level: int
    name: str
    number: str | None
    """The first that is rung."""
    verified: bool
    until: datetime | None
    """The end of his shifts that follow each other; None when nobody takes over within a month."""
    following: str
    """Who comes next at this level, other than himself; empty when nobody does."""
    confirmed: str
    """confirmed, missed, asked, or nothing where nobody is asked."""


@dataclass(frozen=True)
class Team:
    """One rota of a client now."""

    rota: Rota
    duty: tuple[OnDuty, ...]
    needed: bool
    """Whether somebody should be on call at this moment."""
    next_start: datetime | None
    """When the next one begins, where nobody is on call now."""

    @property
    def missing(self) -> bool:
        """Whether nobody is on call and somebody should be."""
        return self.needed and not self.duty


def teams(client: Client, now: datetime, facts: RotaFacts) -> list[Team]:
    """The client's rotas as they are now."""
    rotas = people.on_call_of(client).rotas.values()
    return [_team(rota, client, now, facts) for rota in rotas]


def _team(rota: Rota, client: Client, now: datetime, facts: RotaFacts) -> Team:
    changes = [one.change for one in facts.kept]
    for ahead in AHEAD:
        coming = shifts(rota, now, now + ahead, changes, whole=True)
        duty = [
            _duty(shift, client, coming, facts, rota, now + AHEAD[-1])
            for shift in coming
            if shift.holds(now)
        ]
        later = [shift for shift in coming if shift.start > now]
        if later if not duty else all(one.following for one in duty):
            break  # whoever comes later still changes nothing of what is shown
    return Team(
        rota=rota,
        duty=tuple(sorted(duty, key=lambda one: one.level)),
        needed=bool(wanted(rota.covers, client.hours, now, now + MOMENT)),
        next_start=later[0].start if later else None,
    )


def _duty(
    shift: Shift,
    client: Client,
    coming: Collection[Shift],
    facts: RotaFacts,
    rota: Rota,
    horizon: datetime,
) -> OnDuty:
    person = people.on_call_of(client).technicians.get(shift.technician)
    number = _number(person)
    until = _until(shift, coming, horizon)
    after = (s for s in coming if s.level == shift.level and until and s.start >= until)
    following = next((s for s in after if s.technician != shift.technician), None)
    return OnDuty(
        level=shift.level,
        name=person.name if person else shift.technician,
        number=number,
        verified=(shift.technician, number) in facts.verified,
        until=until,
        following=people.names(client)(following.technician) if following else "",
        confirmed=_confirmed(facts.confirmations.get(key_of(rota.id, shift))),
    )


def _until(shift: Shift, coming: Collection[Shift], horizon: datetime) -> datetime | None:
    end = shift.end
    for one in sorted(coming, key=lambda one: one.start):
        if (one.technician, one.level, one.start) == (shift.technician, shift.level, end):
            end = one.end
    # He follows himself for as far as one looks: nobody takes over.
    return None if end > shift.end and end >= horizon else end


def _number(person: Technician | None) -> str | None:
    rung = person.by(Way.RING) if person else ()
    return rung[0].address if rung else None


def _confirmed(known: Confirmation | None) -> str:
    if known is None:
        return ""
    if known.confirmed_at:
        return "confirmed"
    return "missed" if known.missed_at else "asked"
