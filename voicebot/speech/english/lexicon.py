"""How English words are said: eSpeak NG's accents, reduced forms, and what foreigners make of it.

A row of sounds for each accent that differs; each sound may be said otherwise at a cost, because a
caller from abroad has fewer vowels than English, and no th. Costs are negative logarithms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import zip_longest

from voicebot.speech.english.phones import PHONES, VOWELS, spoken
from voicebot.speech.english.words import written
from voicebot.speech.lexicon import Pronunciation, Sound

ACCENTS = ("en", "en-us")
"""Those whose rows every word has: without and with the r behind a vowel."""
LINKING_R = 1.0
DROP_STOP = 1.2
DROP_H = 2.0
REDUCED = 0.7
"""What a reduced or a seldom way of saying costs."""
_SWAPS = {
    # Of natives among each other, then of those whose language has fewer sounds.
    "ð": {"d": 1.5, "z": 2.0, "v": 3.0, "θ": 2.0}, "θ": {"t": 2.0, "s": 2.0, "f": 2.0},
    "ɪ": {"i": 1.5, "ə": 1.5, "ɛ": 2.5}, "i": {"ɪ": 1.2}, "ʊ": {"u": 1.2, "ə": 2.0},
    "u": {"ʊ": 1.5}, "æ": {"ɛ": 2.0, "ʌ": 2.0, "ɑ": 1.8, "ə": 2.5}, "ɛ": {"æ": 2.0, "eɪ": 2.5},
    "ʌ": {"æ": 2.0, "ə": 1.2, "ɒ": 2.5, "ʊ": 2.0, "ɑ": 2.0}, "ɒ": {"ɔ": 1.2, "ɑ": 1.2, "ʌ": 2.5},
    "ɑ": {"æ": 1.8, "ɒ": 1.5, "ʌ": 2.0}, "ɔ": {"ɒ": 1.2, "oʊ": 1.8, "ɑ": 2.0},
    "ɜ": {"ə": 0.8, "ɛ": 2.5, "ʌ": 2.0}, "ə": {"ɪ": 1.5, "ʌ": 1.2, "ɛ": 1.8, "ɜ": 1.0, "æ": 2.0},
    "eɪ": {"ɛ": 1.8}, "oʊ": {"ɔ": 1.5, "ɒ": 2.5}, "aʊ": {"æ": 3.0}, "ŋ": {"n": 1.5},
    "w": {"v": 2.5}, "v": {"w": 2.5, "f": 2.0}, "z": {"s": 1.5}, "ʒ": {"dʒ": 1.5, "ʃ": 1.5},
    "dʒ": {"ʒ": 2.0, "tʃ": 2.0}, "tʃ": {"ʃ": 2.5}, "d": {"t": 2.0}, "b": {"p": 2.5},
    "ɡ": {"k": 2.5}, "t": {"d": 2.0},
}  # fmt: skip
_LETTERS = {
    "a": "eɪ", "b": "b i", "c": "s i", "d": "d i", "e": "i", "f": "ɛ f", "g": "dʒ i", "h": "eɪ tʃ",
    "i": "aɪ", "j": "dʒ eɪ", "k": "k eɪ", "l": "ɛ l", "m": "ɛ m", "n": "ɛ n", "o": "oʊ", "p": "p i",
    "q": "k j u", "r": "ɑ (ɹ)", "s": "ɛ s", "t": "t i", "u": "j u", "v": "v i",
    "w": "d ʌ b ə l j u", "x": "ɛ k s", "y": "w aɪ",
}  # fmt: skip
_BY_HAND = {
    # Words that are said in several ways in running speech; "(x)" may be left out, "a|b" either.
    "the": ("ð ə|i",), "a": ("ə|eɪ",), "an": ("ə|æ n",), "to": ("t ə|u|ʊ",), "i": ("aɪ",),
    "and": ("ə|æ n (d)", "n"), "of": ("ə|ɒ|ʌ (v)",), "for": ("f ə|ɔ|ɜ (ɹ)",), "i'm": ("aɪ|ə m",),
    "or": ("ɔ|ə|ɜ (ɹ)",), "are": ("ɑ|ə|ɜ (ɹ)",), "was": ("w ə|ɒ|ʌ z",), "were": ("w ə|ɜ (ɹ)",),
    "can": ("k ə|æ n",), "can't": ("k ɑ|æ n (t)",), "have": ("(h) ə|æ (v)",), "as": ("ə|æ z",),
    "has": ("(h) ə|æ z",), "had": ("(h) ə|æ d",), "him": ("(h) ɪ m",), "his": ("(h) ɪ z",),
    "her": ("(h) ə|ɜ (ɹ)",), "he": ("(h) i|ɪ",), "you": ("j u|ə|ʊ",), "do": ("d u|ʊ|ə",),
    "your": ("j ɔ|ʊ|ə|ɜ (ɹ)",), "you're": ("j ɔ|ʊ|ə|ɜ (ɹ)",), "our": ("aʊ ə|ɜ (ɹ)", "ɑ (ɹ)"),
    "that": ("ð ə|æ (t)",), "them": ("(ð) ə|ɛ m",), "from": ("f ɹ ə|ɒ|ʌ m",), "at": ("ə|æ t",),
    "but": ("b ə|ʌ (t)",), "us": ("ʌ|ə s",), "just": ("dʒ ʌ|ə|ɪ s (t)",), "than": ("ð ə|æ n",),
    "some": ("s ə|ʌ m",), "must": ("m ə|ʌ s (t)",), "not": ("n ɒ|ɑ (t)",), "it": ("ɪ (t)",),
    "been": ("b i|ɪ n",), "because": ("b ɪ|ə k ə|ɒ|ɔ|ʌ z",), "'cause": ("k ə|ɒ|ɔ|ʌ z",),
    "gonna": ("ɡ ə|ɒ|ʌ|ɔ n ə",), "wanna": ("w ə|ɒ|ʌ|ɔ n ə",), "gotta": ("ɡ ɒ|ɑ t|d ə",),
    "them's": (), "'em": ("ə m",), "'til": ("t ɪ l",), "dunno": ("d ə n oʊ",),
    "would": ("w ʊ|ə d",), "could": ("k ʊ|ə d",), "should": ("ʃ ʊ|ə d",), "there": ("ð ɛ ə|ɹ",),
    "there's": ("ð ɛ|ə (ə|ɹ) z",), "their": ("ð ɛ ə|ɹ",), "they're": ("ð ɛ ə|ɹ",),
    "it's": ("ɪ t s",), "that's": ("ð ə|æ t s",), "what's": ("w ɒ|ʌ|ɑ t s",),
    "what": ("(h) w ɒ|ʌ|ɑ (t)",), "when": ("w ɛ n",), "where": ("w ɛ ə|ɹ",), "why": ("w aɪ",),
    "hello": ("h ə|ɛ|ʌ l oʊ",), "yeah": ("j ɛ (ə)", "j æ"), "yes": ("j ɛ s",), "yep": ("j ɛ p",),
    "no": ("n oʊ",), "okay": ("oʊ k eɪ",), "ok": ("oʊ k eɪ",), "uh": ("ʌ|ə|ɜ",), "er": ("ɜ (ɹ)",),
    "um": ("ʌ|ə m",), "hmm": ("m", "h ʌ m"), "oh": ("oʊ",), "zero": ("z ɪ|i (ə) ɹ oʊ",),
    "either": ("aɪ|i ð ə|ɜ (ɹ)",), "hundred": ("h ʌ n d ɹ ə|ɪ d",), "o'clock": ("ə k l ɒ|ɑ k",),
    "probably": ("p ɹ ɒ|ɑ b (ə) b l i", "p ɹ ɒ|ɑ b l i"), "actually": ("æ k tʃ (u) ə l i",),
    "wifi": ("w aɪ f aɪ",), "pin": ("p ɪ n",), "mr": ("m ɪ s t ə|ɜ (ɹ)",), "ms": ("m ɪ z",),
    "mrs": ("m ɪ s ɪ|ə z",), "sms": ("ɛ s ɛ m ɛ s",), "vpn": ("v i p i ɛ n",), "tv": ("t i v i",),
    "pc": ("p i s i",), "id": ("aɪ d i",), "usb": ("j u ɛ s b i",), "gps": ("dʒ i p i ɛ s",),
    "schedule": ("s k ɛ dʒ u|ə l", "ʃ ɛ d j u l"), "garage": ("ɡ æ ɹ ɑ|ɪ ʒ|dʒ", "ɡ ə ɹ ɑ ʒ|dʒ"),
    "lift's": ("l ɪ f t s",), "route": ("ɹ u t", "ɹ aʊ t"), "address": ("ə|æ d ɹ ɛ s",),
    "thirty": ("θ|t ɜ (ɹ) t|d i",), "forty": ("f ɔ (ɹ) t|d i",), "often": ("ɒ|ɔ f (t) ə n",),
    "twenty": ("t w ɛ n (t) i",), "wanted": ("w ɒ|ɑ n (t) ɪ|ə d",), "data": ("d eɪ|ɑ t|d ə",),
}  # fmt: skip


def _by_hand(row: str) -> Pronunciation:
    sounds = []
    for part in row.split():
        optional = part.startswith("(")
        phones = part.strip("()").split("|")
        costs = {phone: 0.0 if i == 0 else REDUCED for i, phone in enumerate(phones)}
        sounds.append(_sound(costs, REDUCED if optional else None))
    return tuple(sounds)


def learn(words: Iterable[str]) -> None:
    """Looks up many words: eSpeak NG takes longer to change its accent than to say one."""
    wanted = [word for word in words if word not in _BY_HAND]
    for accent in ACCENTS:
        for word in wanted:
            _spoken(word, accent)


@lru_cache(maxsize=80_000)
def _spoken(word: str, accent: str) -> tuple[str, ...]:
    return tuple(spoken(written([word]), accent))


@lru_cache(maxsize=40_000)
def pronunciations(word: str) -> tuple[Pronunciation, ...]:
    """All ways to say a token of the language model (see `words.tokens`)."""
    if word in _BY_HAND:
        return tuple(_by_hand(row) for row in _BY_HAND[word])
    if word.endswith(".") and len(word) == 2:
        names = ("z ɛ d", "z i") if word == "z." else (_LETTERS.get(word[0], ""),)
        return tuple(_by_hand(name) for name in names if name)
    rows: list[tuple[str, ...]] = []
    for accent in ACCENTS:
        sounds = _spoken(word, accent)
        if sounds and sounds not in rows:
            rows.append(sounds)
    if len(rows) == 2 and (merged := _merged(*rows)) is not None:
        return (_row(merged, word),)
    return tuple(_row([{sound: 0.0} for sound in row], word) for row in rows)


def _merged(one: Sequence[str], other: Sequence[str]) -> list[dict[str, float]] | None:
    """One row for two accents that differ in a few sounds and not in how many there are."""
    if len(one) != len(other):
        return None
    if any((a in VOWELS) != (b in VOWELS) for a, b in zip_longest(one, other)):
        return None
    return [{a: 0.0, b: 0.0} for a, b in zip(one, other, strict=True)]


def _row(sounds: list[dict[str, float]], word: str) -> Pronunciation:
    row = [_at(sounds, i) for i in range(len(sounds))]
    if word.endswith(("r", "re", "r's")) and not {"ɹ", "z"} & sounds[-1].keys():
        row.append(Sound((("ɹ", LINKING_R),), 0.0))  # "your order is": the r comes back
    return tuple(row)


def _at(sounds: list[dict[str, float]], i: int) -> Sound:
    said, skip = sounds[i], None
    before = sounds[i - 1].keys() if i else frozenset[str]()
    if "h" in said and i == 0 and len(sounds) > 2:
        skip = DROP_H
    elif i == len(sounds) - 1 and len(sounds) > 2 and said.keys() & {"t", "d"}:
        skip = None if before & VOWELS else DROP_STOP  # "next week"
    elif "ɹ" in said and before & VOWELS and (i + 1 == len(sounds) or not _vowel(sounds[i + 1])):
        skip = REDUCED  # "card": an r only in some accents
    elif "j" in said and before & {"t", "d", "n"}:
        skip = REDUCED  # "tuesday", "new"
    elif "ə" in said and 0 < i < len(sounds) - 1 and sounds[i + 1].keys() & {"l", "n"}:
        skip = REDUCED  # "button", "little"
    return _sound(said, skip)


def _vowel(sound: dict[str, float]) -> bool:
    return bool(sound.keys() & VOWELS)


def _sound(said: dict[str, float], skip: float | None) -> Sound:
    """A place, with what others say there."""
    costs = dict(said)
    for phone, cost in said.items():
        for other, dearer in _SWAPS.get(phone, {}).items():
            costs[other] = min(cost + dearer, costs.get(other, 99.0))
    kept = sorted(costs.items(), key=lambda item: (item[1], PHONES.index(item[0])))
    return Sound(tuple(kept), skip)


def sound_of(word: str) -> list[str]:
    """The plainest way to say a word, for tests and for people."""
    first = pronunciations(word)
    return [sound.phones[0][0] for sound in first[0] if sound.skip is None] if first else []
