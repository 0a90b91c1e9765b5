"""Who is on call at an instant, and the lint of all clients, with many clients and people."""

from __future__ import annotations

import random
import time as clock
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from voicebot.bench.oncall_page import page_s
from voicebot.bench.progress import shown
from voicebot.bench.report import report
from voicebot.oncall.hours import Hours, Window
from voicebot.oncall.lint import lint_rotas
from voicebot.oncall.notice import Made
from voicebot.oncall.on_call import OnCall, Rest
from voicebot.oncall.override import Change, Override, OverrideKind
from voicebot.oncall.rota import Level, Rota, on_call, posts, shifts
from voicebot.oncall.rotation import Every, Rotation
from voicebot.oncall.slot import Slot
from voicebot.oncall.technician import Contact, Technician, Way

ZONE = ZoneInfo("Europe/Paris")
START = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
OFFICE = (Window(time(8), time(12)), Window(time(14), time(18)))
HOURS = Hours(ZONE, week=(OFFICE,) * 5 + ((), ()))
NIGHTS = (
    Slot(frozenset(range(4)), time(18), time(8)),
    Slot(frozenset({4}), time(18), time(0)),
    Slot(frozenset({5, 6})),
    Slot(frozenset({0}), time(0), time(8)),
    Slot(frozenset(), time(8), time(18), on_holidays=True),
)
KINDS = ((Every.HOUR, 12), (Every.HOUR, 1), (Every.DAY, 1), (Every.WEEK, 1), (Every.MONTH, 1))
LEVELS, OVERRIDES = 2, 20

Company = tuple[OnCall, list[Change]]


def run(
    flows: Path, *, clients: int = 200, technicians: int = 1000, instants: int = 5000
) -> dict[str, Any]:
    """One JSON object."""
    chance = random.Random(4)
    companies = [_company(chance, n, technicians // clients) for n in range(clients)]
    asked = [(chance.choice(companies), _instant(chance)) for _ in range(instants)]
    took, wrong = _ask(asked)
    walked = _walk(asked[:: max(1, instants // 20)])
    linted, worked, troubles = _lint(companies)
    page, page_cpu = page_s(flows, companies, HOURS, START + YEAR / 2)
    held = sum(
        len(shifts(people.rotas["nuit"], START, START + YEAR, changes))
        for people, changes in shown(companies, "shifts")
    )
    figures = {
        "on_call_at_p50_ms": _ms(took, 50),
        "on_call_at_p95_ms": _ms(took, 95),
        "naive_p50_ms": _ms(walked, 50),
        "naive_p95_ms": _ms(walked, 95),
        "disagreements": wrong,
        "lint_s": round(linted, 2),
        "lint_cpu_s": round(worked, 2),
        "page_ms": round(1000 * page),
        "page_cpu_ms": round(1000 * page_cpu),
        "clients": clients,
        "technicians": sum(len(people.technicians) for people, _ in companies),
        "shifts": held,
        "findings": troubles,
    }
    conditions = {
        "instants": instants,
        "levels": LEVELS,
        "overrides_per_rota": OVERRIDES,
        "zone": ZONE.key,
        "period_days": YEAR.days,
        "naive": "walks the shifts of the year",
        "page": "what /oncall shows of all clients, with the linter's three nights, from SQLite",
    }
    return report("rota", figures, conditions)


def _company(chance: random.Random, number: int, size: int) -> Company:
    ids = [f"t{number}-{n}" for n in range(size)]
    people = {id: _technician(id, number * size + n) for n, id in enumerate(ids)}
    levels = tuple(Level((_rotation(chance, ids),)) for _ in range(LEVELS))
    rota = Rota("nuit", "Nuit", ZONE, levels)
    changes: list[Change] = [_override(chance, ids) for _ in range(OVERRIDES)]
    return OnCall(people, {"nuit": rota}, rest=Rest(on_call_is_rest=False)), changes


def _technician(id: str, number: int) -> Technician:
    # ARCEP keeps 06 39 98 for fiction.
    address = f"+3363998{number % 10_000:04}"
    return Technician(id, id, (Contact(Way.RING, address), Contact(Way.SMS, address)))


def _rotation(chance: random.Random, ids: list[str]) -> Rotation:
    every, length = chance.choice(KINDS)
    members = tuple(chance.sample(ids, len(ids)))
    slots = NIGHTS if chance.random() < 0.5 else ()
    begins = datetime(2020, 1, 6, chance.randrange(24)) + timedelta(days=chance.randrange(31))
    return Rotation(members, every, begins, length, slots)


def _override(chance: random.Random, ids: list[str]) -> Override:
    one, other = chance.sample(ids, 2)
    start = _instant(chance)
    end = start + timedelta(hours=chance.randint(1, 96))
    return Override("nuit", OverrideKind.REPLACE, start, end, add=one, remove=other)


def _instant(chance: random.Random) -> datetime:
    return START + timedelta(minutes=chance.randrange(365 * 24 * 60))


def _ask(asked: list[tuple[Company, datetime]]) -> tuple[list[float], int]:
    """Seconds of each answer, and how many are not what the shifts say."""
    took = []
    wrong = 0
    for (people, changes), at in asked:
        rota = people.rotas["nuit"]
        before = clock.perf_counter()
        on_call(rota, at, changes)
        took.append(clock.perf_counter() - before)
        held = shifts(rota, at, at + timedelta(minutes=1), changes)
        said = {(post.technician, post.level) for post in posts(rota, at, changes)}
        wrong += said != {(s.technician, s.level) for s in held if s.holds(at)}
    return took, wrong


def _walk(asked: list[tuple[Company, datetime]]) -> list[float]:
    """Seconds that the naive way takes: all shifts of the year, then the one that holds."""
    took = []
    for (people, changes), at in asked:
        before = clock.perf_counter()
        year = shifts(people.rotas["nuit"], START, START + YEAR, changes)
        [shift for shift in year if shift.holds(at)]
        took.append(clock.perf_counter() - before)
    return took


def _lint(companies: list[Company]) -> tuple[float, float, int]:
    """Seconds that passed, seconds of the processor, and how much was found."""
    found = 0
    before, worked = clock.perf_counter(), clock.process_time()
    for people, changes in shown(companies, "lint"):
        made = [Made(n, change, START) for n, change in enumerate(changes)]
        known = [(p.id, p.contacts[0].address) for p in people.technicians.values()]
        found += len(
            lint_rotas(people, HOURS, START, made=made, verified=frozenset(known), ahead=YEAR)
        )
    return clock.perf_counter() - before, clock.process_time() - worked, found


def _ms(seconds: list[float], share: float) -> float:
    return round(1000 * float(np.percentile(seconds, share)), 3)
