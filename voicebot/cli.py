"""`voicebot`: the command line. Each command imports what it needs when it runs."""

from __future__ import annotations

import logging
import os
import sys

import typer

from voicebot import __version__
from voicebot.commands import (
    bench,
    call,
    chat,
    demo,
    doctor,
    keys,
    lint,
    models,
    nlu,
    outbox,
    rota,
    serve,
    urgency,
    user,
    user_takes,
    worker,
)
from voicebot.errors import VoicebotError

app = typer.Typer(
    name="voicebot",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Answers a company's telephone when nobody is there.",
)
app.command()(serve.serve)
app.command()(worker.worker)
app.command()(demo.demo)
app.command()(call.call)
app.command()(chat.chat)
app.command()(lint.lint)
app.add_typer(models.app, name="models")
app.add_typer(nlu.app, name="nlu")
app.add_typer(urgency.app, name="urgency")
app.add_typer(rota.app, name="rota")
app.add_typer(bench.app, name="bench")
app.add_typer(outbox.app, name="outbox")
user.app.command("takes")(user_takes.takes)
user.app.command("rotate-key")(keys.rotate_key)
app.add_typer(user.app, name="user")
app.command()(doctor.doctor)


@app.callback(invoke_without_command=True)
def root(version: bool = typer.Option(False, "--version", help="Print the version.")) -> None:
    """Answers a company's telephone when nobody is there."""
    if version:
        typer.echo(__version__)
        raise typer.Exit


def main() -> None:
    """The entry point: every error that a user may meet is one line and an exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        app()
    except VoicebotError as error:
        print(f"voicebot: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output left (`| head`): nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
