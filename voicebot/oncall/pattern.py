"""Patterns of urgency: a few words in order, as people say them, with room between them.

`mal/douleur poitrine/thorax` is two words in order. `/` separates ways to say one word,
`mot*` is any word that begins so, `$person` any word of that group, `[et]` may be missing, `+mot`
stands directly after the word before. Words are compared by their sound.
Between two words others may stand, but not many; `plus`, `pas` and the like must stand next to
their verb. A pattern without a negation does not match where the caller denies it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from voicebot.oncall.words import BREAK, plain, sound

GAP = 2
"""Words of meaning that may stand between two words of a pattern."""
GAP_ALL = 5
"""Words of any sort that may stand there."""
PAST_REACH = 5
"""Words between what is told and what says that it is long past."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


NEGATIONS = _set("pas plus plu jamais aucun aucune sans ni rien guere")
_HELPERS = _set(
    "a ai as au aux avec c ca ce cet cette chez d dans de des deja du elle elles en encore entre "
    "est etait eu fait faire il ils j je l la le les leur lui ma me meme mes moi mon nos notre "
    "nous on ont ou par pour qu que qui s sa se ses si son sont sous sur t ta te tes toi ton tout "
    "toute tous toutes tres trop tu un une va vont vos votre vous vraiment y beaucoup completement "
    "tellement carrement peu petit gros grosse grand grande enorme horrible fort etre"
)
_BREAKS = frozenset((BREAK, "mais", "parce", "car", "donc", "sinon", "alors"))
_BESIDE = _set(  # may stand between a verb and its negation
    "presque quasiment quasi vraiment meme deja carrement du tout en y encore aussi trop "
    "peut peux arrive arrivent a est ai ont veut tres super hyper bien"
)
_DETERMINERS = _set("de d du des la le les l un une en eu vu trop vraiment signe moindre ca y")
_AFTER_NEGATION = (
    _BESIDE | _DETERMINERS | _set("mon ton son ma ta sa mes tes ses leur leurs au aux se me nous")
)
_NUMBERS = _set("deux trois quatre cinq six dix douze quinze vingt trente quarante cinquante cent")
_COMPARED = _set("que fort vite souvent grave gros")
_LONG_AGO = (
    ("annee", "derniere"),
    ("an", "dernier"),
    ("mois", "dernier"),
    ("semaine", "derniere"),
    ("annees",),
    ("epoque",),
    ("autrefois",),
    ("y", "a", "*", "ans"),
    ("y", "a", "*", "mois"),
)
_NOW = _set("maintenant encore toujours rebelote aujourd soir depuis")


@dataclass(frozen=True)
class Slot:
    """One place in a pattern: ways to say the word that stands there."""

    sounds: frozenset[str]
    beginnings: tuple[str, ...] = ()
    optional: bool = False
    beside: bool = False
    """Nothing may stand before it."""
    negates: bool = False
    """Its first way is a negation, which stands next to its verb."""

    @property
    def must_be_heard(self) -> bool:
        """Whether nothing matches where none of its sounds was heard."""
        return not (self.optional or self.beginnings)

    def takes(self, word: str) -> bool:
        """Whether `word` may stand here."""
        return sound(word) in self.sounds or word.startswith(self.beginnings)


