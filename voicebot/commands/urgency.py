"""`voicebot urgency`: what the clients' rules decide on what people say."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, TaskID

from voicebot.commands.options import Json, print_json, read_settings

app = typer.Typer(no_args_is_help=True, help="Urgency: test the clients' rules on what people say.")


@app.callback()
def group() -> None:
    """Urgency: test the clients' rules on what people say."""


@app.command()
def test(
    heard: Annotated[
        bool, typer.Option("--heard", help="Also said by voices and heard by the ear; minutes.")
    ] = False,
    understood: Annotated[
        bool, typer.Option("--understood", help="With the intents, not the words alone.")
    ] = False,
    every: Annotated[int, typer.Option(min=1, help="Every so many-th utterance.")] = 1,
    client: Annotated[str | None, typer.Option(help="One client alone.")] = None,
    missed: Annotated[bool, typer.Option("--missed", help="List what was decided wrong.")] = False,
    as_json: Json = False,
) -> None:
    """Recall of each level, and false alarms, on flows/golden/; fails where a vital is missed."""
    from voicebot.bench.urgency import run

    settings = read_settings()
    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def progress(what: str, share: float) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=1.0)
            bar.update(tasks[what], completed=share)

        report = run(
            settings.flows,
            ear=_ear() if heard else None,
            interpreter=_interpreter() if understood else None,
            every=every,
            only=client,
            progress=progress,
        )
    print_json(report) if as_json else _show(report, missed)
    if report["figures"]["vital_missed_typed"]:
        raise typer.Exit(1)


def _ear() -> Any:
    from voicebot.speech.ears import open_ear

    settings = read_settings()
    return open_ear(settings.ear, settings.models)


def _interpreter() -> Any:
    from voicebot.understanding.embedded import load_or_train

    settings = read_settings()
    return load_or_train(settings.nlu, settings.data / "nlu")


def _show(report: dict[str, Any], missed: bool) -> None:
    for name, value in report["figures"].items():
        typer.echo(f"{name:32} {value}")
    for condition, sectors in report["sectors"].items():
        typer.echo(f"\n{condition:40} vital  recall  asked  missed  false alarms / calm")
        for name, found in sectors.items():
            cells = [
                found[f"{key}_{condition}"]
                for key in (
                    "vital", "vital_recall", "vital_asked", "vital_missed", "false_alarms", "calm",
                )
            ]  # fmt: skip
            vital, recall, asked, lost, alarms, calm = cells
            typer.echo(
                f"{name:40} {vital:5}  {recall!s:6}  {asked:5}  {lost:6}  {alarms:5} / {calm}"
            )
    if missed:
        for condition, rows in report["mistakes"].items():
            typer.echo(f"\n{condition}:")
            for row in rows:
                words = ", ".join(row["words"])
                text = f"{row['said']}" + (f"  → {row['heard']}" if "heard" in row else "")
                typer.echo(f"  {row['wanted']} → {row['got']} [{row['rule']}: {words}] {text}")
