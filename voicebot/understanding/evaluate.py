"""How well sentences are understood that were never learnt from, typed and as an ear heard them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from voicebot.dialogue.expectation import ANYTHING, Expectation
from voicebot.dialogue.interpretation import Interpretation
from voicebot.errors import NotFound
from voicebot.french.normalise import fold
from voicebot.understanding.classifier import NOTHING
from voicebot.understanding.heard import HELD_OUT, read_held_out
from voicebot.understanding.interpreter import Interpreter
from voicebot.understanding.reader import ENTITY_OF
from voicebot.understanding.training import Example, read_file

NOW = datetime(2026, 1, 14, 21, 30)
"""A fixed instant, so that the figures never depend on the day."""
TYPED, HEARD = "typed", "heard"
ENGLISH_CASES = "english"
"""The sector whose sentences are in English."""
_NO_FACTS = ("yes_no", "own_number", "language")
"""Entities that tell of the sentence as a whole; they are not annotated."""


@dataclass(frozen=True)
class Case:
    """One held-out sentence."""

    sector: str
    example: Example
    heard: str | None = None
    """What the ear made of it, where it was said."""


@dataclass
class _Count:
    right: int = 0
    wrong: int = 0
    missed: int = 0

    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where nothing was right."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0


@dataclass
class Figures:
    """What was measured of some sentences."""

    sentences: int = 0
    right: int = 0
    degraded: int = 0
    """Answered by another interpreter than the one asked."""
    intents: dict[str, _Count] = field(default_factory=dict)
    entities: _Count = field(default_factory=_Count)
    mistakes: list[tuple[str, str, str]] = field(default_factory=list)
    """What was read, what it means, what was understood."""

    def macro_f1(self) -> float:
        """The mean of the intents' F1, of those that are meant or understood."""
        scores = [count.f1() for count in self.intents.values()]
        return sum(scores) / len(scores) if scores else 0.0

    def summary(self) -> dict[str, float]:
        """The figures of a table's row."""
        return {
            "sentences": self.sentences,
            "intent_accuracy": round(self.right / max(self.sentences, 1), 4),
            "intent_macro_f1": round(self.macro_f1(), 4),
            "entity_f1": round(self.entities.f1(), 4),
        }

    def count(self, example: Example, meant: Interpretation) -> None:
        """Adds one sentence."""
        self.sentences += 1
        self.degraded += bool(meant.degraded)
        understood = meant.intent or NOTHING
        if understood == example.intent:
            self.right += 1
            self.intents.setdefault(example.intent, _Count()).right += 1
        else:
            self.intents.setdefault(example.intent, _Count()).missed += 1
            self.intents.setdefault(understood, _Count()).wrong += 1
            self.mistakes.append((meant.text, example.intent, understood))
        wanted = Counter((one.name, _bare(one.text)) for one in example.entities)
        found = Counter((e.name, _bare(e.text)) for e in meant.entities if e.name not in _NO_FACTS)
        self.entities.right += (wanted & found).total()
        self.entities.missed += (wanted - found).total()
        self.entities.wrong += (found - wanted).total()


def read_cases(nlu: Path) -> list[Case]:
    """The held-out sentences: one file a sector, and what was heard of them.

    Raises:
        NotFound: there is none.
        FlowError: a file is wrong; the message names file and line.
    """
    folder = nlu / "test"
    heard = read_held_out(folder / HELD_OUT)
    cases = [
        Case(file.stem, example, heard.get(example.text))
        for file in sorted(folder.glob("*.yml"))
        for example in read_file(file)
    ]
    if not cases:
        raise NotFound(f"no held-out sentences in {folder}", todo="they come with the project")
    return cases


def evaluate(
    cases: Sequence[Case],
    interpreter: Interpreter,
    progress: Callable[[float], None] = lambda share: None,
) -> dict[str, Any]:
    """Measures an interpreter.

    Returns:
        For `typed`, and for `heard` of those sentences that were said: sentences,
        intent_accuracy, intent_macro_f1, entity_f1, the same for each of `sectors`, `intents`
        (F1 of each), `mistakes` (read, meant, understood), and `degraded`, how many sentences
        another interpreter answered. `typed_of_heard` is `typed` over the sentences that were
        said, so that `heard` less that is what the ear costs.
    """
    said = [case for case in cases if case.heard is not None]
    conditions = {TYPED: [(case, case.example.text) for case in cases]}
    if said:
        conditions[HEARD] = [(case, case.heard or "") for case in said]
    steps, done, found = sum(map(len, conditions.values())), 0, {}
    for name, readings in conditions.items():
        parts: list[tuple[Case, Interpretation]] = []
        for case, text in readings:
            parts.append((case, interpreter.interpret(text, _asked(case.example), NOW)))
            done += 1
            progress(done / steps)
        found[name] = _measured(parts)
        if name == TYPED and said:
            of_heard = _figures(part for part in parts if part[0].heard is not None)
            found["typed_of_heard"] = of_heard.summary()
    return found


def _measured(parts: Sequence[tuple[Case, Interpretation]]) -> dict[str, Any]:
    figures = _figures(parts)
    sectors = sorted({case.sector for case, _ in parts})
    intents = sorted(figures.intents.items())
    return {
        **figures.summary(),
        "sectors": {
            sector: _figures(part for part in parts if part[0].sector == sector).summary()
            for sector in sectors
        },
        "intents": {intent: round(count.f1(), 4) for intent, count in intents},
        "degraded": figures.degraded,
        "mistakes": figures.mistakes,
    }


def _figures(parts: Iterable[tuple[Case, Interpretation]]) -> Figures:
    figures = Figures()
    for case, meant in parts:
        figures.count(case.example, meant)
    return figures


def _asked(example: Example) -> Expectation:
    """A sentence that only tells a name, a number or a day was the answer when it was asked."""
    kinds = {name: kind for kind, name in ENTITY_OF.items()}
    if example.intent == "inform" and example.entities:
        kind = kinds.get(example.entities[0].name)
        return Expectation(kind) if kind else ANYTHING
    return ANYTHING


_LEADING = (
    *("depuis ", "since ", "ca fait ", "madame ", "monsieur "),
    *("le ", "la ", "l'", "au ", "du ", "a ", "on ", "the "),
)


def _bare(text: str) -> str:
    """The words without what may or may not be counted to a fact ("depuis", "madame")."""
    text = fold(text).replace("-", " ")
    while leading := next((word for word in _LEADING if text.startswith(word)), None):
        text = text.removeprefix(leading)
    return text
