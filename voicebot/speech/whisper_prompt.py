"""What Whisper is told before it listens: the question that is open, and the words to expect.

A prompt makes the words in it likely, and on silence it may come back as if it had been said.
So it holds no answer that could be taken for the caller's (no example of a number), only what
serves at this question, and `echoed` knows it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voicebot.dialogue.expectation import Expectation, Kind
from voicebot.speech.whisper_captions import plain

MOST_LETTERS = 320
"""Of a prompt: about 100 tokens; each costs the decoder time, before the first word."""
ECHOED_ITEMS = 3
"""Hotwords in the prompt's order that nobody says in that order."""
ECHOED_WORDS = 4
"""Words of the question that a caller does not put to the bot."""

_QUESTIONS: Mapping[str, Mapping[Kind, str]] = {
    "fr": {
        Kind.YES_NO: "C'est bien ça, oui ou non ?",
        Kind.PHONE_NUMBER: "À quel numéro de téléphone peut-on vous rappeler ?",
        Kind.NUMBER: "Combien, s'il vous plaît ?",
        Kind.DATE: "Quel jour vous conviendrait, et à quelle heure ?",
        Kind.NAME: "Votre prénom et votre nom, s'il vous plaît ?",
        Kind.ADDRESS: "À quelle adresse faut-il venir ?",
        Kind.REFERENCE: "Quelle est la référence, lettres et chiffres ?",
    },
    "en": {
        Kind.YES_NO: "Is that right, yes or no?",
        Kind.PHONE_NUMBER: "On which telephone number can we call you back?",
        Kind.NUMBER: "How many, please?",
        Kind.DATE: "Which day would suit you, and at what time?",
        Kind.NAME: "Your first name and surname, please?",
        Kind.ADDRESS: "At which address, please?",
        Kind.REFERENCE: "What is the reference, letters and digits?",
    },
}
_NO_NAMES = frozenset((Kind.YES_NO, Kind.PHONE_NUMBER, Kind.NUMBER, Kind.DATE))
"""At these questions the client's names would only draw digits and days to themselves."""


@dataclass(frozen=True)
class Prompt:
    """What stands before the caller's words."""

    question: str = ""
    hotwords: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """As Whisper is given it."""
        return f"{self.question} {', '.join(self.hotwords)}".strip()

    def echoed(self, text: str) -> bool:
        """Whether a text is a piece of this prompt."""
        said, question = plain(text), plain(self.question)
        if len(said.split()) >= ECHOED_WORDS and _within(said, question):
            return True
        if question and _within(question, said):
            return True
        items = [plain(word) for word in self.hotwords]
        runs = (" ".join(items[n : n + ECHOED_ITEMS]) for n in range(len(items) - 2))
        return any(_within(run, said) for run in runs)


NO_PROMPT = Prompt()


def prompt_for(expectation: Expectation, words: tuple[str, ...]) -> Prompt:
    """The prompt for what a flow awaits, and for a client's names and words.

    The awaited phrases come first: what does not fit any more is left out.
    """
    questions = _QUESTIONS.get(expectation.language, _QUESTIONS["fr"])
    question = questions.get(expectation.kind, "")
    names = () if expectation.kind in _NO_NAMES else words
    hotwords, left = [], MOST_LETTERS - len(question)
    for word in dict.fromkeys((*expectation.phrases, *names)):
        if not word.strip() or len(word) + 2 > left:
            continue
        hotwords.append(word)
        left -= len(word) + 2
    return Prompt(question, tuple(hotwords))


def _within(part: str, whole: str) -> bool:
    """Whether whole words of `part` follow each other in `whole`."""
    return f" {part} " in f" {whole} "
