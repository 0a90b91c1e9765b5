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
_LETTER = re.compile(r"[a-z]\.")
_HAS = frozenset(("en", "y", "il", "elle", "on", "qui", "ça", "cela", "tu"))
"""Behind one of these an "a." is the verb and a full stop, no letter that is spelt."""
_GOES = frozenset(("allez", "allons", "vas", "vas-", "j'", "n'", "m'", "t'", "s'"))
"""Behind one of these a "y." is the word."""
_ELIDED = frozenset(
    ("je", "me", "te", "se", "le", "la", "de", "ne", "que", "jusque", "lorsque", "puisque")
)
_ELISION = re.compile(r"(?:.*-)?(?:[cdjlmnst]|(?:jus|lors|puis|quoi|pres)?qu)'")
"""A word whose vowel is left out; "rénov'" is none."""
_NO_NAME = frozenset(("c'", "j'", "qu'"))
"""Not the beginning of "N'Diaye"."""

_ASPIRATED = re.compile(
    r"""h(?:$|[^aeiouyàâäéèêëîïôöùûüœæ])                 # said in letters: HLM, HDMI
    |hâ|ha(?!bil|bit|leine|lieut|lluc|llali|log|lt[eé]r|meçon|rmon|giog|ïti|waï|ÿ)  # nearly all
    |h(?:e(?:$|in$|u$|llo|lp|nn[ei]|p$|rnie|rse|urt|aume|ater|wlett)|é(?:$|las|riss|ron|ros$)|êtr)
    |hi(?:$|bou|c$|d[ae]|érarch|fi$|-fi|p$|pp[iy]e|ss|t$|ts$|t-)
    |ho(?:bb|ch|ck|ld|lding|ll|mard|me$|ngr|nni|nt|p$|qu|rde|rs|t$|tt|tl|t-|tdog|u)
    |hu(?:b$|blot|che|e$|er$|ent$|é|ard$|guenot|it(?!r)|lott|lul|m$|n[es]$|pp|rl(?!u)|ron|sk|ss|tt)
    """,
    re.VERBOSE,
)
"""Words with an h that is not elided: "le hublot". With any other h they are: "l'hiver"."""
_NOT_ELIDED = frozenset(
    ("oui", "onze", "onzième", "ouais", "ouistiti", "ouistitis", "euh", "ah", "eh", "oh", "ouh")
)
_ELIDED_Y = re.compile(r"y(?:$|[^aeiouéè]|eux$|eu$|euse|onne$|erres?$)")
"""Before a vowel y is a consonant, but in "d'yeux", "l'Yonne", "l'île d'Yeu"."""
_VOWELS = frozenset("aàâäeéèêëiîïoôöuùûüœæ")


def tokens(text: str) -> list[str]:
    """The words of a text as the language model knows them.

    Elided words stand alone and keep their apostrophe ("j'", "ai"), letters that are spelt keep
    their point ("b."), the words of a number are apart ("quatre", "vingt"), other compounds are
    one word ("rendez-vous").
    """
    found: list[str] = []
    for match in _TOKEN.finditer(text.translate(_JOINED)):
        if _foreign_name(match[0]):
            found.append(match[0].rstrip(".'").lower())
            continue
        word = match[0].lower()
        if word.endswith(".") and not (_LETTER.fullmatch(word) and _spelt(word, found)):
            word = word[:-1]
        found.extend(_split(word))
    return found


def _spelt(letter: str, before: list[str]) -> bool:
    """Whether a letter with a point is spelt, and not the last word of a sentence."""
    words = {"a.": _HAS, "y.": _GOES}.get(letter, frozenset())
    return not before or before[-1] not in words


def _foreign_name(word: str) -> bool:
    """Whether an apostrophe is no elision: "N'Diaye", "O'Connor", "d'Harcourt"."""
    head, mark, tail = word.partition("'")
    if not (mark and tail) or "'" in tail:
        return False
    head = head.lower() + mark
    if not _ELISION.fullmatch(head):
        return len(head) == 2
    return tail[0].isupper() and head not in _NO_NAME and not _elides(tail.lower())


def _elides(word: str) -> bool:
    """Whether the word before loses its vowel: "l'eau", "l'hiver", but "le hublot"."""
    if word in _NOT_ELIDED or word.endswith("."):
        return False
    if word.startswith("h"):
        return not _ASPIRATED.match(word)
    return word[:1] in _VOWELS or bool(_ELIDED_Y.match(word))


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
        elides = _elides(following)
        numeral = word in ("le", "la") and following in ("un", "une")  # "c'est le un"
        if word in _ELIDED and elides and not numeral:
            word = word[:-1] + "'"
        if _ELISION.fullmatch(word):
            if elides:
                out += word
                continue
            word = word[:-1] + "e"  # elsewhere its vowel was just not heard
        out += word.rstrip(".") + " "
    return out.strip()
