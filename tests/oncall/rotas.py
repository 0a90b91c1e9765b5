"""Rotas that several tests use."""

from datetime import datetime
from zoneinfo import ZoneInfo

from voicebot.oncall.rota import Level, Rota
from voicebot.oncall.rotation import Every, Rotation

PARIS = ZoneInfo("Europe/Paris")


def at(text: str) -> datetime:
    """An instant by the clock of Paris; +01:00 or +02:00 where it says which."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=PARIS)


def rotation(members: str, every: Every = Every.WEEK, begins: str = "2026-01-05T08:00", **more):
    return Rotation(tuple(members.split()), every, datetime.fromisoformat(begins), **more)


def rota(*levels: Rotation | Level, **more) -> Rota:
    made = tuple(one if isinstance(one, Level) else Level((one,)) for one in levels)
    return Rota("nuit", "Nuit", PARIS, made, **more)


def seen(shifts) -> list[str]:
    """Shifts as one reads them: `karim 01-05 08:00 → 01-12 08:00`."""
    return [
        f"{s.technician} {s.start.astimezone(PARIS):%m-%d %H:%M} → "
        f"{s.end.astimezone(PARIS):%m-%d %H:%M}"
        for s in shifts
    ]
