"""`voicebot nlu test` and `voicebot nlu hear`: the held-out sentences, typed and heard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from voicebot.commands.options import Json, print_json, read_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicebot.settings import Settings
    from voicebot.understanding.interpreter import Interpreter

EMBEDDED = "embedded"
MEASURING_S = 10.0
"""What Rasa has for a sentence that is measured: the figures are not to depend on the load."""


def test(
    rasa: Annotated[
        str | None, typer.Option(help="Address of a Rasa server, to measure it beside.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Intents and facts on the sentences kept out of training, typed and as the ear heard them."""
    from voicebot.bench.report import report
    from voicebot.understanding.evaluate import evaluate, read_cases

    settings = read_settings()
    cases = read_cases(settings.nlu)
    found: dict[str, Any] = {}
    with Progress(console=Console(stderr=True), transient=True) as bar:
        for name, interpreter in _interpreters(settings, rasa).items():
            found[name] = evaluate(cases, interpreter, _shown(bar, name))
    if as_json:
        conditions = {"ear": "nlu/test/heard.tsv, by voices kept out of training, G.711, 20 dB"}
        print_json(report("nlu test", _figures(found), conditions) | {"interpreters": found})
        return
    Console().print(_table(found))


def hear(
    training: Annotated[
        bool, typer.Option("--training", help="The training sentences, by voices of training.")
    ] = False,
    first: Annotated[int | None, typer.Option(help="Only so many sentences, printed.")] = None,
    ear: Annotated[str, typer.Option(help="The ear, as in the settings.")] = "lite",
) -> None:
    """Has the sentences of nlu/ said and heard, and keeps what was heard beside them."""
    from voicebot.models import hearing
    from voicebot.speech.ears import open_ear
    from voicebot.understanding.evaluate import ENGLISH_CASES, read_cases
    from voicebot.understanding.heard import HELD_OUT, TRAINING, write_held_out, write_training
    from voicebot.understanding.training import read_examples

    settings = read_settings()
    if training:
        spoken = {hearing.training: read_examples(settings.nlu / "fr")}
    else:
        cases = read_cases(settings.nlu)
        english = [case.example for case in cases if case.sector == ENGLISH_CASES]
        french = [case.example for case in cases if case.sector != ENGLISH_CASES]
        spoken = {hearing.held_out: french, hearing.held_out_english: english}
    opened = open_ear(ear, settings.models)
    found = []
    with Progress(console=Console(stderr=True)) as bar:
        for say, examples in spoken.items():
            shown = _shown(bar, "saying and hearing")
            found += hearing.hear(examples[:first], say, opened, shown)
    if first is not None:
        for one in found:
            typer.echo(f"{one.example.text}\t{one.heard}")
        return
    title = f"What {ear} heard; made by `voicebot nlu hear{' --training' if training else ''}`."
    file = settings.nlu / (TRAINING if training else Path("test") / HELD_OUT)
    write = write_training if training else write_held_out
    write(file, title, found)
    typer.echo(file)


def _shown(bar: Progress, name: str) -> Callable[[float], None]:
    """A bar that is told which share is done."""
    task = bar.add_task(name, total=1.0)
    return lambda share: bar.update(task, completed=share)


def _interpreters(settings: Settings, rasa: str | None) -> dict[str, Interpreter]:
    """The embedded one, and Rasa where there is one."""
    from voicebot.understanding.interpreters import open_interpreter

    cache = settings.data / "cache"
    found = {EMBEDDED: open_interpreter(EMBEDDED, settings.nlu, cache)}
    chosen = f"rasa:{rasa}" if rasa else settings.interpreter
    if chosen != EMBEDDED:
        found["rasa"] = open_interpreter(chosen, settings.nlu, cache, MEASURING_S)
    return found


def _figures(found: dict[str, Any]) -> dict[str, float | int | None]:
    """`sentences`, `intent_macro_f1` … of the embedded one typed; the others by name."""
    names = ("intent_accuracy", "intent_macro_f1", "entity_f1")
    figures: dict[str, float | int | None] = {}
    for interpreter, conditions in found.items():
        for condition in ("typed", "heard"):
            if condition not in conditions:
                continue
            before = "" if interpreter == EMBEDDED else f"{interpreter}_"
            before += "" if condition == "typed" else f"{condition}_"
            figures[f"{before}sentences"] = conditions[condition]["sentences"]
            figures |= {f"{before}{name}": conditions[condition][name] for name in names}
        if "heard" in conditions:
            lost = conditions["typed_of_heard"], conditions["heard"]
            name = "intent_macro_f1"
            before = "" if interpreter == EMBEDDED else f"{interpreter}_"
            figures[f"{before}{name}_lost_by_hearing"] = round(lost[0][name] - lost[1][name], 4)
    return figures


def _table(found: dict[str, Any]) -> Table:
    """A row for each interpreter, condition and sector."""
    table = Table(
        "interpreter", "condition", "sector", "sentences", "accuracy", "macro F1", "facts"
    )
    for interpreter, conditions in found.items():
        for condition, measured in conditions.items():
            rows = {"all": measured} | measured.get("sectors", {})
            for sector, row in rows.items():
                shares = (row["intent_accuracy"], row["intent_macro_f1"], row["entity_f1"])
                cells = (f"{100 * share:.1f} %" for share in shares)
                table.add_row(interpreter, condition, sector, str(row["sentences"]), *cells)
    return table
