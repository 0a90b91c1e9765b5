"""References: letters and digits of a file, a ticket, an order, a machine."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voicebot.french.normalise import word_set, words
from voicebot.french.numbers import read_number

_CUES = word_set(
    "reference dossier ticket commande contrat facture devis reservation serie incident "
    "intervention client"
)
_AFTER_CUE = word_set("numero n no c est le la ref reference de mon du code")
_TYPED = re.compile(r"\b[A-Za-z]{1,5}[-/]\d{2,}(?:[-/]\d+)*\b|\b[A-Za-z]{1,4}\d{2,}\b")
"""A code as it is typed: "ab-2034"."""
_SIGNS = {"tiret": "-", "slash": "/", "barre": "/", "point": ".", "trait": "-"}


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
    typed = _TYPED.search(text)
    if typed and (expected or _cued([word.plain for word in words(text)])):
        return Reference(typed[0].upper(), typed[0])
    found = words(text)
    tokens = [word.plain for word in found]
    starts = range(len(tokens)) if expected else _cued(tokens)
    best: Reference | None = None
    for start in starts:
        code, end = _code(tokens, start)
        enough = len(re.sub(r"\W", "", code)) >= (2 if expected else 3)
        if enough and any(c.isdigit() for c in code) and (not best or len(code) > len(best.value)):
            best = Reference(code, text[found[start].start : found[end - 1].end])
    return best


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


def _code(tokens: list[str], start: int) -> tuple[str, int]:
    """Letters, digits and signs from `start` on, with the index after them."""
    out, at = "", start
    while at < len(tokens):
        token = tokens[at]
        typed = any(c.isdigit() for c in token)
        if typed:
            out, at = out + token.upper(), at + 1
            continue
        number = read_number(tokens, at)
        if number and token not in ("deux", "double"):
            out, at = out + _digits(tokens[at : number[1]], number[0]), number[1]
            continue
        if _one_letter(tokens, at):
            letter, end = _single(tokens, at)
            out, at = out + letter, end
            continue
        if number:
            out, at = out + str(number[0]), number[1]
            continue
        if token in _SIGNS and out:
            out, at = out + _SIGNS[token], at + 1
            continue
        break
    return out.rstrip("-/."), at


def _digits(said: list[str], value: int) -> str:
    """E.g. "zéro sept" keeps its zero; other numbers are written as they are."""
    return "0" if said == ["zero"] else str(value)


def _one_letter(tokens: list[str], at: int) -> bool:
    token = tokens[at]
    if token in ("deux", "double"):
        return at + 1 < len(tokens) and len(tokens[at + 1]) == 1 and tokens[at + 1].isalpha()
    return len(token) == 1 and token.isalpha()


def _single(tokens: list[str], at: int) -> tuple[str, int]:
    """One letter, its doubling and its "comme …"."""
    if tokens[at] in ("deux", "double"):
        return tokens[at + 1].upper() * 2, at + 2
    if tokens[at + 1 : at + 2] == ["comme"] and at + 2 < len(tokens):
        return tokens[at + 2][0].upper(), at + 3
    return tokens[at].upper(), at + 1
