"""References: letters and digits of a file, a ticket, an order, a machine."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voicebot.french.normalise import word_set, words
from voicebot.french.numbers import UNITS, read_number
from voicebot.french.spelling import letter_at, radio_at

_CUES = word_set(
    "reference dossier ticket commande contrat facture devis reservation serie incident "
    "intervention client"
)
_AFTER_CUE = word_set("numero n no c est le la ref reference de mon du code")
_TYPED = re.compile(r"\b[A-Za-z]{1,5}[-/]\d{2,}(?:[-/]\d+)*\b|\b[A-Za-z]{1,4}\d{2,}\b")
"""A code as it is typed: "ab-2034"."""
_SIGNS = {"tiret": "-", "slash": "/", "barre": "/", "point": ".", "underscore": "_"}
_TAKES_BACK = re.compile(r"\b(?:non|pardon|je me trompe|plutôt)\b", re.IGNORECASE)
_REPEATS = {"double": 2, "triple": 3}
_NAMED = word_set(
    "be ce effe ge ache hache ji gi ka emme enne pe cu ku erre esse ve ixe igrec zed zede"
)
"""Names of letters that are no words: "elle" and "de" are letters only where a name is spelt."""


@dataclass(frozen=True)
class Reference:
    """A code of letters and digits."""

    value: str
    """E.g. "AB-2034"."""
    text: str


def read_reference(text: str, *, expected: bool = False) -> Reference | None:
    """The reference in `text`.

    Args:
        text: what was said or typed.
        expected: a reference was asked for; else only what follows "dossier", "ticket" … is one.
    """
    parts = _TAKES_BACK.split(text)
    if len(parts) > 1:  # "b douze, non pardon, b treize"
        first, right = (_read(part, expected=expected) for part in (parts[0], parts[-1]))
        if first and right and len(right.value) >= len(first.value):
            return right
    return _read(text, expected=expected)


def _read(text: str, *, expected: bool) -> Reference | None:
    typed = _TYPED.search(text)
    if typed and (expected or _cued([word.plain for word in words(text)])):
        return Reference(typed[0].upper(), typed[0])
    found = words(text)
    tokens = [_apart(word.text, word.plain) for word in found]
    starts = range(len(tokens)) if expected else _cued(tokens)
    best: Reference | None = None
    past = 0
    for start in starts:
        if start < past:
            continue  # inside of what was read: "quatre-vingt-dix" is not "vingt-dix"
        code, end = read_code(tokens, start)
        enough = len(re.sub(r"\W", "", code)) >= (2 if expected else 3)
        if enough and any(c.isdigit() for c in code) and (not best or len(code) > len(best.value)):
            best = Reference(code, text[found[start].start : found[end - 1].end])
            past = end
    return best


def _apart(text: str, plain: str) -> str:
    """The folded word; capitals that stand together are letters: "AB 20 34"."""
    return text if text.isupper() and 1 < len(text) <= 4 and text.isalpha() else plain


def _cued(tokens: list[str]) -> list[int]:
    """Where a code may begin: after its cue and the small words that follow one."""
    starts = []
    for at, token in enumerate(tokens):
        if token in _CUES:
            start = at + 1
            while start < len(tokens) and _small(tokens, start):
                start += 1
            starts.append(start)
    return starts


def _small(tokens: list[str], at: int) -> bool:
    """Whether the word only leads to the code; "c" does in "c'est", and is a letter elsewhere."""
    if tokens[at] == "c":
        return tokens[at + 1 : at + 2] == ["est"]
    return tokens[at] in _AFTER_CUE


def read_code(tokens: list[str], start: int) -> tuple[str, int]:
    """Letters, digits and signs from index `start` on, with the index after them."""
    out, at = "", start
    while at < len(tokens):
        step = _step(tokens, at, begun=bool(out))
        if step is None:
            break
        out, at = out + step[0], step[1]
    bare = out.rstrip("-/._")
    return bare, at


def _step(tokens: list[str], at: int, *, begun: bool) -> tuple[str, int] | None:
    """What is dictated at index `at`, and the index after it."""
    token = tokens[at]
    if any(c.isdigit() for c in token) or token.isupper():
        return token.upper(), at + 1
    if token in ("deux", "double") or not (number := read_number(tokens, at)):
        return _letter(tokens, at) or _repeated(tokens, at) or _other(tokens, at, begun)
    times = _repeated(tokens, at)
    return times or (_digits(tokens[at : number[1]], number[0]), number[1])


def _letter(tokens: list[str], at: int) -> tuple[str, int] | None:
    """One letter with its "comme …", two alike, or one of the radio alphabet."""
    radio = radio_at(tokens, at)
    if radio:
        return radio, at + 1
    token = tokens[at]
    spelt = token in _NAMED or len(token) == 1
    twice = token in ("deux", "double") and at + 1 < len(tokens)
    if not spelt and not (
        twice and (len(tokens[at + 1]) == 1 or tokens[at + 1] in ("ve", *_NAMED))
    ):
        return None
    return letter_at(tokens, at)


def _repeated(tokens: list[str], at: int) -> tuple[str, int] | None:
    """E.g. "double zéro", "deux fois zéro"."""
    if tokens[at] in _REPEATS and (digit := read_number(tokens, at + 1)):
        return str(digit[0]) * _REPEATS[tokens[at]], digit[1]
    times = UNITS.get(tokens[at], 0)
    if tokens[at + 1 : at + 2] == ["zeros"] and times:
        return "0" * times, at + 2
    if tokens[at + 1 : at + 2] == ["fois"] and times and (digit := read_number(tokens, at + 2)):
        return str(digit[0]) * times, digit[1]
    return None


def _other(tokens: list[str], at: int, begun: bool) -> tuple[str, int] | None:
    """A sign inside, or the number two."""
    if begun and tokens[at] in _SIGNS:
        return _SIGNS[tokens[at]], at + 1
    if begun and tokens[at : at + 3] == ["trait", "d", "union"]:
        return "-", at + 3
    number = read_number(tokens, at)
    return (str(number[0]), number[1]) if number else None


def _digits(said: list[str], value: int) -> str:
    """E.g. "zéro sept" keeps its zero; other numbers are written as they are."""
    return "0" if said == ["zero"] else str(value)
