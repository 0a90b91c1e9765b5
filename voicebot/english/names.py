"""Names: "my name is John Smith", "this is Mrs Brown", "Smith speaking", or bare where asked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voicebot.english.numbers import group_at
from voicebot.english.spelling import read_spelling
from voicebot.english.words import tokens, word_set

LONGEST = 4
"""Words of a name."""
_TITLES = {
    "mr": "Mr", "mister": "Mr", "mrs": "Mrs", "ms": "Ms", "miss": "Miss", "dr": "Dr",
    "doctor": "Dr",
}  # fmt: skip
_SURE = (
    ("my", "name", "is"),
    ("last", "name", "is"),
    ("the", "name", "is"),
    ("name", "is"),
    ("i", "am", "called"),
)
_HERE = (("this", "is"), ("i", "am"), ("it", "is"), ("speaking", "is"))
_OPENERS = word_set("yes yeah hello hi sure ok okay of course so it is this i am no sorry")
_NEVER = word_set(
    "a an the my your his her our i you he she it we they is are am was be been have has had do "
    "does did not no yes and or but if so to for from of in on at with about calling call "
    "called locked out here there just very really sorry please thank thanks what when where "
    "urgent spelled spelt hyphen hold "
    "who how why that this these those would could can will want need like leave message room "
    "number speak talk someone somebody person back tomorrow today tonight morning afternoon "
    "evening week any anytime time soon possible know idea sure stuck lost late sick guest "
    "staying hotel hello hi goodbye bye okay ok right wrong correct human again repeat say said "
    "mean trying looking hear understand english french help desk reception manager"
)


@dataclass(frozen=True)
class Name:
    """A person's name: "John Smith", "Mrs Brown"."""

    value: str
    text: str


def read_name(text: str, *, expected: bool = False) -> Name | None:
    """The name that the caller gives; a bare one only where it was asked for."""
    found = tokens(text)
    said = [plain for plain, _ in found]
    spelt = _spelt(said) if expected or "spelled" in said or "spelt" in said else None
    if spelt:
        return spelt
    for at in range(1, len(said) + 1):
        if any(tuple(said[max(0, at - len(p)) : at]) == p for p in _SURE) and (
            name := _from(found, at)
        ):
            return name
        here = any(tuple(said[max(0, at - len(p)) : at]) == p for p in _HERE)
        if here and (name := _from(found, at)):
            after = said[at + len(name.text.split()) :][:1]
            if expected or after == ["speaking"] or " " in name.value:
                return name
        if at < len(said) and said[at] == "speaking" and (name := _from(found, at - 1)):
            return _from(found, max(0, at - 2)) or name
    if not expected:
        return None
    start = 0
    while start < len(said) and said[start] in _OPENERS:
        start += 1
    return _from(found, start)


def _spelt(said: list[str]) -> Name | None:
    """A name spelt letter by letter."""
    for at in range(len(said)):
        read = read_spelling(said, at)
        if read:
            parts = re.split(r"([-'])", read[0])
            return Name("".join(part.capitalize() for part in parts), " ".join(said[at : read[1]]))
    return None


def _from(found: list[tuple[str, str]], at: int) -> Name | None:
    """The name that begins at index `at`, with its title."""
    title, first = "", at
    if at < len(found) and found[at][0] in _TITLES:
        title, at = f"{_TITLES[found[at][0]]} ", at + 1
    end = at
    while end < len(found) and end - at < LONGEST and _may_be_name(found[end][0]):
        end += 1
    if end == at:
        return None
    shown = " ".join(t if t[:1].isupper() else t.capitalize() for _, t in found[at:end])
    return Name(f"{title}{shown}", " ".join(text for _, text in found[first:end]))


def _may_be_name(word: str) -> bool:
    return len(word) > 1 and word not in _NEVER | {"speaking"} and not group_at([word], 0)
