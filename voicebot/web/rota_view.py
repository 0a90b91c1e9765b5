"""What the page of a client's week shows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from voicebot.clients.client import Client
from voicebot.oncall.coverage import wanted, without
from voicebot.oncall.override import Change
from voicebot.oncall.rota import Rota, shifts
from voicebot.oncall.statement import Span, joined
from voicebot.oncall.wallclock import instant, wall
from voicebot.store import overrides, rota_history
from voicebot.store.rota_history import Made
from voicebot.web import people
from voicebot.web.oncall_times import moment, next_time, period
from voicebot.web.parts import Parts
from voicebot.web.swaps_view import pending
from voicebot.web.tongue import _
from voicebot.web.week import HUES, ROW, WEEK, Bar, Column, Week, midnight, monday, week

LONG = timedelta(hours=30)
"""A shift that is longer can also be given away for one day of it."""


@dataclass(frozen=True)
class Person:
    """Somebody who may take a shift."""

    id: str
    name: str
    hue: int
    more: str
    """Why he may not be the right one."""


@dataclass(frozen=True)
class Told:
    """A change of the rota, in words."""

    sentence: str
    made: str
    undone: str
    undo: str
    """Where the form that takes it back is sent; empty when it cannot be."""


@dataclass(frozen=True)
class Roster:
    """A client's rotas in one week, with their changes."""

    parts: Parts
    client: Client
    first: date
    """A Monday."""

    @property
    def start(self) -> datetime:
        """The week's begin."""
        return midnight(self.first, self.client.timezone)

    @property
    def end(self) -> datetime:
        """The week's end."""
        return midnight(self.first + WEEK, self.client.timezone)

    def values(self, chosen: str = "", rota_id: str = "", day: str = "") -> dict[str, Any]:
        """For the page.

        Args:
            chosen: the key of the bar that was chosen.
            rota_id: its rota.
            day: the one day of it that is meant.
        """
        client, now = self.client, self.parts.clock.now()
        zone = client.timezone
        on_call = people.on_call_of(client)
        with self.parts.database.read() as connection:
            made = rota_history.made(connection, client.name, self.start, self.end)
            changes = overrides.changes(connection, client.name, self.start - WEEK, self.end + WEEK)
            swaps = pending(connection, client, now)
        drawn = [self._drawn(rota, changes) for rota in on_call.rotas.values()]
        bar = next((w.bar(chosen) for r, w, _days in drawn if r.id == rota_id and chosen), None)
        starts, ends = _hours(bar, day, client, now) if bar else (now, now)
        this_week = monday(now.astimezone(zone).date())
        return {
            "client": client.name,
            "company": client.company,
            "zone": zone,
            "names": people.names(client),
            "first": self.first,
            "before": self.first - WEEK,
            "after": self.first + WEEK,
            "this_week": this_week,
            "today": now.astimezone(zone).date(),
            "now": now,
            "drawn": drawn,
            "address": lambda first, **more: address(client.name, first, **more),
            "links": {rota.id: self._link(rota.id) for rota, _week, _days in drawn},
            "chosen": bar,
            "chosen_key": chosen,
            "chosen_rota": rota_id,
            "day": day,
            "bar_height": ROW - 4,
            "starts": starts,
            "ends": ends,
            "pieces": _pieces(bar, client, now) if bar else [],
            "people": self._people(bar, starts, ends, changes) if bar else [],
            "swaps": swaps,
            "changes": [self.told(one) for one in made],
        }

    def told(self, made: Made) -> Told:
        """A change, in words."""
        client, zone = self.client, self.client.timezone
        undone = ""
        if made.withdrawn_by and made.withdrawn_at:
            undone = _(
                "annulé par %(name)s, %(when)s",
                name=made.withdrawn_by,
                when=moment(made.withdrawn_at, zone),
            )
        now = self.parts.clock.now()
        made_on = next_time(made.made_at, zone, now)
        # What an accepted swap changed was agreed by two people: it is theirs to undo.
        may_undo = not undone and made.end > now and made.swap_id is None
        return Told(
            sentence=sentence(made, people.names(client), zone),
            made=_("par %(name)s, %(when)s", name=made.made_by, when=made_on),
            undone=undone,
            undo=f"/rota/{client.name}/overrides/{made.id}/undo" if may_undo else "",
        )

    def _drawn(
        self, rota: Rota, changes: Collection[Change]
    ) -> tuple[Rota, Week, list[tuple[Column, list[Bar]]]]:
        found = week(
            rota,
            self.first,
            self.parts.clock.now(),
            changes=[change for change in changes if change.rota == rota.id],
            gaps=gaps(rota, self.client, self.start, self.end, changes),
            people=tuple(people.on_call_of(self.client).technicians),
        )
        return rota, found, agenda(found, self.client)

    def _link(self, rota_id: str) -> Any:
        def link(key: str) -> str:
            return address(self.client.name, self.first, rota=rota_id, shift=key) + "#change"

        return link

    def _people(
        self, bar: Bar, start: datetime, end: datetime, changes: Collection[Change]
    ) -> list[Person]:
        """Everybody but whoever has the shift; those who are free first."""
        client = self.client
        on_call = people.on_call_of(client)
        held = [
            shift
            for rota in on_call.rotas.values()
            for shift in shifts(rota, start, end, changes)
            if start < end
        ]
        found = []
        for number, person in enumerate(on_call.technicians.values()):
            if person.id == bar.technician:
                continue
            busy = sorted({shift.level for shift in held if shift.technician == person.id})
            more = _("déjà d'astreinte, niveau %(level)s", level=busy[0]) if busy else ""
            found.append(Person(person.id, person.name, number % HUES, more))
        return sorted(found, key=lambda person: bool(person.more))


