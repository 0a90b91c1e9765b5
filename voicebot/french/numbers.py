"""Spoken French cardinals, of France, Belgium and Switzerland, both ways."""

from __future__ import annotations

from collections.abc import Sequence

UNITS = {
    "zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6,
    "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13,
    "quatorze": 14, "quinze": 15, "seize": 16,
}  # fmt: skip
TENS = {
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "septante": 70, "huitante": 80, "octante": 80, "nonante": 90,
}  # fmt: skip
_SAID = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)  # fmt: skip
_SAID_TENS = {
    2: "vingt",
    3: "trente",
    4: "quarante",
    5: "cinquante",
    6: "soixante",
    8: "quatre-vingt",
}
LARGEST = 999_999_999
"""Above it nobody speaks on a telephone."""

Found = tuple[int, int]
"""A value, and the index after its last word."""


def below_hundred(tokens: Sequence[str], at: int) -> list[Found]:
    """Every number of 0 to 99 that begins at `at`, the longest last.

    All of them, since "soixante dix huit" may be 78, 60 then 18, or 60 then 10 then 8.
    """
    if at >= len(tokens):
        return []
    found: list[Found] = []
    word = tokens[at]
    if word in UNITS:
        found.append((UNITS[word], at + 1))
        if word == "dix" and at + 1 < len(tokens) and UNITS.get(tokens[at + 1], 0) in (7, 8, 9):
            found.append((10 + UNITS[tokens[at + 1]], at + 2))
        if word == "quatre" and at + 1 < len(tokens) and tokens[at + 1] in ("vingt", "vingts"):
            found.append((80, at + 2))
            found += [(80 + n, end) for n, end in below_hundred(tokens, at + 2) if 0 < n < 20]
    elif word in TENS:
        ten = TENS[word]
        found.append((ten, at + 1))
        after = at + 2 if tokens[at + 1 : at + 2] == ["et"] else at + 1
        below = 20 if ten == 60 else 10
        joined = below_hundred(tokens, after)
        if after == at + 2:  # "et" only joins one and eleven: vingt et un, soixante et onze
            joined = [(n, end) for n, end in joined if n in (1, 11)]
        found += [(ten + n, end) for n, end in joined if 0 < n < below]
    return found


def read_number(tokens: Sequence[str], at: int = 0) -> Found | None:
    """The longest cardinal that begins at `at` of folded words, or typed digits.

    Returns:
        Its value and the index after its last word; None when no number begins there.
    """
    tokens = list(tokens)
    if at < len(tokens) and tokens[at].isdecimal():
        return (int(tokens[at]), at + 1) if len(tokens[at]) <= 9 else None
    total, end = 0, at
    for scale, names in ((1_000_000, ("million", "millions")), (1000, ("mille",))):
        part = _below_thousand(tokens, end)
        if part and part[1] < len(tokens) and tokens[part[1]] in names and part[0]:
            total, end = total + part[0] * scale, part[1] + 1
        elif scale == 1000 and end < len(tokens) and tokens[end] == "mille":
            total, end = total + 1000, end + 1
    part = _below_thousand(tokens, end)
    if part and (part[0] or end == at):
        total, end = total + part[0], part[1]
    return (total, end) if end > at and total <= LARGEST else None


def _below_thousand(tokens: list[str], at: int) -> Found | None:
    head = below_hundred(tokens, at)
    if at < len(tokens) and tokens[at] in ("cent", "cents"):
        hundreds, end = 1, at + 1
    else:
        # "six cent douze": the hundred belongs to the shortest reading before it; "douze cents"
        # is said of years and sites.
        found = next(
            ((n, e) for n, e in head if 1 < n < 20 and tokens[e : e + 1] in (["cent"], ["cents"])),
            None,
        )
        if found is None:
            return head[-1] if head else None
        hundreds, end = found[0], found[1] + 1
    rest = [(n, e) for n, e in below_hundred(tokens, end) if n]
    return (hundreds * 100 + rest[-1][0], rest[-1][1]) if rest else (hundreds * 100, end)


def say_number(value: int) -> str:
    """A number in words, as one says it in France.

    Raises:
        ValueError: it is negative, or above `LARGEST`.
    """
    if not 0 <= value <= LARGEST:
        raise ValueError(f"{value} is not said on a telephone")
    if value < 100:
        return _say_below_hundred(value)
    if value < 1000:
        hundreds, rest = divmod(value, 100)
        head = "cent" if hundreds == 1 else f"{_SAID[hundreds]} cent{'' if rest else 's'}"
        return f"{head} {_say_below_hundred(rest)}" if rest else head
    if value < 1_000_000:
        thousands, rest = divmod(value, 1000)
        many = say_number(thousands)
        many = many.removesuffix("s") if many.endswith(("cents", "vingts")) else many
        head = "mille" if thousands == 1 else f"{many} mille"
        return f"{head} {say_number(rest)}" if rest else head
    millions, rest = divmod(value, 1_000_000)
    head = f"{say_number(millions)} million{'s' if millions > 1 else ''}"
    return f"{head} {say_number(rest)}" if rest else head


def _say_below_hundred(value: int) -> str:
    if value < 20:
        return _SAID[value]
    ten, unit = divmod(value, 10)
    if ten in (7, 9):
        ten, unit = ten - 1, unit + 10
    head = _SAID_TENS[ten]
    if unit == 0:
        return "quatre-vingts" if ten == 8 else head
    if unit in (1, 11) and ten != 8:
        return f"{head} et {_SAID[unit]}"
    return f"{head}-{_SAID[unit]}"
