"""Shift start (prise de poste): who must say that he is there, and who has not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from voicebot.oncall.on_call import ConfirmationRule
from voicebot.oncall.override import Change
from voicebot.oncall.rota import Rota, shifts
from voicebot.oncall.shift import Shift

LATEST = timedelta(hours=12)
"""After its start a shift that nobody was asked about, the program being down, is left alone:
somebody on call for days is not woken on the third night to say that he is there."""

ShiftKey = tuple[str, str, datetime]
"""A rota's id, a technician's id, and when the shift starts."""


class Due(StrEnum):
    """What is due."""

    ASK = "ask"
    """The technician is to be asked whether he is there."""
    ALARM = "alarm"
    """He was asked and has not answered in time: the client's procedure starts."""


@dataclass(frozen=True)
class Confirmation:
    """One shift's confirmation, as far as it is."""

    asked_at: datetime
    confirmed_at: datetime | None = None
    missed_at: datetime | None = None


@dataclass(frozen=True)
class Task:
    """Something to be done now for one shift."""

    due: Due
    rota: str
    shift: Shift

    @property
    def key(self) -> ShiftKey:
        """Which shift."""
        return key_of(self.rota, self.shift)


def key_of(rota: str, shift: Shift) -> ShiftKey:
    """What tells a shift from others."""
    return rota, shift.technician, shift.start


def tasks(
    rule: ConfirmationRule,
    rota: Rota,
    changes: Iterable[Change],
    known: Mapping[ShiftKey, Confirmation],
    now: datetime,
) -> tuple[Task, ...]:
    """What is due at `now`, the earliest shift first.

    Args:
        rule: the client's.
        rota: one of its rotas.
        changes: what the store keeps of it.
        known: the confirmations that the store keeps.
        now: any instant; after a clock that jumped, or a stop, what is late is due at once.
    """
    if rota.id not in rule.rotas:
        return ()
    made = tuple(changes)
    found = []
    for shift, goes_on in _around(rota, made, now, now + rule.asked):
        if goes_on or not shift.start - rule.asked <= now < shift.end:
            continue
        kept = known.get(key_of(rota.id, shift))
        if kept is None:
            if now < shift.start + LATEST:
                found.append(Task(Due.ASK, rota.id, shift))
        elif _late(rule, shift, kept, now):
            found.append(Task(Due.ALARM, rota.id, shift))
    return tuple(found)


def _around(
    rota: Rota, changes: tuple[Change, ...], now: datetime, until: datetime
) -> list[tuple[Shift, bool]]:
    """The shifts that run now or begin soon, and whether each goes on from one before it.

    Who was on call up to this moment is there already.
    """
    moment = timedelta(seconds=1)
    soon = shifts(rota, now, until + moment, changes, whole=True)
    if not soon:
        return []
    before = shifts(rota, soon[0].start - moment, until + moment, changes, whole=True)
    return [
        (
            shift,
            any(
                other.technician == shift.technician and other.start < shift.start <= other.end
                for other in before
            ),
        )
        for shift in soon
    ]


def _late(rule: ConfirmationRule, shift: Shift, kept: Confirmation, now: datetime) -> bool:
    if kept.confirmed_at is not None or kept.missed_at is not None:
        return False
    # Who was asked late, because the shift was given to him a moment ago, has as long to answer.
    return now >= max(shift.start, kept.asked_at) + rule.due


def ask_text(company: str, begins: datetime, link: str, language: str = "fr") -> str:
    """The letter that asks; `begins` in the client's zone, `link` the page that answers."""
    if language == "en":
        when = begins.strftime("%H:%M")
        return f"{company}: your on-call shift begins at {when}. Please confirm: {link}"
    when = f"{begins.hour} h {begins.minute:02d}" if begins.minute else f"{begins.hour} h"
    return f"{company} : votre astreinte commence à {when}. Confirmez votre prise de poste : {link}"
