"""Words as the ear's language model writes them, and as the text is written."""

from __future__ import annotations

import re

_NUMBERS = """un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze
seize vingt vingts trente quarante cinquante soixante septante huitante octante nonante cent cents
et mille"""
_NUMBER_WORDS = frozenset(_NUMBERS.split())
_WHOLE = frozenset(
    ("aujourd'hui", "quelqu'un", "quelqu'une", "presqu'île", "prud'hommes", "d'accord")
)
_TOKEN = re.compile(r"[^\W_]+(?:[-'.][^\W_]+)*['.]?")
_JOINED = str.maketrans({"’": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": " ", "—": " "})
_ELIDED = frozenset(
    ("je", "me", "te", "se", "le", "la", "de", "ne", "que", "jusque", "lorsque", "puisque")
)
_NOT_ELIDED = frozenset(("oui", "onze", "onzième", "huit", "huitième", "ouais", "hein", "haut"))
_H_MUTE = frozenset(
    ("heure", "heures", "homme", "hommes", "hôpital", "hôtel", "habite", "huile", "habitude")
)
_VOWELS = frozenset("aàâäeéèêëiîïoôöuùûüyœæ")


def tokens(text: str) -> list[str]:
    """The words of a text as the language model knows them.

    Elided words stand alone and keep their apostrophe ("j'", "ai"), letters that are spelt keep
    their point ("b."), the words of a number are apart ("quatre", "vingt"), other compounds are
    one word ("rendez-vous").
    """
    found: list[str] = []
    for match in _TOKEN.finditer(text.lower().translate(_JOINED)):
        word = match[0]
        if word.endswith(".") and len(word) > 2:
            word = word[:-1]
        found.extend(_split(word))
    return found


def _split(word: str) -> list[str]:
    if word in _WHOLE or (len(word) == 2 and word.endswith(".")):
        return [word.rstrip(".") + "."] if word.endswith(".") else [word]
    if "." in word:
        return [part for piece in word.split(".") for part in _split(piece) if piece]
    if "-" in word and all(part in _NUMBER_WORDS for part in word.split("-")):
        return word.split("-")
    head, mark, tail = word.partition("'")
    if not mark:
        return [word] if word else []
    return [head + "'", *(_split(tail) if tail else [])]


def normalise(text: str) -> str:
    """The text in tokens, one space between them."""
    return " ".join(tokens(text))


def written(words: list[str]) -> str:
    """The text of a list of tokens: "j'" "ai" gives "j'ai", "b." gives "b"."""
    out = ""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        vowel = following[:1] in _VOWELS or following in _H_MUTE if following else False
        before_vowel = vowel and following not in _NOT_ELIDED and not following.endswith(".")
        if word in _ELIDED and before_vowel:
            word = word[:-1] + "'"
        if word.endswith("'") and word not in _WHOLE:
            # An elided word stands before a vowel only: elsewhere its vowel was just not heard.
            if before_vowel:
                out += word
                continue
            word = word[:-1] + ("i" if word == "s'" and following == "il" else "e")
        out += word.rstrip(".") + " "
    return out.strip()
