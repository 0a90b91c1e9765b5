"""`voicebot nlu`: what understands the caller's words."""

from __future__ import annotations

import contextlib
import signal
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from voicebot.commands import nlu_measure
from voicebot.commands.options import read_settings
from voicebot.commands.progress import spinning
from voicebot.errors import VoicebotError

if TYPE_CHECKING:
    from voicebot.understanding.rasa_home import RasaHome

HELP = "Understanding: test it on held-out sentences; train and run a Rasa server."
app = typer.Typer(no_args_is_help=True, help=HELP)


@app.callback()
def group() -> None:
    """Understanding: test it on held-out sentences; train and run a Rasa server."""


@app.command()
def train(
    again: Annotated[bool, typer.Option(help="Also when nothing has changed.")] = False,
) -> None:
    """Trains Rasa's model from the sentences; `make rasa` installs Rasa."""
    home = _home()
    if home.model.is_file() and not again:
        typer.echo(f"{home.model}: nothing has changed since (--again trains all the same)")
        return
    with spinning("Rasa trains, half a minute or more"):
        model = home.train()
    typer.echo(model)


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Port, on 127.0.0.1.", min=1, max=65535)] = 5005,
) -> None:
    """Runs Rasa's server with the trained model, until interrupted."""
    signal.signal(signal.SIGTERM, _interrupt)
    home = _home()
    try:
        with contextlib.ExitStack() as stack:
            with spinning("Rasa starts"):
                process = stack.enter_context(home.serving(port))
            url = f"http://127.0.0.1:{port}"
            typer.echo(f"Rasa answers at {url}  (Ctrl-C stops)\nIn another terminal:")
            typer.echo(f"  VOICEBOT_INTERPRETER=rasa:{url} .venv/bin/voicebot serve")
            process.wait()
    except KeyboardInterrupt:
        typer.echo("Rasa has stopped")
        return
    raise VoicebotError(f"Rasa ended by itself, with {process.returncode}: {home.folder}/serve.log")


def _home() -> RasaHome:
    from voicebot.understanding.rasa_home import RasaHome

    settings = read_settings()
    return RasaHome(settings.rasa, settings.nlu, settings.data / "rasa")


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Being told to end is as good as Ctrl-C."""
    raise KeyboardInterrupt


app.command("test")(nlu_measure.test)
app.command("hear")(nlu_measure.hear)
