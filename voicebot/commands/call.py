"""`voicebot call`: rings a running server as a caller."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from voicebot.commands.options import ClientName, read_settings
from voicebot.errors import BadInput


def call(
    client: ClientName,
    wav: Annotated[Path | None, typer.Option(help="What the caller says, a sound file.")] = None,
    say: Annotated[list[str] | None, typer.Option(help="What he says; once a turn.")] = None,
    server: Annotated[str | None, typer.Option(help="The server's address.")] = None,
    number: Annotated[str | None, typer.Option(help="The caller's number.")] = None,
) -> None:
    """Rings a running server over WebRTC and prints the conversation as it happens."""
    from voicebot.caller.ring import place_call

    if (wav is None) == (not say):
        raise BadInput("give what the caller says", todo="--wav FILE, or --say TEXT, not both")
    settings = read_settings()
    raise typer.Exit(
        place_call(
            server or f"http://{settings.host}:{settings.port}",
            client,
            wav=wav,
            say=tuple(say or ()),
            caller_number=number,
        )
    )
