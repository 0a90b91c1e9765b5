"""`voicebot demo`: real calls, start to end, with no telephone and no browser."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from voicebot.commands.options import read_settings


def demo(
    only: Annotated[
        str | None, typer.Option(help="Only the caller of that name, or the `night` on call.")
    ] = None,
) -> None:
    """Callers ring a real server over WebRTC; exit code 1 if a call misses its end."""
    from voicebot.demo.night import play
    from voicebot.demo.run import run
    from voicebot.understanding.embedded import load_or_train

    settings = read_settings()

    def night(console: Console) -> list[str]:
        interpreter = load_or_train(settings.nlu, settings.data / "cache")
        return play(settings.flows, interpreter, console)

    raise typer.Exit(run(only, night=night))
