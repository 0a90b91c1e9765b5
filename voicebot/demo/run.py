"""Plays the demo: one server, one caller after the other, and what is kept of each."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from voicebot.caller.account import sign_in
from voicebot.caller.caller import Caller
from voicebot.caller.script import ScriptedCaller
from voicebot.caller.serving import Server, serving
from voicebot.caller.transcript import caller_says, show
from voicebot.caller.voice import background
from voicebot.demo.cast import CAST
from voicebot.demo.night import NAME as NIGHT
from voicebot.demo.role import Role
from voicebot.errors import NotFound

TELEPHONE = "simulated:no_answer,accepts"
"""How the technicians of the urgent call behave: one sleeps, and the next takes it two minutes
later, when the caller has been waiting for him for a while."""
LONGEST_S = 300
"""A call of the demo takes a minute, two with technicians who sleep; an endless one is ended."""


def run(
    only: str | None = None,
    console: Console | None = None,
    night: Callable[[Console], list[str]] | None = None,
) -> int:
    """Plays every role, or one; 1 if a call missed its end.

    Args:
        only: the name of one role, or of the night.
        console: where it is printed.
        night: plays the night on call.

    Raises:
        NotFound: no role is called `only`.
        VoicebotError: the server does not start.
    """
    console = console or Console()
    roles = [role for role in CAST if only in (None, role.name)]
    missed: dict[str, list[str]] = {}
    if night is not None and only in (None, NIGHT):
        missed[NIGHT] = night(console)
        if only:
            return _verdict(missed, console)
    if not roles:
        names = ", ".join((*(role.name for role in CAST), NIGHT))
        raise NotFound(f"no caller of the demo is called {only!r}", todo=f"one of {names}")
    with ExitStack() as stack:
        with console.status("starting a server …"):
            server = stack.enter_context(serving({"telephone": TELEPHONE}))
        console.print(f"A server is up after {server.ready_s:.1f} s: {server.url}\n")
        missed |= {role.name: play(role, server, console) for role in roles}
    return _verdict(missed, console)


def play(role: Role, server: Server, console: Console) -> list[str]:
    """Plays one role, shows what the store holds, and gives what is otherwise than expected."""
    console.rule(f"[bold]{escape(role.title)}")
    call_id = asyncio.run(_call(role, server.url, console))
    whole = read_call(server, call_id)
    _show_kept(whole, console)
    missed = role.end.missed(whole)
    for line in missed:
        console.print(f"  [bold red]✗[/] {escape(line)}")
    if not missed:
        console.print("  [bold green]✓[/] the call reached its end")
    console.print()
    return missed


async def _call(role: Role, server: str, console: Console) -> str:
    async with Caller(background=background(role.person)) as caller:
        caller.told.watch(lambda event: show(console, event))
        scripted = ScriptedCaller(caller, role.script, role.person)
        scripted.before = lambda line: caller_says(console, line.text)
        await caller.ring(server, role.client, role.number)
        try:
            await asyncio.wait_for(scripted.play(), LONGEST_S)
        except TimeoutError:
            console.print(f"  the call went on for {LONGEST_S} s: hung up")
        return caller.call_id


def read_call(server: Server, call_id: str) -> dict[str, Any]:
    """What the store holds of a call."""
    address = f"{server.url}/api/calls/{call_id}"
    asked = urllib.request.Request(address, headers=sign_in(server.data).headers)
    with urllib.request.urlopen(asked, timeout=10) as response:
        return dict(json.load(response))


def _show_kept(whole: Mapping[str, Any], console: Console) -> None:
    call, message = whole["call"], whole["message"]
    table = Table(title="kept in the store", title_justify="left", show_header=False)
    table.add_row("client", call["client"])
    table.add_row("outcome", f"{call['outcome']} ({call['cause']})")
    table.add_row("urgency", f"{call['urgency'] or 'normal'}")
    if call["rule"]:
        table.add_row("rule", f"{call['rule']}: {call['because']}")
        table.add_row("its words", ", ".join(f"« {word} »" for word in call["words"]))
    for alert in whole["alerts"]:
        table.add_row("alert", f"{alert['state']}: {alert['rule']}")
    for name, value in ((message or {}).get("fields") or {}).items():
        if value not in (None, ""):
            table.add_row(f"message: {name}", str(value))
    table.add_row("entries in the journal", str(len(whole["entries"])))
    table.add_row("recording", whole.get("recording") or "none")
    console.print(table)


def _verdict(missed: Mapping[str, list[str]], console: Console) -> int:
    wrong = [name for name, lines in missed.items() if lines]
    if wrong:
        console.print(
            f"[bold red]{len(wrong)} of {len(missed)} calls missed their end[/]: ", end=""
        )
        console.print(", ".join(wrong))
        return 1
    console.print(f"[bold green]{len(missed)} of {len(missed)} calls reached their end[/]")
    return 0
