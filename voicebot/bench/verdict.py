"""What the store says of the nights, held against what the exchange saw."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, func, or_, select

from voicebot.bench.exchange import Exchange
from voicebot.clients.client import Client
from voicebot.delivery.standing import WITHDRAWN
from voicebot.store.database import Database
from voicebot.store.escalation_tables import attempts, escalations
from voicebot.store.outbox_tables import outbox
from voicebot.store.tables import alerts

MADE = ("accepted", "declined", "busy", "no_answer", "voicemail", "answered")
"""Outcomes that only a telephone which rang can have."""

WAITING = ("pending", "sending")


@dataclass
class Verdict:
    """What was found."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    acknowledged: int = 0
    exhausted: int = 0
    rings: int = 0
    letters: int = 0
    waiting: int = 0
    withdrawn: int = 0
    sent_again: int = 0


def over(database: Database) -> bool:
    """Whether every escalation has come to its end, and no ring is open."""
    open_ = or_(attempts.c.state == "pending", attempts.c.state == "ringing")
    with database.read() as connection:
        running = select(func.count()).where(escalations.c.phase == "running")
        rings = select(func.count()).where(open_)
        return connection.execute(running).scalar() == connection.execute(rings).scalar() == 0


def waiting_letters(database: Database) -> int:
    """How many letters have not left yet."""
    with database.read() as connection:
        query = select(func.count()).where(outbox.c.state.in_(WAITING))
        return int(connection.execute(query).scalar() or 0)


def judge(
    database: Database, exchange: Exchange, clients: Mapping[str, Client], runs: int
) -> Verdict:
    """Compares the two."""
    with database.read() as connection:
        raised = connection.execute(select(alerts)).all()
        going = {row.alert_id: row for row in connection.execute(select(escalations))}
        tried = list(connection.execute(select(attempts)))
        posted = list(connection.execute(select(outbox)))
    found = Verdict(rings=sum(exchange.rings.values()), letters=len(posted))
    if len(raised) != runs:
        found.lost.append(f"{len(raised)} alerts of {runs}")
    of = defaultdict(list)
    for row in tried:
        of[row.escalation_id].append(row)
    for alert in raised:
        escalation = going.get(alert.id)
        if escalation is None:
            found.lost.append(f"alert {alert.id} has no escalation")
            continue
        _one(found, alert, escalation, of[escalation.id], clients[alert.client])
    _rings(found, tried, exchange)
    _letters(found, tried, posted, exchange)
    return found


def _one(
    found: Verdict, alert: Row[Any], escalation: Row[Any], rows: list[Row[Any]], client: Client
) -> None:
    """One alert: somebody has it or nobody is left, and no step on the way was left out."""
    if alert.state == "acknowledged":
        found.acknowledged += 1
    elif escalation.phase == "exhausted":
        found.exhausted += 1
    else:
        found.lost.append(f"alert {alert.id} is {alert.state}, {escalation.phase}")
    policy = client.on_call.policy if client.on_call else None
    plan = policy.plan if policy else ()
    reached = len(plan) if escalation.procedure else escalation.step
    done = {(row.step, row.person, row.way) for row in rows if not row.procedure}
    for number, step in enumerate(plan[:reached]):
        for target in step.targets:
            for way in step.ways:
                if (number, target.id, way.value) not in done:
                    found.lost.append(f"alert {alert.id}: step {number}, {target.id} by {way}")
    people = policy.procedure.people if policy else ()
    if escalation.phase == "exhausted":
        tried = {row.person for row in rows if row.procedure}
        found.lost += [f"alert {alert.id}: {p.id}" for p in people if p.id not in tried]


def _rings(found: Verdict, tried: list[Row[Any]], exchange: Exchange) -> None:
    """Each ring of the store rang once, and each that rang is in the store."""
    found.doubled += [f"ring {key}: {n} times" for key, n in exchange.rings.items() if n > 1]
    places = Counter(key.partition("-")[2] + exchange.numbers[key] for key in exchange.rings)
    found.doubled += [f"step {place}: {n} rings" for place, n in places.items() if n > 1]
    known = {row.key: row for row in tried}
    found.lost += [f"ring {key} is in no store" for key in exchange.rings if key not in known]
    for row in tried:
        if row.way != "ring":
            continue
        if row.state != "ended" or row.outcome is None:
            found.lost.append(f"ring {row.key} has no outcome")
        elif row.outcome in MADE and row.key not in exchange.rings:
            found.lost.append(f"ring {row.key} is {row.outcome} and never rang")
        elif row.outcome == "failed" and row.key not in exchange.rings:
            found.lost.append(f"ring {row.key} was given up and never rang")


def _letters(
    found: Verdict, tried: list[Row[Any]], posted: list[Row[Any]], exchange: Exchange
) -> None:
    """Each letter was posted once, and none was given up."""
    keys = Counter(row.key for row in posted)
    for row in tried:
        if row.way == "sms" and keys[row.key] != 1:
            kind = found.doubled if keys[row.key] else found.lost
            kind.append(f"letter {row.key}: posted {keys[row.key]} times")
    # A letter that asks for what somebody has done meanwhile is withdrawn: that is no loss.
    failed = [row for row in posted if row.state == "failed" and row.code != WITHDRAWN]
    found.lost += [f"letter {row.key} was given up" for row in failed]
    found.withdrawn = sum(row.code == WITHDRAWN for row in posted)
    late = [row for row in posted if row.state in WAITING]
    found.lost += [f"letter {row.key} has not left" for row in late]
    found.waiting = len(late)
    found.sent_again = sum(n - 1 for n in exchange.letters.values())