def gaps(
    rota: Rota, client: Client, start: datetime, end: datetime, changes: Collection[Change]
) -> list[Span]:
    """The hours in which somebody should be on call and nobody is."""
    held = ((shift.start, shift.end) for shift in shifts(rota, start, end, changes))
    needed = wanted(rota.covers, client.hours, start, end)
    return without(needed, list(joined(held, start, end)))


def agenda(drawn: Week, client: Client) -> list[tuple[Column, list[Bar]]]:
    """The week day by day: each shift under the day on which it begins, or on the Monday."""
    first = drawn.columns[0].day
    found: dict[date, list[Bar]] = {column.day: [] for column in drawn.columns}
    for bar in drawn.bars:
        found[max(first, bar.start.astimezone(client.timezone).date())].append(bar)
    return [(column, found[column.day]) for column in drawn.columns]


def address(client: str, first: date, **more: str) -> str:
    """The address of a client's week."""
    return f"/rota/{client}?{urlencode({'week': first.isoformat(), **more})}"


def sentence(made: Made, names: Any, zone: Any) -> str:
    """What a change does: Léa remplace Karim du … au …."""
    known = {
        "added": names(made.add),
        "removed": names(made.remove),
        "level": made.level,
        "period": period(made.start, made.end, zone),
    }
    match made.kind:
        case "replace":
            return _("%(added)s remplace %(removed)s %(period)s", **known)
        case "add":
            return _("%(added)s s'ajoute au niveau %(level)s %(period)s", **known)
        case "remove":
            return _("%(removed)s n'est plus d'astreinte %(period)s", **known)
    return _("Planning provisoire %(period)s", **known)


def _hours(bar: Bar, day: str, client: Client, now: datetime) -> tuple[datetime, datetime]:
    """The hours of the shift that are left, or those of one day of it."""
    piece = next(
        (span for name, *span in _pieces(bar, client, now) if name.isoformat() == day), None
    )
    if piece:
        return piece[0], piece[1]
    return max(bar.start, min(_minute(now), bar.end)) if bar.end > now else bar.start, bar.end


def _pieces(bar: Bar, client: Client, now: datetime) -> list[tuple[date, datetime, datetime]]:
    """A long shift cut at its own hand-over time, day by day: what lies ahead of it."""
    if bar.end - bar.start < LONG:
        return []
    zone = client.timezone
    shown = wall(bar.start, zone)
    found = []
    while (opens := instant(shown, zone)) < bar.end:
        shown += timedelta(days=1)
        closes = min(instant(shown, zone), bar.end)
        if closes > now or bar.end <= now:
            begins = max(opens, _minute(now)) if opens < now < closes else opens
            found.append((opens.astimezone(zone).date(), begins, closes))
    return found


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
