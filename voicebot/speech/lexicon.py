"""How words are pronounced: eSpeak NG's G2P and what French people make of it.

A pronunciation is a row of sounds; each sound may have several phonemes with their costs (e or
ɛ at the end), and may be left out at a cost (schwas, liaisons). Costs are negative logarithms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from voicebot.speech.phones import SCHWA, spoken
from voicebot.speech.words import written

SKIP_SCHWA = 0.7
SAY_FINAL_SCHWA = 2.5
LIAISON = 1.2
SWAP_E = 0.7
DROP_LIQUID = 1.2


@dataclass(frozen=True)
class Sound:
    """One place of a pronunciation."""

    phones: tuple[tuple[str, float], ...]
    """What may be said here, with its cost."""
    skip: float | None = None
    """What it costs to leave it out, if it may be left out."""


Pronunciation = tuple[Sound, ...]

_LIAISONS = {"s": "z", "x": "z", "z": "z", "t": "t", "d": "t"}
_OTHER_LIAISONS = {
    "un": "n", "mon": "n", "ton": "n", "son": "n", "on": "n", "en": "n", "bon": "n", "bien": "n",
    "rien": "n", "aucun": "n", "certain": "n", "premier": "ʁ", "dernier": "ʁ", "léger": "ʁ",
    "trop": "p", "beaucoup": "p",
}  # fmt: skip
_VOWELS = frozenset("iyueɛøao") | {"ɛ̃", "ɑ̃", "ɔ̃"}
_LETTER_NAMES = {
    "a": "a", "b": "b e", "c": "s e", "d": "d e", "e": "ø", "f": "ɛ f", "g": "ʒ e", "h": "a ʃ",
    "i": "i", "j": "ʒ i", "k": "k a", "l": "ɛ l", "m": "ɛ m", "n": "ɛ n", "o": "o", "p": "p e",
    "q": "k y", "r": "ɛ ʁ", "s": "ɛ s", "t": "t e", "u": "y", "v": "v e", "w": "d u b l ø v e",
    "x": "i k s", "y": "i ɡ ʁ ɛ k", "z": "z ɛ d",
}  # fmt: skip
_BY_HAND = {
    # Words said in ways that no rule of spelling gives; "(x)" may be left out, "a|b" either.
    "plus": ("p l y (s)", "p l y z"),
    "tous": ("t u (s)", "t u z"),
    "dix": ("d i s", "d i", "d i z"),
    "six": ("s i s", "s i", "s i z"),
    "huit": ("y i (t)",),
    "cinq": ("s ɛ̃ (k)",),
    "sept": ("s ɛ (t)",),
    "vingt": ("v ɛ̃ (t)",),
    "cent": ("s ɑ̃ (t)",),
    "neuf": ("n ø f", "n ø v"),
    "quatre": ("k a t (ʁ) (ø)",),
    "il": ("i l", "i"),
    "ils": ("i l", "i", "i z", "i l z"),
    "elle": ("ɛ l", "ɛ"),
    "je": ("ʒ (ø)", "ʃ"),
    "j'": ("ʒ", "ʃ"),
    "suis": ("s y i", "y i", "s y i z"),
    "y": ("i", "j"),
    "puis": ("p y i", "p i"),
    "peut-être": ("p ø t ɛ t (ʁ) (ø)",),
    "parce": ("p a ʁ s (ø)", "p a s"),
    "oui": ("w i",),
    "ouais": ("w ɛ", "w e"),
    "non": ("n ɔ̃",),
    "euh": ("ø",),
    "heu": ("ø",),
    "hum": ("ø m", "m"),
    "ben": ("b ɛ̃",),
    "gaec": ("ɡ a ɛ k",),
    "earl": ("ə a ɛ ʁ ɛ l",),
    "wc": ("v e s e", "d u b l ø v e s e"),
    "wifi": ("w i f i",),
    "vpn": ("v e p e ɛ n",),
    "pc": ("p e s e",),
    "irm": ("i ɛ ʁ ɛ m",),
    "avc": ("a v e s e",),
    "dac": ("d a k",),
    "mail": ("m ɛ l",),
    "mails": ("m ɛ l",),
    "gmail": ("ʒ e m ɛ l", "d ʒ i m ɛ l"),
    "monsieur": ("m (ø) s j ø",),
    "second": ("s (ø) ɡ ɔ̃",),
    "s'il": ("s i l", "s i"),
    "août": ("u (t)",),
    "parking": ("p a ʁ k i n ɡ", "p a ʁ k i n"),
    "d'accord": ("d a k o ʁ", "a k o ʁ"),
    "quelque": ("k ɛ l k (ø)", "k ɛ k"),
    "fait": ("f ɛ|e (t)",),
    "est": ("ɛ|e (t)",),
}


def _by_hand(row: str) -> Pronunciation:
    sounds = []
    for part in row.split():
        optional = part.startswith("(")
        phones = part.strip("()").replace("ə", "ø").split("|")
        skip = (SKIP_SCHWA if "ø" in phones else 0.7) if optional else None
        costs = ((p, 0.0 if i == 0 else SWAP_E) for i, p in enumerate(phones))
        sounds.append(Sound(tuple(costs), skip))
    return tuple(sounds)


@lru_cache(maxsize=20_000)
def pronunciations(word: str) -> tuple[Pronunciation, ...]:
    """All ways to say a token of the language model (see `words.tokens`)."""
    if word in _BY_HAND:
        return tuple(_by_hand(row) for row in _BY_HAND[word])
    if word.endswith(".") and word[:-1] in _LETTER_NAMES:
        return (_by_hand(_LETTER_NAMES[word[:-1]]),)
    if word.endswith("'") and len(word) <= 3:
        sounds = [s for s in spoken(word[:-1] + "e") if s != SCHWA]
        return (_row([s for s in sounds if s not in ("ø", "e")] or ["s"], word),)
    sounds = spoken(written([word]))
    return (_row(sounds, word),) if sounds else ()


def _row(sounds: list[str], word: str) -> Pronunciation:
    row = [_sound(sounds, i) for i in range(len(sounds))]
    if len(sounds) > 2 and sounds[-1] in ("ʁ", "l") and _closed(sounds[-2]):
        # "possible" is often "possib".
        row[-1] = Sound(row[-1].phones, DROP_LIQUID)
    if sounds and sounds[-1] not in _VOWELS and sounds[-1] != SCHWA and word.endswith(("e", "es")):
        row.append(Sound((("ø", SAY_FINAL_SCHWA),), 0.0))
    liaison = _OTHER_LIAISONS.get(word) or _LIAISONS.get(re.sub(r"[^a-z]", "", word)[-1:], "")
    if liaison and sounds[-1] in _VOWELS and len(word) > 1:
        row.append(Sound(((liaison, LIAISON),), 0.0))
    return tuple(row)


def _closed(sound: str) -> bool:
    return sound not in _VOWELS and sound not in (SCHWA, "j", "w", "ʁ", "l")


def _sound(sounds: list[str], i: int) -> Sound:
    sound, last = sounds[i], i == len(sounds) - 1
    if sound == SCHWA:
        # After two consonants it stays ("vendredi"), unless it ends the word.
        kept = i >= 2 and _closed(sounds[i - 2]) and sounds[i - 1] not in _VOWELS and not last
        return Sound((("ø", 0.0),), None if kept or len(sounds) == 1 else SKIP_SCHWA)
    if sound in ("e", "ɛ"):
        # Speakers differ in open syllables: "lait", "j'ai", "maison".
        other = "e" if sound == "ɛ" else "ɛ"
        return Sound(((sound, 0.0), (other, SWAP_E if last else 1.5)))
    return Sound(((sound, 0.0),))


def sound_of(word: str) -> list[str]:
    """The plainest way to say a word, for tests and for people."""
    first = pronunciations(word)
    return [sound.phones[0][0] for sound in first[0] if sound.skip is None] if first else []
