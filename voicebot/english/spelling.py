"""Names and codes that are spelt: "B for Bravo", "double T", "hyphen", "alpha bravo"."""

from __future__ import annotations

from voicebot.english.words import word_set

_ALPHABET = word_set(
    "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar "
    "papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu"
)
_SIGNS = {"hyphen": "-", "dash": "-", "apostrophe": "'"}


def letter_at(tokens: list[str], at: int) -> tuple[str, int] | None:
    """The letter, or the two alike, spelt at index `at`, and the index after it."""
    token = tokens[at] if at < len(tokens) else ""
    if tokens[at : at + 2] in (["double", "you"], ["double", "u"]):
        return "W", at + 2
    if token == "double":
        twice = letter_at(tokens, at + 1)
        return (twice[0] * 2, twice[1]) if twice and len(twice[0]) == 1 else None
    if token in _ALPHABET:
        return token[0].upper(), at + 1
    if len(token) != 1 or not token.isalpha():
        return None
    end = at + 1
    if tokens[end : end + 2] == ["as", "in"] and tokens[end + 2 : end + 3]:
        return tokens[end + 2][0].upper(), end + 3
    if tokens[end : end + 1] == ["for"] and tokens[end + 1 : end + 2]:
        return tokens[end + 1][0].upper(), end + 2
    return token.upper(), end


def read_spelling(tokens: list[str], at: int) -> tuple[str, int] | None:
    """The letters spelt from index `at` on, and the index after them; None below three."""
    out, end = "", at
    while end < len(tokens):
        if out and tokens[end] in _SIGNS:
            out, end = out + _SIGNS[tokens[end]], end + 1
            continue
        step = letter_at(tokens, end)
        if step is None:
            break
        out, end = out + step[0], step[1]
    return (out.strip("-'"), end) if sum(map(str.isalpha, out)) >= 3 else None
