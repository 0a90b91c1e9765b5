"""How well sentences are understood that were never learnt from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from voicebot.dialogue.expectation import ANYTHING, Expectation
from voicebot.dialogue.interpretation import Interpretation
from voicebot.french.normalise import fold
from voicebot.understanding.classifier import NOTHING
from voicebot.understanding.embedded import EmbeddedInterpreter
from voicebot.understanding.interpreter import Interpreter
from voicebot.understanding.reader import ENTITY_OF
from voicebot.understanding.training import Example, read_examples

NOW = datetime(2026, 1, 14, 21, 30)
"""A fixed instant, so that the figures never depend on the day."""


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
    """What was measured."""

    sentences: int = 0
    intents: dict[str, _Count] = field(default_factory=dict)
    entities: _Count = field(default_factory=_Count)
    mistakes: list[tuple[str, str, str]] = field(default_factory=list)
    """Sentence, what it means, what was understood."""


def evaluate(nlu: Path, interpreter: Interpreter | None = None) -> dict[str, Any]:
    """Measures an interpreter on nlu/test; the embedded one, trained from `nlu`, by default.

    Returns:
        sentences, intent_accuracy, intent_macro_f1, entity_f1, intents (F1 of each) and
        mistakes (sentence, meant, understood).
    """
    interpreter = interpreter or EmbeddedInterpreter.train(nlu)
    figures = Figures()
    for example in read_examples(nlu / "test"):
        meant = interpreter.interpret(example.text, _asked(example), NOW)
        _count(figures, example, meant)
    scores = {intent: count.f1() for intent, count in sorted(figures.intents.items())}
    right = sum(count.right for count in figures.intents.values())
    return {
        "sentences": figures.sentences,
        "intent_accuracy": round(right / figures.sentences, 4),
        "intent_macro_f1": round(sum(scores.values()) / len(scores), 4),
        "entity_f1": round(figures.entities.f1(), 4),
        "intents": {intent: round(score, 4) for intent, score in scores.items()},
        "mistakes": figures.mistakes,
    }


def _asked(example: Example) -> Expectation:
    """A sentence that only tells a name, a number or a day was the answer when it was asked."""
    kinds = {name: kind for kind, name in ENTITY_OF.items()}
    if example.intent == "inform" and example.entities:
        kind = kinds.get(example.entities[0].name)
        return Expectation(kind) if kind else ANYTHING
    return ANYTHING


def _count(figures: Figures, example: Example, meant: Interpretation) -> None:
    figures.sentences += 1
    understood = meant.intent or NOTHING
    if understood == example.intent:
        figures.intents.setdefault(example.intent, _Count()).right += 1
    else:
        figures.intents.setdefault(example.intent, _Count()).missed += 1
        figures.intents.setdefault(understood, _Count()).wrong += 1
        figures.mistakes.append((example.text, example.intent, understood))
    wanted = Counter((marked.name, _bare(marked.text)) for marked in set(example.entities))
    found = Counter(
        (entity.name, _bare(entity.text))
        for entity in meant.entities
        if entity.name not in ("yes_no", "own_number", "language")
    )
    figures.entities.right += (wanted & found).total()
    figures.entities.missed += (wanted - found).total()
    figures.entities.wrong += (found - wanted).total()


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
