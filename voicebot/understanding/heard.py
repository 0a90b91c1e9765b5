"""What an ear made of the sentences of nlu/, kept beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path

from voicebot.errors import FlowError, Place
from voicebot.french.normalise import Word, between, normalise, words
from voicebot.understanding.training import Example

HELD_OUT = "heard.tsv"
"""In nlu/test: sentence, tab, what was heard, tab, who said it."""
TRAINING = "heard/fr.yml"
"""In nlu: the training sentences as they were heard, in Rasa's format."""
LIKE = 0.6
"""How like its sentence what was heard must be to be learnt from, 0 to 1."""
_HEAD = "# {}\n"


@dataclass(frozen=True)
class Hearing:
    """One sentence said by one voice."""

    example: Example
    heard: str
    """Empty where the ear recognised nothing."""
    voice: str


def write_held_out(file: Path, title: str, hearings: Iterable[Hearing]) -> None:
    """Writes lines of sentence, tab, what was heard, tab, voice."""
    lines = [f"{one.example.text}\t{one.heard}\t{one.voice}\n" for one in hearings]
    file.write_text(_HEAD.format(title) + "".join(lines), encoding="utf-8")


def read_held_out(file: Path) -> dict[str, str]:
    """What was heard of each sentence; nothing where there is no such file.

    Raises:
        FlowError: a line is not sentence, tab, heard.
    """
    if not file.is_file():
        return {}
    found = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) < 2 or not cells[0]:
            where = Place(file, number)
            raise FlowError("no sentence, tab, what was heard", where=where, todo="write a tab")
        found[cells[0]] = cells[1]
    return found


def write_training(file: Path, title: str, hearings: Iterable[Hearing]) -> int:
    """Writes what was heard in Rasa's format, facts annotated where they were heard.

    What was heard as it was said teaches nothing new, and what was hardly heard teaches what is
    wrong ("clés" is no "tout à fait"): both are left out.

    Returns:
        how many sentences were written.
    """
    news = [one for one in hearings if _is_news(one)]
    lines = [_HEAD.format(title), 'version: "3.1"\n', "nlu:\n"]
    by_intent = sorted(news, key=lambda one: one.example.intent)
    for intent, same in groupby(by_intent, key=lambda one: one.example.intent):
        lines += [f"  - intent: {intent}\n", "    examples: |\n"]
        lines += [f"      - {annotated(one.example, one.heard)}\n" for one in same]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(lines), encoding="utf-8")
    return len(news)


def annotated(example: Example, heard: str) -> str:
    """What was heard with the facts of the sentence, where their words were heard."""
    said, got = words(example.text), words(heard)
    places = _places(said, got)
    spans = []
    for marked in example.entities:
        start, length = _find(said, marked.text)
        found = [places[at] for at in range(start, start + length) if at in places]
        if found and 2 * len(found) >= length:
            spans.append((got[min(found)], got[max(found)], marked.name))
    text = heard
    for first, last, name in sorted(spans, key=lambda span: -span[0].start):
        inside = between(heard, first, last)
        text = f"{text[: first.start]}[{inside}]({name}){text[last.end :]}"
    return text if _is_readable(text) else heard


def _is_news(one: Hearing) -> bool:
    said, got = normalise(one.example.text), normalise(one.heard)
    return said != got and SequenceMatcher(None, said, got, False).ratio() >= LIKE


def _places(said: list[Word], got: list[Word]) -> dict[int, int]:
    """Where each word that was said was heard."""
    matcher = SequenceMatcher(None, [w.plain for w in said], [w.plain for w in got], False)
    return {
        block.a + at: block.b + at
        for block in matcher.get_matching_blocks()
        for at in range(block.size)
    }


def _find(said: list[Word], text: str) -> tuple[int, int]:
    """Where the words of a fact stand: the first, and how many."""
    wanted = [word.plain for word in words(text)]
    tokens = [word.plain for word in said]
    for start in range(len(tokens) - len(wanted) + 1):
        if tokens[start : start + len(wanted)] == wanted:
            return start, len(wanted)
    return 0, 0


def _is_readable(text: str) -> bool:
    """False where two facts came to lie in one another."""
    depth = 0
    for sign in text:
        depth += (sign == "[") - (sign == "]")
        if depth not in (0, 1):
            return False
    return True
