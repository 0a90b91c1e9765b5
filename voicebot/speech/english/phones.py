"""The phonemes of English that the ear tells apart, and how IPA is read into them.

One set for all accents: a diphthong is one phoneme, and what differs between accents (the r behind
a vowel, the flapped t of America) is left to the lexicon, which has a row for each.
"""

from __future__ import annotations

import re
import unicodedata

from voicebot.speech.espeak import PHONEME_SEPARATOR, phonemes
from voicebot.speech.phones import BLANK

PHONES = (
    "i", "ɪ", "ɛ", "æ", "ɑ", "ɒ", "ɔ", "ʊ", "u", "ʌ", "ɜ", "ə", "eɪ", "aɪ", "ɔɪ", "oʊ", "aʊ",
    "p", "b", "t", "d", "k", "ɡ", "f", "v", "θ", "ð", "s", "z", "ʃ", "ʒ", "tʃ", "dʒ", "m", "n", "ŋ",
    "l", "ɹ", "j", "w", "h",
)  # fmt: skip
"""In the order of the head's outputs; output 0 is BLANK, output i is PHONES[i - 1]."""

INDEX = {BLANK: 0} | {phone: i for i, phone in enumerate(PHONES, start=1)}
VOWELS = frozenset(PHONES[:17])

_WHOLE = {
    # What eSpeak NG writes for one phoneme of its own, where reading sign by sign would go wrong.
    "əʊ": "oʊ", "ʌʊ": "oʊ", "əu": "oʊ", "oː": "oʊ", "ɔʊ": "oʊ",
    "eː": "eɪ", "ei": "eɪ", "ɛɪ": "eɪ", "æɪ": "eɪ",
    "ai": "aɪ", "ɑɪ": "aɪ", "ʌi": "aɪ", "ɐɪ": "aɪ", "oɪ": "ɔɪ", "oi": "ɔɪ",
    "æʊ": "aʊ", "ʌʉ": "aʊ", "au": "aʊ", "aʊ": "aʊ",
    "eə": "ɛ ə", "ɛə": "ɛ ə", "iə": "ɪ ə", "ɪə": "ɪ ə", "ʊə": "ʊ ə", "ɔə": "ɔ ə", "oə": "ɔ ə",
    "aɪə": "aɪ ə", "aʊə": "aʊ ə", "aɪɚ": "aɪ ɜ", "aʊɚ": "aʊ ɜ",
    "ɛɹ": "ɛ ɹ", "ɪɹ": "ɪ ɹ", "ʊɹ": "ʊ ɹ", "ɔɹ": "ɔ ɹ", "oɹ": "ɔ ɹ", "ɑɹ": "ɑ ɹ", "ʉɹ": "ʊ ɹ",
    "əɹ": "ɜ", "ʌɹ": "ɜ", "əɪ": "ɜ", "əl": "ə l", "n̩": "ə n", "m̩": "ə m", "l̩": "ə l",
}  # fmt: skip
_ONE = {
    "a": "æ", "ɐ": "ə", "ᵻ": "ɪ", "ɨ": "ɪ", "ʉ": "u", "y": "u", "ø": "ɜ", "œ": "ɜ", "ɚ": "ɜ",
    "ɝ": "ɜ", "ɤ": "ʌ", "e": "ɛ", "o": "ɔ", "g": "ɡ", "r": "ɹ", "ɾ": "d", "ʁ": "ɹ", "ʀ": "ɹ",
    "ɻ": "ɹ", "ʔ": "t", "x": "k", "χ": "k", "ç": "h", "ɣ": "ɡ", "β": "v", "ʋ": "v", "ɬ": "l",
    "ɫ": "l", "ʎ": "l j", "ɲ": "n j", "c": "k", "ɟ": "dʒ", "ɕ": "ʃ", "ʑ": "ʒ", "ʂ": "ʃ", "ʐ": "ʒ",
    "ʈ": "t", "ɖ": "d", "ɳ": "n", "ɥ": "w", "ɑ̃": "ɒ n", "ɔ̃": "ɔ n", "ɛ̃": "æ n", "œ̃": "ʌ n",
    "ã": "ɒ n", "õ": "ɔ n",
}  # fmt: skip
_MARKS = re.compile(
    r"\([a-z-]+\)|[ˈˌˑ‿ˀʰʲʷ\u200d\u0361\u032f\u032a\u031e\u031d\u0308\u030a\u0325-]"
)
_LONGEST = 3


def read_ipa(ipa: str) -> list[str]:
    """The phonemes of a stretch of IPA, PHONEME_SEPARATOR between eSpeak's own phonemes.

    Unknown signs are dropped: a foreign sound in a client's word must not break the ear.
    """
    found: list[str] = []
    for part in re.split(rf"[{PHONEME_SEPARATOR}\s]+", _MARKS.sub("", ipa)):
        found += _read(unicodedata.normalize("NFC", part))
    return found


def _read(part: str) -> list[str]:
    """The phonemes of one of eSpeak's: whole where it is known, else the longest pieces first."""
    found: list[str] = []
    while part:
        for length in range(min(_LONGEST, len(part)), 0, -1):
            known = _known(part[:length])
            if known is not None:
                found += known
                part = part[length:]
                break
        else:
            part = part[1:]  # a sign of length, or one that English has not
    return found


def _known(sign: str) -> list[str] | None:
    if sign in _WHOLE:
        return _WHOLE[sign].split()
    if sign in INDEX and sign != BLANK:
        return [sign]
    return _ONE[sign].split() if sign in _ONE else None


def spoken(text: str, voice: str = "en") -> list[str]:
    """The phonemes of a text in the accent of a voice of eSpeak's, such as "en-us"."""
    return read_ipa(phonemes(text, voice))
