"""The phrases that Whisper writes where nobody spoke, read from a list in its own file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from voicebot.errors import BadInput, Place

SHIPPED = Path(__file__).with_name("whisper_captions.yml")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|[\n♪]+")
_NO_WORD = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class Captions:
    """Phrases known from films."""

    never: re.Pattern[str]
    """Finds what no caller says, wherever it stands."""
    habits: frozenset[str]
    """Plain texts that callers say too."""

    def cut(self, text: str) -> str:
        """The text without its captions; each goes to the end of its sentence."""
        kept = []
        for sentence in _SENTENCE.split(unicodedata.normalize("NFC", text)):
            found = self.never.search(sentence)
            kept.append(sentence[: found.start()].rstrip(" ,;:-–—(") if found else sentence)
        return " ".join(part for part in kept if plain(part))

    def habitual(self, text: str) -> bool:
        """Whether this is nothing but a phrase that Whisper likes on silence."""
        return plain(text) in self.habits


class _File(BaseModel):
    """The list as it is written."""

    model_config = ConfigDict(extra="forbid")

    never: list[str] = Field(min_length=1)
    habits: list[str]


def plain(text: str) -> str:
    """Lower-case words alone, one space between them: "ST' 501" is "st 501"."""
    text = unicodedata.normalize("NFC", text).casefold().replace("_", " ")
    return _NO_WORD.sub(" ", text).strip()


@cache
def load_captions(path: Path = SHIPPED) -> Captions:
    """Reads a list of captions.

    Raises:
        BadInput: it is not that.
    """
    try:
        found = _File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError, OSError) as error:
        raise BadInput(
            "no list of captions", where=Place(path), todo="two lists: `never` and `habits`"
        ) from error
    phrases = sorted({plain(phrase) for phrase in found.never}, key=len, reverse=True)
    if not all(phrases):
        raise BadInput("a caption without a word", where=Place(path), todo="take it out")
    any_of = "|".join(r"[\W_]+".join(map(re.escape, phrase.split())) for phrase in phrases)
    never = re.compile(rf"(?<![^\W_])(?:{any_of})(?![^\W_])", re.IGNORECASE)
    return Captions(never, frozenset(plain(phrase) for phrase in found.habits))
