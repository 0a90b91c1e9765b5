"""Names and codes that are spelt: "D comme Denise", "deux L", "apostrophe", "tiret"."""

from __future__ import annotations

from collections.abc import Sequence

LETTERS = {
    "a": "A", "be": "B", "ce": "C", "de": "D", "e": "E", "effe": "F", "ge": "G", "ache": "H",
    "hache": "H", "i": "I", "ji": "J", "gi": "J", "ka": "K", "elle": "L", "el": "L", "aime": "M",
    "emme": "M", "haine": "N", "enne": "N", "o": "O", "pe": "P", "cu": "Q", "ku": "Q", "erre": "R",
    "air": "R", "esse": "S", "te": "T", "u": "U", "ve": "V", "ixe": "X", "igrec": "Y", "zed": "Z",
    "zede": "Z",
}  # fmt: skip
"""What an ear writes for a letter that was said by its name."""
_LIKE = ("comme", "pour")
_SIGNS = {"apostrophe": "'", "tiret": "-", "espace": " "}


def read_spelling(tokens: Sequence[str], at: int = 0) -> tuple[str, int] | None:
    """The letters spelt from index `at` of folded words on.

    Returns:
        The letters in capitals and the index after the last, or None below two letters.
    """
    tokens = list(tokens)
    out = ""
    end = at
    while end < len(tokens):
        step = _letter(tokens, end)
        if step is None:
            break
        out, end = out + step[0], step[1]
    letters = sum(c.isalpha() for c in out)
    return (out.strip("'- "), end) if letters >= 2 else None


def _letter(tokens: list[str], at: int) -> tuple[str, int] | None:
    token = tokens[at]
    if token in _SIGNS:
        return _SIGNS[token], at + 1
    if tokens[at : at + 2] == ["trait", "d"] and tokens[at + 2 : at + 3] == ["union"]:
        return "-", at + 3
    if tokens[at : at + 2] == ["i", "grec"]:
        return "Y", at + 2
    if tokens[at : at + 2] == ["double", "v"] or tokens[at : at + 2] == ["double", "ve"]:
        return "W", at + 2
    if token in ("deux", "double", "2") and at + 1 < len(tokens):
        twice = _letter(tokens, at + 1)
        return (twice[0] * 2, twice[1]) if twice and len(twice[0]) == 1 else None
    letter = token.upper() if len(token) == 1 and token.isalpha() else LETTERS.get(token)
    if letter is None:
        return None
    end = at + 1
    if tokens[end : end + 1] and tokens[end] in _LIKE and end + 1 < len(tokens):
        # "D comme Denise": the word confirms the letter, and corrects one that was misheard.
        first = tokens[end + 1][0].upper()
        return (first, end + 2) if first.isalpha() else None
    if tokens[end : end + 1] == ["accent"]:
        return letter, min(end + 2, len(tokens))
    return letter, end
