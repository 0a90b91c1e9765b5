"""Reasonable notice: who is on call must have known of it long enough before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from voicebot.oncall.on_call import Notice, OnCall
from voicebot.oncall.override import Change, Override
from voicebot.oncall.rota import Rota
from voicebot.oncall.trouble import Facts, Found, Trouble
from voicebot.oncall.wallclock import instant, wall


@dataclass(frozen=True)
class Made:
    """A change, with when the people that it puts on call were told."""

    id: int
    change: Change
    at: datetime
    exceptional: bool = False
    agreed: bool = False
    """Whether they asked for it themselves: a swap."""


def notice_findings(on_call: OnCall, made: Iterable[Made], now: datetime) -> Iterator[Found]:
    """Shifts still to come of which somebody was told too late."""
    for one in made:
        rota = on_call.rotas.get(one.change.rota)
        who = _put_on_call(one.change)
        if rota is None or one.agreed or not who or one.change.end <= now:
            continue
        wanted = on_call.notice.exceptional_days if one.exceptional else on_call.notice.days
        if not _in_time(one.at, one.change.start, wanted, rota.zone, clear=one.exceptional):
            day = wall(one.change.start, rota.zone)
            what = (
                f"change {one.id} of rota {rota.id}: {', '.join(who)} was told on "
                f"{wall(one.at, rota.zone):%Y-%m-%d} of {day:%Y-%m-%d}: less than "
                f"{_days(wanted)} before"
            )
            todo = "" if one.exceptional else "--exceptional, where the circumstances are"
            facts = Facts(
                rota.id,
                people=tuple(who),
                number=wanted,
                change=one.id,
                told=_day(one.at, rota.zone),
                begins=day.date(),
            )
            yield Found(Trouble.NOTICE, what, None, todo, one.change.start, facts)
    for rota in on_call.rotas.values():
        yield from _rotations(rota, on_call.notice, now)


def _rotations(rota: Rota, notice: Notice, now: datetime) -> Iterator[Found]:
    for level in rota.levels:
        for rotation in level.rotations:
            begins = instant(rotation.begins, rota.zone)
            if begins <= now:
                continue
            told = instant(rotation.told, rota.zone) if rotation.told else now
            if _in_time(told, begins, notice.days, rota.zone, clear=False):
                continue
            when = f"told on {rotation.told:%Y-%m-%d}" if rotation.told else "not told yet (`told`)"
            what = (
                f"rota {rota.id}: a rotation begins on {rotation.begins:%Y-%m-%d}, its members "
                f"were {when}: less than {_days(notice.days)} before"
            )
            facts = Facts(
                rota.id,
                people=tuple(dict.fromkeys(rotation.members)),
                number=notice.days,
                told=rotation.told.date() if rotation.told else None,
                begins=rotation.begins.date(),
            )
            yield Found(Trouble.NOTICE, what, rotation.where, "", begins, facts)


def _put_on_call(change: Change) -> list[str]:
    if isinstance(change, Override):
        return [change.add] if change.add else []
    return sorted({shift.technician for shift in change.shifts})


def _in_time(told: datetime, start: datetime, days: int, zone: ZoneInfo, *, clear: bool) -> bool:
    """Whether so many days lie between; clear ones run from midnight to midnight, within."""
    first, last = _day(told, zone), _day(start, zone)
    return last - first >= timedelta(days=days + clear)


def _day(at: datetime, zone: ZoneInfo) -> date:
    return wall(at, zone).date()


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"
