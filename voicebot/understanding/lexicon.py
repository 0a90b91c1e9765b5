"""Words by what they are: the lookup tables of nlu/, in Rasa's format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from voicebot.french.normalise import Word, between, fold, words
from voicebot.french.numbers import read_number
from voicebot.understanding.training import read_lookups

OBJECT = "object"
"""What is broken or missing: the lookups whose name ends in `_object`."""
PLACE = "place"
_LONGEST = 5
"""Words of the longest entry, "bande d'arrêt d'urgence"."""


@dataclass(frozen=True)
class Lexicon:
    """Which words are of one sort: `chaudière` and `radiateur` are of `heating_object`."""

    entries: dict[tuple[str, ...], tuple[str, ...]]
    """Stems of the words, and the tables that they stand in."""

    @classmethod
    def read(cls, folder: Path) -> Lexicon:
        """The lookups of the YAML files in `folder` and below it; there may be none.

        Raises:
            FlowError: a file is not in Rasa's format.
        """
        found: dict[tuple[str, ...], tuple[str, ...]] = {}
        for name, phrases in read_lookups(folder).items():
            for phrase in phrases:
                key = tuple(stem(word.plain) for word in words(phrase))
                if key and name not in found.get(key, ()):
                    found[key] = (*found.get(key, ()), name)
        return cls(found)

    def sorts(self, tokens: list[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """First token, end and tables of each entry in `tokens`, the longest first."""
        stems = [stem(token) for token in tokens]
        at = 0
        while at < len(stems):
            for end in range(min(at + _LONGEST, len(stems)), at, -1):
                if tables := self.entries.get(tuple(stems[at:end])):
                    yield at, end, tables
                    at = end
                    break
            else:
                at += 1

    def sorted_text(self, text: str) -> str:
        """The normalised `text` with each entry replaced by the names of its tables."""
        tokens = text.split()
        out, last = [], 0
        for start, end, tables in self.sorts(tokens):
            out += [*tokens[last:start], *(f"@{name}" for name in tables)]
            last = end
        return " ".join([*out, *tokens[last:]])

    def find(self, text: str, *, objects: bool = True) -> list[tuple[str, str]]:
        """Objects and places in `text`, as (entity, words as they were said)."""
        said = words(text)
        found = []
        for start, end, tables in self.sorts([word.plain for word in said]):
            if any(name.endswith(f"_{OBJECT}") for name in tables):
                if objects:
                    found.append((OBJECT, between(text, said[start], said[end - 1])))
            elif PLACE in tables:
                last = _end_of_place(said, end)
                found.append((PLACE, between(text, said[start], said[last - 1])))
        return found


def _end_of_place(said: list[Word], end: int) -> int:
    """Where a place ends: "chambre douze", "bâtiment B", "commissariat de Mulhouse"."""
    tokens = [word.plain for word in said]
    if number := read_number(tokens, end):
        return number[1]
    if tokens[end : end + 1] and len(tokens[end]) == 1 and said[end].text.isupper():
        return end + 1
    if tokens[end : end + 1] == ["de"] and said[end + 1 : end + 2]:
        return end + 2 if said[end + 1].text[0].isupper() else end
    return end


def stem(word: str) -> str:
    """A word without accents and without the sign of the plural."""
    plain = fold(word)
    return plain[:-1] if len(plain) > 3 and plain[-1] in "sx" else plain
