"""The languages that the shipped ears hear: all that differs from one to the next."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from voicebot.dialogue.expectation import Expectation
from voicebot.errors import Place, WrongModel
from voicebot.speech import expected, lexicon, phones, words
from voicebot.speech.english import expected as english_expected
from voicebot.speech.english import lexicon as english_lexicon
from voicebot.speech.english import phones as english_phones
from voicebot.speech.english import words as english_words
from voicebot.speech.graph import Graph, GraphBuilder
from voicebot.speech.lexicon import Pronunciation
from voicebot.speech.spoken_names import KnownNames

FILE = "phones.json"
"""In a model's folder: its language, and the phonemes in the order of its head's outputs."""


@dataclass(frozen=True)
class Tongue:
    """A language as an ear needs it."""

    language: str
    phones: tuple[str, ...]
    """In the order of the head's outputs, behind the blank."""
    tokens: Callable[[str], list[str]]
    """The words of a text as the language model knows them."""
    written: Callable[[list[str]], str]
    """The text of such words."""
    pronunciations: Callable[[str], tuple[Pronunciation, ...]]
    """All ways to say such a word."""
    learn: Callable[[Iterable[str]], None]
    """Looks up how many words are said, where that is quicker than one by one."""
    expected: Callable[[Expectation, tuple[str, ...], KnownNames], Graph | None]
    """The graph of what a flow awaits; None where anything may come."""

    @cached_property
    def index(self) -> Mapping[str, int]:
        """The head's output for each phoneme, and for the blank."""
        return {phones.BLANK: 0} | {phone: i for i, phone in enumerate(self.phones, start=1)}

    def builder(self, words: Sequence[str] = ()) -> GraphBuilder:
        """An empty graph for words of this language; `words` are those that will be in it."""
        self.learn(words)
        return GraphBuilder(self.pronunciations, self.index, self.tokens)

    def normalise(self, text: str) -> str:
        """The text in tokens, one space between them."""
        return " ".join(self.tokens(text))

    def write(self, folder: Path) -> None:
        """Tells in a model's folder that the model is of this language."""
        page = {"language": self.language, "phones": self.phones}
        (folder / FILE).write_text(json.dumps(page, ensure_ascii=False) + "\n", encoding="utf-8")


FRENCH = Tongue(
    "fr",
    phones.PHONES,
    words.tokens,
    words.written,
    lexicon.pronunciations,
    lambda _: None,
    expected.expected_graph,
)
ENGLISH = Tongue(
    "en",
    english_phones.PHONES,
    english_words.tokens,
    english_words.written,
    english_lexicon.pronunciations,
    english_lexicon.learn,
    english_expected.expected_graph,
)
TONGUES = {tongue.language: tongue for tongue in (FRENCH, ENGLISH)}


def tongue_named(model: str) -> Tongue:
    """By the name of a model: "lite-en" hears English; French where the name tells nothing."""
    return TONGUES.get(model.rpartition("-")[2], FRENCH)


def tongue_of(folder: Path) -> Tongue:
    """Which language a model hears, by its FILE; French where it has none.

    Raises:
        WrongModel: the file is damaged, or tells of phonemes that this version does not know.
    """
    file = folder / FILE
    if not file.is_file():
        return FRENCH
    try:
        page = json.loads(file.read_text(encoding="utf-8"))
        tongue, known = TONGUES[page["language"]], tuple(page["phones"])
    except (ValueError, KeyError, TypeError) as error:
        raise WrongModel(f"{Place(file)}: this tells no language of an ear: {error}") from error
    if known != tongue.phones:
        raise WrongModel(f"{Place(file)}: this model has other phonemes: train it again")
    return tongue
