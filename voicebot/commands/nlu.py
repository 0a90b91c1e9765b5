"""`voicebot nlu`: what understands the caller's words."""

from __future__ import annotations

import typer

from voicebot.commands.options import Json, print_json, read_settings

app = typer.Typer(no_args_is_help=True, help="Understanding: test it on held-out sentences.")


@app.callback()
def group() -> None:
    """Understanding: test it on held-out sentences."""


@app.command()
def test(as_json: Json = False) -> None:
    """Intents and entities on the sentences kept out of training."""
    from voicebot.understanding.evaluate import evaluate

    report = evaluate(read_settings().nlu)
    if as_json:
        print_json(report)
        return
    for name, value in report["figures"].items():
        typer.echo(f"{name:24} {value}")
