"""`voicebot doctor`: what this machine has, and what to do about what it lacks."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

import typer

from voicebot.commands.options import Json, print_json, read_settings
from voicebot.errors import VoicebotError
from voicebot.settings import Settings

ROOM_MB = 500
"""Free space under which recordings would soon stop: about four hours of them."""


@dataclass(frozen=True)
class Check:
    """One thing looked at."""

    name: str
    ok: bool
    found: str
    needed: bool = True
    """False for what only some commands use."""


def doctor(as_json: Json = False) -> None:
    """Looks at what the voicebot needs here; exit code 1 if something needed is missing."""
    checks = list(_checks(read_settings()))
    if as_json:
        print_json([asdict(check) for check in checks])
    else:
        for check in checks:
            mark, colour = _mark(check)
            typer.secho(f"{mark} {check.name:12} {check.found}", fg=colour)
    raise typer.Exit(int(any(check.needed and not check.ok for check in checks)))


def _mark(check: Check) -> tuple[str, str]:
    if check.ok:
        return "ok     ", "green"
    return ("missing", "red") if check.needed else ("absent ", "yellow")


def _checks(settings: Settings) -> Iterator[Check]:
    version = sys.version.split()[0]
    yield Check("python", sys.version_info >= (3, 11), version)
    yield Check("cores", (os.cpu_count() or 1) >= 2, f"{os.cpu_count()}, two are enough")
    yield _disk(settings)
    yield _port(settings)
    yield _tried("flows", lambda: _clients(settings))
    yield _tried("ear", lambda: _ear(settings))
    yield _tried("voice", lambda: _voice(settings))
    yield _tried("letters", lambda: _letters(settings))
    for program, command in (("chromium", "make browser"), ("pico2wave", "make train-tools")):
        found = shutil.which(program)
        yield Check(program, bool(found), found or f"tests only: {command}", needed=False)


def _tried(name: str, what: Callable[[], str]) -> Check:
    """A check that is right when `what` works."""
    try:
        return Check(name, True, what())
    except VoicebotError as error:
        return Check(name, False, str(error))


def _disk(settings: Settings) -> Check:
    settings.data.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.data).free // 1_000_000
    return Check("disk", free > ROOM_MB, f"{free} MB free in {settings.data}")


def _port(settings: Settings) -> Check:
    with socket.socket() as probe:
        taken = probe.connect_ex((settings.host, settings.port)) == 0
    where = f"{settings.host}:{settings.port}"
    return Check("port", not taken, f"{where} is {'taken: set VOICEBOT_PORT' if taken else 'free'}")


def _clients(settings: Settings) -> str:
    from voicebot.clients.loader import load_clients

    return f"{len(load_clients(settings.flows))} clients in {settings.flows}"


def _ear(settings: Settings) -> str:
    from voicebot.speech.ears import open_ear

    return open_ear(settings.ear, settings.models, settings.ear_threads).name


def _voice(settings: Settings) -> str:
    from voicebot.speech.voices import open_mouth

    return open_mouth(settings.voice, settings.voices).name


def _letters(settings: Settings) -> str:
    from voicebot.clock import SystemClock
    from voicebot.delivery.gateways import described, open_gateways

    links = settings.public_url or "no public_url, so no links in SMS"
    return f"{described(open_gateways(settings, SystemClock()))}; {links}"
