"""References: letters and digits of a booking, a ticket, an order."""

from __future__ import annotations

import re

from voicebot.english.numbers import group_at
from voicebot.english.spelling import letter_at
from voicebot.english.words import plain_words, word_set

_CUES = word_set("reference booking reservation ticket order invoice contract confirmation file")
_AFTER_CUE = word_set("reference number code is it the no of")
_SIGNS = {"dash": "-", "hyphen": "-", "slash": "/", "dot": "."}
_TYPED = re.compile(r"\b[A-Za-z]{1,5}[-/]?\d{2,}(?:[-/]\d+)*\b")


def read_reference(text: str, *, expected: bool = False) -> str | None:
    """The code of letters and digits in `text`, in capitals.

    Args:
        text: what was said or typed.
        expected: a reference was asked for; else only what follows "reference" or "booking" is one.
    """
    tokens = plain_words(text)
    cued = [at + 1 for at, token in enumerate(tokens) if token in _CUES]
    typed = _TYPED.search(text)
    if typed and (expected or cued):
        return typed[0].upper()
    best = ""
    for start in range(len(tokens)) if expected else cued:
        while not expected and tokens[start : start + 1] and tokens[start] in _AFTER_CUE:
            start += 1
        code = _code(tokens, start)
        if len(code) > max(len(best), 1) and any(c.isdigit() for c in code):
            best = code
    return best or None


def _code(tokens: list[str], at: int) -> str:
    out = ""
    while at < len(tokens):
        step = letter_at(tokens, at) if tokens[at] != "o" else None
        step = step or group_at(tokens, at)
        if step:
            out, at = out + step[0], step[1]
        elif out and tokens[at] in _SIGNS:
            out, at = out + _SIGNS[tokens[at]], at + 1
        else:
            break
    return out.rstrip("-/.")
