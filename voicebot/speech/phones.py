"""The phonemes that the ear tells apart, and how eSpeak NG's IPA is read into them.

Sounds that many French speakers do not distinguish, or not in the same words, are one phoneme
here (ø œ ə; o ɔ; ɛ̃ œ̃; a ɑ): the lexicon and the language model tell the words apart.
"""

from __future__ import annotations

import re
import unicodedata

from voicebot.speech.espeak import PHONEME_SEPARATOR, phonemes

BLANK = "-"
PHONES = (
    "i", "y", "u", "e", "ɛ", "ø", "a", "o", "ɛ̃", "ɑ̃", "ɔ̃", "j", "w",
    "p", "b", "t", "d", "k", "ɡ", "f", "v", "s", "z", "ʃ", "ʒ", "m", "n", "l", "ʁ",
)  # fmt: skip
"""In the order of the head's outputs; output 0 is BLANK, output i is PHONES[i - 1]."""

INDEX = {BLANK: 0} | {phone: i for i, phone in enumerate(PHONES, start=1)}

SCHWA = "ə"
"""What `spoken` keeps apart from ø, because it may be dropped; `plain` makes it ø."""

_ONE = {
    "ɑ": "a", "ɐ": "a", "æ": "a", "ʌ": "ø", "œ": "ø", "ɜ": "ø", "ɚ": "ø", "ɔ": "o", "ɒ": "o",
    "ɪ": "i", "ʊ": "u", "ɹ": "ʁ", "r": "ʁ", "ʀ": "ʁ", "ɾ": "ʁ", "χ": "ʁ", "x": "ʁ", "g": "ɡ",
    "θ": "s", "ð": "z", "ɥ": "y", "œ̃": "ɛ̃", "õ": "ɔ̃", "ã": "ɑ̃", "ɑ̃": "ɑ̃", "ɬ": "l", "ɫ": "l",
    "ɲ": "n j", "ŋ": "n ɡ", "c": "k", "ɕ": "ʃ", "ç": "ʃ", "ʎ": "j", "β": "v", "ɨ": "i", "ɛ̃": "ɛ̃",
}  # fmt: skip
_DROPPED = re.compile(r"\([a-z-]+\)|[ˈˌːˑ‿ʔˀʰʲʷ\u200d\u0361\u032f\u0329h-]")


def read_ipa(ipa: str) -> list[str]:
    """The phonemes of a stretch of IPA, with SCHWA kept apart.

    Unknown signs are dropped: a foreign sound in a client's word must not break the ear.
    """
    found: list[str] = []
    text = unicodedata.normalize("NFD", _DROPPED.sub("", ipa))
    signs: list[str] = []
    for char in text:
        if char == "\u0303" and signs:
            signs[-1] += char
        else:
            signs.append(char)
    for sign in signs:
        for part in _ONE.get(sign, sign).split():
            if part in INDEX or part == SCHWA:
                found.append(part)
    return found


def spoken(text: str, language: str = "fr") -> list[str]:
    """The phonemes of a text, words linked together, SCHWA kept apart."""
    return read_ipa(phonemes(text, language).replace(PHONEME_SEPARATOR, ""))


def plain(sounds: list[str]) -> list[str]:
    """The phonemes as the head's outputs name them: SCHWA is ø."""
    return ["ø" if sound == SCHWA else sound for sound in sounds]
