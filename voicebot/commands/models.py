"""`voicebot models`: the speech models: list, pull, train, bench."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table

from voicebot.commands.options import Json, print_json, read_settings
from voicebot.errors import BadInput

app = typer.Typer(no_args_is_help=True, help="Ears and voices: list, pull, train, bench.")


@app.command("list")
def list_models(as_json: Json = False) -> None:
    """Which ears and voices exist, where each comes from, its licence, and what is here."""
    from voicebot.models.catalog import load_catalog

    settings = read_settings()
    entries = load_catalog(settings.models, settings.voices)
    if as_json:
        print_json([entry.as_dict() for entry in entries])
        return
    table = Table("name", "kind", "language", "size", "licence", "here")
    for entry in entries:
        here = "yes" if entry.here else "no"
        table.add_row(entry.name, entry.kind, entry.language, entry.size, entry.licence, here)
    Console().print(table)


@app.command()
def pull(
    name: Annotated[str, typer.Argument(help="A name from `voicebot models list`.")],
    source: Annotated[
        str | None, typer.Option(help="A folder or address to take it from instead.")
    ] = None,
) -> None:
    """Fetches an ear or a voice from where it is published."""
    from voicebot.models.pull import pull as fetch

    settings = read_settings()
    with Progress() as bar:
        task = bar.add_task(name, total=None)

        def progress(done: int, total: int | None) -> None:
            bar.update(task, completed=done, total=total)

        folder = fetch(
            name,
            models=settings.models,
            voices=settings.voices,
            progress=progress,
            source=source,
        )
    typer.echo(f"{name} is in {folder}")


@app.command()
def train(
    name: Annotated[str, typer.Argument(help="The model: lite-fr or lite-en.")] = "lite-fr",
    out: Annotated[Path | None, typer.Option(help="Where to write it.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="A tiny run, to try the recipe.")] = False,
    words: Annotated[
        bool, typer.Option("--words", help="The language model alone: a minute, no torch.")
    ] = False,
    people: Annotated[
        bool, typer.Option("--people", help="Go on from the head that is there with recordings.")
    ] = False,
) -> None:
    """Trains a shipped ear, from sentences to report; under two hours on two cores."""
    from voicebot.models import train as recipe

    with Progress(console=Console(stderr=True)) as bar:
        tasks: dict[str, TaskID] = {}

        def progress(what: str, share: float) -> None:
            step = what.partition(" (")[0]
            if step not in tasks:
                tasks[step] = bar.add_task(what, total=1.0)
            bar.update(tasks[step], description=what, completed=share)

        folder = out or read_settings().models / name
        if words:
            report = recipe.train_words(name, folder, progress, quick)
        elif people:
            report = recipe.train_people(name, folder, progress, quick)
        else:
            report = recipe.train(name, folder, progress, quick)
    print_json(report)


@app.command()
def bench(
    model: Annotated[str, typer.Argument(help="An ear, as in the settings, or a folder.")],
    manifest: Annotated[
        Path | None, typer.Option(help="Lines of: path to audio, tab, text.")
    ] = None,
    phrases: Annotated[Path | None, typer.Option(help="One awaited phrase a line.")] = None,
    conditions: Annotated[
        bool, typer.Option("--conditions", help="Its own test set, by condition.")
    ] = False,
    every: Annotated[int, typer.Option(min=1, help="One sentence of so many.")] = 1,
    language: Annotated[str | None, typer.Option(help="Of the manifest: fr or en.")] = None,
    as_json: Json = False,
) -> None:
    """Word and letter errors, and speed, on any test set; or word errors by condition."""
    from voicebot.models.bench import bench as run
    from voicebot.models.bench import bench_conditions

    if conditions == (manifest is not None):
        raise BadInput("a test set is missing", todo="say either --manifest FILE or --conditions")
    if manifest is not None:
        report = run(model, manifest, phrases, language=language)
    else:
        with Progress(console=Console(stderr=True)) as bar:
            task = bar.add_task("listening under each condition", total=1.0)
            report = bench_conditions(
                model, every=every, progress=lambda _, share: bar.update(task, completed=share)
            )
    print_json(report) if as_json else _table(report["figures"])


@app.command()
def testset(
    out: Annotated[Path, typer.Argument(help="The folder to make.")],
    model: Annotated[str, typer.Option(help="Whose sentences: lite-fr or lite-en.")] = "lite-fr",
    by: Annotated[
        str, typer.Option(help="espeak, mbrola, people; in English also abroad, festival.")
    ] = "espeak",
    condition: Annotated[str, typer.Option(help="line, clean, noise_10_db, slow, …")] = "line",
) -> None:
    """Makes the test set of the ear: voices kept out of training, G.711, 20 dB noise."""
    from voicebot.models.conditions import CONDITIONS, find_condition
    from voicebot.models.testset import By, make

    line = find_condition(condition)
    if line is None:
        known = ", ".join(c.name for c in CONDITIONS)
        raise BadInput(f"no condition is called {condition!r}", todo=f"choose one of {known}")
    if by not in list(By):
        raise BadInput(f"nobody is called {by!r}", todo=f"choose one of {', '.join(By)}")
    typer.echo(make(out, model, by=By(by), condition=line))


def _table(figures: dict[str, float]) -> None:
    table = Table("figure", "value")
    for name, value in figures.items():
        table.add_row(name, f"{value}")
    Console().print(table)
