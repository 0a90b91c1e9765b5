"""The telephone numbers that some words may be, and how likely each is.

An ear writes what it heard: digits among other words, digits as other words, pairs that can be
cut in two ways. Each way of reading them has a cost; the cheapest that is a number wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from voicebot.french.dictation import GLUE, Reading, is_digits, readings
from voicebot.french.homophones import as_digits, sounds_like_digit
from voicebot.french.normalise import Word, between, word_set, words

Valid = Callable[[str], str | None]
"""From digits to the number in E.164, or None."""

_BREAK_COST = 2.0
"""Digits joined over words that have nothing to do between them."""
_ODD_COST = 1.5
"""A small word between digits that sounds like one: "vingt de trente"."""
_STUTTER_COST = 0.5
_MOST_STUTTERED = 30
"""Words of a run in which one said twice is looked for."""
_UNUSED_COST = 1.5
"""A digit word that is left out of the number."""
_STRAIN_COST = 0.5

_CORRECTIONS = word_set(
    "non pardon trompe trompee plutot erreur rectifie rectification excusez oups enfin attention "
    "mince zut"
)
_FILLERS = word_set(
    "c est le la l de du les alors donc et mon numero au a oui attendez voila je suis me m moi "
    "telephone portable fixe joignable euros un peu puis ensuite apres en d abord "
    "vous notez suivez avez note ca fait pour finir terminer fin derniers deux ah oh"
)


@dataclass(frozen=True)
class Candidate:
    """Digits that were dictated, and the number that they make if they make one."""

    digits: str
    """As they are likeliest, whether they make a number or not."""
    number: str | None
    text: str
    """The words they were read from."""
    strain: int
    """How far the number is from what one would take the words for (see `Reading`)."""
    cost: float
    sure: bool
    """Every digit was heard as a digit."""
    corrects: bool
    """What was dictated before it is taken back: "non, c'est l'ancien, c'est …"."""


@dataclass(frozen=True)
class _Read:
    """What one dictation comes to."""

    likeliest: str
    digits: str
    number: str | None = None
    strain: int = 0
    cost: float = 0.0


@dataclass
class _Stretch:
    """Digit words that belong together, cut where the speaker corrects himself."""

    first: Word
    last: Word
    runs: list[list[str]] = field(default_factory=lambda: [[]])
    cost: float = 0.0
    corrects: bool = False

    @property
    def size(self) -> int:
        return sum(map(len, self.runs))


def candidates(text: str, valid: Valid, *, misheard: bool) -> Iterator[Candidate]:
    """Every reading of `text` as digits.

    Args:
        text: what was said or typed.
        valid: tells whether digits are a number.
        misheard: a number was asked for, so that words which sound like digits may be digits,
            and other words may stand between them.
    """
    every = words(text, keep_hesitations=True)
    variants = [(words(text), 0.0)]
    if misheard:
        strange, cost = as_digits(every, common=False)
        variants = [(words(text), 2 * cost), (strange, cost), as_digits(every, common=True)]
    for found, changed in variants:
        stretches = _stretches(text, found)
        if misheard and len(stretches) > 1:
            stretches.append(_joined(stretches))
        digit_words = sum(is_digits(found, at) for at in range(len(found)))
        for stretch in stretches:
            read = _read(stretch.runs, valid)
            if read is None:
                continue
            unused = _UNUSED_COST * max(0, digit_words - stretch.size)
            cost = read.cost + _STRAIN_COST * read.strain + changed + stretch.cost + unused
            heard = between(text, stretch.first, stretch.last)
            sure = found is variants[0][0] and stretch.cost < _BREAK_COST
            told = (read.likeliest, read.number, heard, read.strain, cost, sure)
            yield Candidate(*told, stretch.corrects)


def _stretches(text: str, found: list[Word]) -> list[_Stretch]:
    stretches: list[_Stretch] = []
    skipped: list[str] = []
    for at, word in enumerate(found):
        if not is_digits(found, at):
            skipped.append(word.plain)
            continue
        strange = any(gone not in _FILLERS | _CORRECTIONS for gone in skipped)
        if not stretches or strange or (skipped and _begins_anew(stretches[-1], word.plain)):
            stretches.append(_Stretch(word, word, corrects=bool(stretches) and _corrects(skipped)))
            if text[word.start - 1 : word.start] == "+":
                stretches[-1].runs[-1].append("plus")
        elif _corrects(skipped):
            stretches[-1].runs.append([])
        stretch = stretches[-1]
        if stretch.runs[-1]:
            stretch.cost += _ODD_COST * sum(map(sounds_like_digit, skipped))
        glued = stretch.runs[-1] and _glued(text, stretch.last, word)
        stretch.runs[-1].append(f"{GLUE}{word.plain}" if glued else word.plain)
        stretch.last, skipped = word, []
    return stretches


def _begins_anew(stretch: _Stretch, plain: str) -> bool:
    """E.g. "code vingt-trois, et mon numéro, c'est le zéro six": no number has its zero inside."""
    begun = stretch.runs[0][0].lstrip(GLUE)
    starts = plain == "zero" or plain.startswith("0")
    return starts and not (begun in ("zero", "plus", "double") or begun.startswith("0"))


def _corrects(skipped: list[str]) -> bool:
    """Whether the words between take back what was before; "et enfin" only goes on."""
    return bool(_CORRECTIONS & set(skipped)) and skipped[:2] != ["et", "enfin"]


def _glued(text: str, last: Word, word: Word) -> bool:
    """Whether a hyphen joins the word to the one before; typed digits stand apart."""
    return last.end + 1 == word.start and text[last.end] == "-" and not word.plain.isdecimal()


def _joined(stretches: list[_Stretch]) -> _Stretch:
    """All as one: "zéro six douze, vous y êtes ? trente-quatre cinquante-six …"."""
    run = [word for stretch in stretches for part in stretch.runs for word in part]
    cost = _BREAK_COST * (len(stretches) - 1) + sum(stretch.cost for stretch in stretches)
    return _Stretch(stretches[0].first, stretches[-1].last, [run], cost)


def _read(runs: list[list[str]], valid: Valid) -> _Read | None:
    """Digits, and the number they make if they make one."""
    found: _Read | None = None
    for at, run in enumerate(runs):
        ways = list(readings(tuple(run)))
        if not ways:
            continue
        if found:
            ways = _after_correction(found.digits, ways, valid)
        # What is taken back is rarely whole; it is no number by force.
        found = _best(ways if at == len(runs) - 1 else ways[:1], valid)
        if found.number is None and len(runs) == 1:
            found = _unstuttered(run, valid) or found
    return found


def _best(ways: Sequence[Reading], valid: Valid) -> _Read:
    """The first that is a number; else the likeliest."""
    for way in ways:
        # Without its 0 a number is one only as it is said, not as it might be cut.
        number = valid(way.digits) if way.digits[0] in "0+" or not way.strain else None
        if number:
            return _Read(ways[0].digits, way.digits, number, way.strain)
    return _Read(ways[0].digits, ways[0].digits)


def _after_correction(before: str, ways: list[Reading], valid: Valid) -> list[Reading]:
    """What was dictated, with its end replaced by what came after "non, pardon"."""
    whole = [way for way in ways if way.digits[0] in "0+"]
    ends = [(before[: -len(way.digits)], way) for way in ways]
    ends += [(before[:-cut], way) for way in ways for cut in (2, 4, 6)]
    joined = [Reading(kept + way.digits, way.strain) for kept, way in ends]
    finished = [way for way in (*whole, *joined) if valid(way.digits)]
    if finished:
        return sorted(finished, key=lambda way: way.strain)
    return [Reading(_put_right(before, ways[0].digits), ways[0].strain)]


def _put_right(before: str, new: str) -> str:
    """Digits so far, with `new` where it belongs: at the beginning, on its own pair, or last."""
    if len(new) > 2 and new[0] == "0" and before[:1] in ("0", "+"):
        return new  # "zéro six douze", "non, zéro sept douze"
    at = before.rfind(new[:2])
    if len(new) > 2 and at >= 2 and at % 2 == 0:
        return before[:at] + new  # "douze trente-quatre", "non, douze trente-cinq"
    return before[:-2] + new


def _unstuttered(run: list[str], valid: Valid) -> _Read | None:
    """The number that remains when words said twice in a row are taken once."""
    if len(run) > _MOST_STUTTERED:
        return None
    for size in range(len(run) // 2, 0, -1):
        for at in range(len(run) - 2 * size + 1):
            if run[at : at + size] != run[at + size : at + 2 * size]:
                continue
            once = readings(tuple(run[:at] + run[at + size :]))
            found = _best(once, valid) if once else None
            if found and found.number:
                return replace(found, cost=_STUTTER_COST)
    return None
