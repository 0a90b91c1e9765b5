"""`voicebot demo`: real calls, start to end, with no telephone and no browser."""

from __future__ import annotations

from typing import Annotated

import typer


def demo(
    only: Annotated[str | None, typer.Option(help="Only the caller of that name.")] = None,
) -> None:
    """Callers ring a real server over WebRTC; exit code 1 if a call misses its end."""
    from voicebot.demo.run import run

    raise typer.Exit(run(only))
