"""`voicebot bench`: figures that anyone can print again, as one JSON object."""

from __future__ import annotations

from typing import Annotated

import typer

from voicebot.commands.options import Json, print_json, read_settings

app = typer.Typer(no_args_is_help=True, help="Figures of speed and quality, as JSON.")


@app.command()
def latency(
    turns: Annotated[int, typer.Option(min=1, help="Turns to time.")] = 30,
) -> None:
    """From the caller's last voiced sample to the first that he receives, over WebRTC."""
    from voicebot.bench.latency import run

    print_json(run(turns=turns))


@app.command()
def bargein(
    interruptions: Annotated[int, typer.Option(min=1, help="Times the bot is interrupted.")] = 20,
) -> None:
    """How soon the bot stops when interrupted, and how many noises stopped it."""
    from voicebot.bench.bargein import run

    print_json(run(interruptions=interruptions))


@app.command()
def endpoint() -> None:
    """How many callers were answered before they had finished."""
    from voicebot.bench.endpoint import run

    print_json(run())


@app.command()
def load(calls: Annotated[int, typer.Option(min=1, help="Calls at once.")] = 4) -> None:
    """Answers while several calls are served at once."""
    from voicebot.bench.load import run

    print_json(run(calls=calls))


@app.command()
def numbers(
    numbers: Annotated[int, typer.Option(min=1, help="Numbers dictated to the ear.")] = 100,
    typed: Annotated[int, typer.Option(min=1, help="Numbers read from text.")] = 500,
) -> None:
    """How many telephone numbers are right: typed, heard, and after one read-back."""
    from voicebot.bench.callers import CLIENT
    from voicebot.bench.numbers import run
    from voicebot.clients.loader import find_client
    from voicebot.speech.ears import open_ear
    from voicebot.understanding.embedded import load_or_train

    settings = read_settings()
    client = find_client(settings.flows, CLIENT)
    ear = open_ear(settings.ear, settings.models, settings.ear_threads)
    interpreter = load_or_train(settings.nlu, settings.data / "cache")
    print_json(run(ear, interpreter, client, numbers=numbers, typed_numbers=typed))


@app.command()
def language(
    every: Annotated[int, typer.Option(min=1, help="One sentence of so many.")] = 1,
) -> None:
    """Which language a first sentence is in: the share right in French and in English."""
    from voicebot.bench.language import run

    print_json(run(every))


@app.command()
def escalation(
    runs: Annotated[int, typer.Option(min=1, help="Escalations.")] = 1000,
    as_json: Json = False,
) -> None:
    """Escalations while workers are killed, the store is locked and the exchange is down."""
    from voicebot.bench.escalation import run

    found = run(read_settings().flows, runs)
    print_json(found)
    figures = found["figures"]
    raise typer.Exit(1 if figures["lost"] or figures["doubled"] else 0)


@app.command()
def rota(
    clients: Annotated[int, typer.Option(min=1, help="Clients, with five people each.")] = 200,
    instants: Annotated[int, typer.Option(min=20, help="Instants asked for.")] = 5000,
    as_json: Json = False,
) -> None:
    """Who is on call at an instant, and the lint of all clients over a year."""
    from voicebot.bench.rota import run

    flows = read_settings().flows
    print_json(run(flows, clients=clients, technicians=5 * clients, instants=instants))


@app.command()
def ring(
    calls: Annotated[int, typer.Option(min=1, max=100, help="Calls at once.")] = 10,
    rounds: Annotated[int, typer.Option(min=1, max=20, help="How many times over.")] = 3,
) -> None:
    """From "urgent" decided to the first ring started, while calls run."""
    from voicebot.bench.ring import run
    from voicebot.understanding.embedded import load_or_train

    settings = read_settings()
    interpreter = load_or_train(settings.nlu, settings.data / "cache")
    print_json(run(settings.flows, interpreter, calls, rounds))


@app.command()
def handover(
    rounds: Annotated[int, typer.Option(min=1, help="Calls handed over one by one.")] = 20,
    calls: Annotated[int, typer.Option(min=1, max=50, help="Conversations at once.")] = 10,
    seconds: Annotated[int, typer.Option(min=4, help="How long they talk at once.")] = 20,
    as_json: Json = False,
) -> None:
    """How soon both hear each other, how soon a ring stops, and what the bridge adds."""
    from voicebot.bench.handover import run

    print_json(run(read_settings().flows, rounds, calls, seconds))


@app.command()
def archive(
    calls: Annotated[int, typer.Option(min=1, help="Calls in the store.")] = 100_000,
    as_json: Json = False,
) -> None:
    """The search through many calls, an hour's recording drawn, and the flows of a client drawn."""
    from voicebot.bench.archive import run

    print_json(run(read_settings().flows, calls))
