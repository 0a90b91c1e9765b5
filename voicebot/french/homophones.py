"""Digits that an ear wrote as other words: "vin" for "vingt", "si" for "six", "sans" for "cent".

To be asked only where a number is awaited, and only when the words as they stand make none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from voicebot.french.normalise import HESITATIONS, Word
from voicebot.french.numbers import below_hundred

_STRANGE = {
    "zero": ("heros", "zeros", "z heros", "zorro", "zeraud"),
    "deux": ("deu", "d eux", "eux"),
    "trois": ("troie", "troies", "troi", "trois x"),
    "quatre": ("cattre", "catre", "quatres", "katre", "quattre"),
    "cinq": ("cinqs", "sinq", "saint que", "sein que"),
    "six": ("scie", "scies", "sis", "sise", "cis", "sixe", "siss"),
    "sept": ("set", "sete", "septe", "sette", "secte"),
    "huit": ("oui t", "uit", "huitre", "ouite", "huite", "z huit", "ui t"),
    "neuf": ("neufs", "oeuf", "n oeuf", "neuve", "veuf"),
    "dix": ("dis", "dits", "disse", "disent", "dixe"),
    "onze": ("on ze", "onzes", "honze"),
    "douze": ("d ouze", "douzes", "douce", "d houses"),
    "treize": ("tres ze", "treizes", "traise", "trese"),
    "quatorze": ("quatre orze", "catorze", "cator ze"),
    "quinze": ("kinze", "qu inze", "quinzes"),
    "seize": ("seizes", "ses ze", "saize"),
    "vingt": ("vin", "vint", "vain", "vins", "vains"),
    "trente": ("trante", "rente", "trentes", "trent"),
    "quarante": ("car ente", "carante", "quarantes", "carente"),
    "cinquante": ("saint quante", "cinq ente", "saint cante", "cinq quante", "sein quante"),
    "soixante": ("swa sante", "soi sante", "soit sante", "soie sante", "soissante"),
    "nonante": ("non ante", "nonantes"),
    "cent": ("sang", "sangs"),
}  # fmt: skip
"""What nobody says beside digits: taken for a digit next to one."""
_COMMON = {
    "un": ("hein", "in"),
    "deux": ("de",),
    "trois": ("toi", "droit", "doit"),
    "quatre": ("quart",),
    "cinq": ("saint", "sain", "sein"),
    "six": ("si", "ci", "s y"),
    "sept": ("cette", "cet", "sait", "c est te"),
    "huit": ("oui", "ui"),
    "neuf": ("ne",),
    "dix": ("dit",),
    "treize": ("tres",),
    "et": ("est", "ait"),
    "cent": ("sans", "sens", "s en"),
}
"""What is said on its own as well: taken for a digit only between two, or after the last."""


def _table(spellings: Mapping[str, Iterable[str]]) -> dict[tuple[str, ...], str]:
    return {tuple(said.split()): digit for digit, many in spellings.items() for said in many}


_SURE = _table(_STRANGE)
_DOUBTFUL = _table(_COMMON)
_LONGEST = max(map(len, (*_SURE, *_DOUBTFUL)))


COMMON_COST, STRANGE_COST = 1.0, 0.5
"""How unlikely it is that a word was meant to be a digit."""


def as_digits(found: list[Word], *, common: bool) -> tuple[list[Word], float]:
    """The words with those that sound like digits turned into them, and what that costs.

    Args:
        found: all words, hesitations too: "hein" may be "un".
        common: also turns words that are often meant as they are.
    """
    out: list[Word] = []
    cost = 0.0
    at = 0
    while at < len(found):
        digit, end = _sounding(found, at, _SURE)
        beside = _is_number(out[-1:]) or _is_number(found[end : end + 1])
        strange = bool(digit and beside)
        if not strange:
            digit, end = _sounding(found, at, _DOUBTFUL) if common else ("", at)
            inside = _is_number(out[-1:]) and (end >= len(found) or _begins_number(found, end))
            digit = digit if inside else ""
        if digit:
            cost += STRANGE_COST if strange else COMMON_COST
            out.append(Word(digit, found[at].text, found[at].start, found[end - 1].end))
            at = end
        else:
            out.append(found[at])
            at += 1
    return [word for word in out if word.plain not in HESITATIONS], cost


def sounds_like_digit(plain: str) -> bool:
    """Whether the word alone may be a digit misheard."""
    return (plain,) in _DOUBTFUL


def _sounding(found: list[Word], at: int, table: Mapping[tuple[str, ...], str]) -> tuple[str, int]:
    """The digit that the words at `at` sound like, and the index after them."""
    for length in range(min(_LONGEST, len(found) - at), 0, -1):
        digit = table.get(tuple(word.plain for word in found[at : at + length]))
        if digit:
            return digit, at + length
    return "", at


def _is_number(part: list[Word]) -> bool:
    """Whether it is one digit word."""
    plain = part[0].plain if part else ""
    return (
        plain in ("cent", "cents", "et")
        or plain.isdecimal()
        or bool(plain and below_hundred([plain], 0))
    )


def _begins_number(found: list[Word], at: int) -> bool:
    return _is_number(found[at : at + 1]) or bool(
        _sounding(found, at, _SURE)[0] or _sounding(found, at, _DOUBTFUL)[0]
    )
