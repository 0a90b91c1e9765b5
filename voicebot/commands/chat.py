"""`voicebot chat`: the conversation of a call, typed."""

from __future__ import annotations

import sys
import uuid
from typing import Annotated

import typer

from voicebot.commands.options import ClientName, read_settings

HELP = "Type what the caller says. /5 presses key 5, an empty line is a silence, /q hangs up."


def chat(
    client: ClientName,
    number: Annotated[str | None, typer.Option(help="The caller's number.")] = None,
    why: Annotated[bool, typer.Option(help="Show what was understood and decided.")] = True,
) -> None:
    """The same conversation as on the telephone, typed in the terminal."""
    from voicebot.calls.journal import MemoryJournal
    from voicebot.calls.session import CallSession, Reply, Utterance
    from voicebot.clients.loader import find_client
    from voicebot.clock import SystemClock
    from voicebot.commands.transcript import show
    from voicebot.understanding.interpreters import open_interpreter

    settings = read_settings()
    company = find_client(settings.flows, client)
    journal = MemoryJournal()
    session = CallSession(
        company,
        open_interpreter(settings.interpreter, settings.nlu, settings.data / "cache"),
        journal,
        SystemClock(),
        call_id=uuid.uuid4().hex,
        caller_number=number,
    )
    if sys.stdin.isatty():
        typer.secho(HELP, dim=True)
    shown = 0

    def tell(reply: Reply) -> bool:
        nonlocal shown
        entries = journal.entries[session.call_id]
        for entry in entries[shown:]:
            show(entry, why=why, heard=False)
        shown = len(entries)
        return reply.hang_up is None

    going = tell(session.answer())
    while going:
        line = _ask()
        if line is None or line == "/q":
            break
        if not line:
            going = tell(session.silence())
        elif line.startswith("/"):
            going = tell(session.press(line[1:2]))
        else:
            going = tell(session.hear(Utterance(line)))
    session.hang_up("caller" if going else "bot")
    tell(Reply())


def _ask() -> str | None:
    """A line that the caller types; None at the end of the input."""
    try:
        line = input("vous> " if sys.stdin.isatty() else "")
    except EOFError:
        return None
    if not sys.stdin.isatty():
        typer.echo(f"vous> {line}")
    return line.strip()