@dataclass(frozen=True)
class Pattern:
    """Words in order."""

    text: str
    slots: tuple[Slot, ...]

    @property
    def negative(self) -> bool:
        """Whether the pattern itself says that something is missing: "respire plus"."""
        return any(slot.negates for slot in self.slots)

    def spans(self, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        """Where the pattern stands in `words`: first and last index, not denied, not long past."""
        said = _sounds(words)
        if any(slot.sounds.isdisjoint(said) for slot in self.slots if slot.must_be_heard):
            return  # nearly every pattern ends here, so that a thousand of them take a millisecond
        for start, word in enumerate(words):
            if not self.slots[0].takes(word):
                continue
            end = self._end(words, start, 1)
            if end is not None and not self._denied(words, start, end):
                yield start, end

    def _end(self, words: tuple[str, ...], at: int, slot: int) -> int | None:
        """Index of the last word matched, when what follows index `at` matches from `slot` on."""
        if slot == len(self.slots):
            return at
        wanted = self.slots[slot]
        meaning = 0
        after_negation = self.slots[slot - 1].negates
        for index in range(at + 1, min(at + GAP_ALL + 2, len(words))):
            word = words[index]
            if wanted.takes(word):
                end = self._end(words, index, slot + 1)
                if end is not None:
                    return end
            if wanted.beside or word in _BREAKS or (wanted.negates and word not in _BESIDE):
                break
            if not self.negative and _denies(words, index):
                break
            if after_negation and word not in _AFTER_NEGATION:
                break
            meaning += word not in _HELPERS
            if meaning > GAP:
                break
        return self._end(words, at, slot + 1) if wanted.optional else None

    def _denied(self, words: tuple[str, ...], start: int, end: int) -> bool:
        return (not self.negative and _negated(words, start, end)) or _long_ago(words, start, end)


@lru_cache(maxsize=64)
def _sounds(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(sound(word) for word in words)


def _negated(words: tuple[str, ...], start: int, end: int) -> bool:
    """E.g. "pas de fuite", "sans feu", "ça fuit plus": said not to be."""
    before = start - 1
    while before >= 0 and words[before] in _DETERMINERS and start - before <= 3:
        before -= 1
    if words[max(0, before - 1) : before + 1] == ("si", "jamais"):
        return False
    if before >= 0 and words[before] in NEGATIONS:
        # "plus de quarante de fièvre" is more than forty.
        return not (words[before] == "plus" and words[start] in _NUMBERS)
    return end + 1 < len(words) and _denies(words, end + 1)


def _denies(words: tuple[str, ...], at: int) -> bool:
    """Whether the word denies the one before it; "plus fort" and "pas loin" do not."""
    if words[at] not in ("pas", "plus", "plu", "jamais"):
        return False
    following = words[at + 1] if at + 1 < len(words) else ""
    if words[at : at + 3] == ("plus", "en", "plus"):
        return False
    return following not in _COMPARED and following != "loin"


def _long_ago(words: tuple[str, ...], start: int, end: int) -> bool:
    """E.g. "mon père est mort l'année dernière": told, and long past."""
    for marks in _LONG_AGO:
        reach = PAST_REACH + len(marks)
        before, after = words[max(0, start - reach) : start], words[end + 1 : end + 1 + reach]
        for near, backwards in ((before, True), (after, False)):
            at = _find(near, marks)
            if at is None:
                continue
            between = near[at + len(marks) :] if backwards else near[:at]
            if not any(word in _NOW or word in _BREAKS for word in between):
                return True
    return False


def _find(words: tuple[str, ...], marks: tuple[str, ...]) -> int | None:
    for at in range(len(words) - len(marks) + 1):
        here = words[at : at + len(marks)]
        if all(mark in ("*", word) for mark, word in zip(marks, here, strict=True)):
            return at
    return None


def compile_pattern(text: str, groups: Mapping[str, tuple[str, ...]] | None = None) -> Pattern:
    """Reads a pattern as flow authors write it.

    Args:
        text: the pattern.
        groups: words that one name stands for, as $person.

    Raises:
        ValueError: the pattern holds no word, or a group that is not known.
    """
    slots = tuple(_slot(part, groups or {}) for part in text.split())
    if not slots or slots[0].optional:
        raise ValueError(f"a pattern begins with a word: {text!r}")
    return Pattern(text, slots)


def _slot(part: str, groups: Mapping[str, tuple[str, ...]]) -> Slot:
    optional = part.startswith("[") and part.endswith("]")
    beside = part.startswith("+")
    named = part.strip("[]").removeprefix("+").split("/")
    ways = [plain(word).strip() for way in named for word in _ways(way, groups)]
    if not all(way.rstrip("*").isalnum() for way in ways):
        raise ValueError(f"{part!r} is not a word")
    whole = frozenset(sound(way) for way in ways if not way.endswith("*"))
    beginnings = tuple(way[:-1] for way in ways if way.endswith("*"))
    return Slot(whole, beginnings, optional, beside, negates=ways[0] in NEGATIONS)


def _ways(way: str, groups: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The words that a way stands for: itself, or those of its group."""
    if not way.startswith("$"):
        return (way,)
    if way[1:] not in groups:
        raise ValueError(f"{way} is no group of words; there are: {', '.join(sorted(groups))}")
    return groups[way[1:]]
