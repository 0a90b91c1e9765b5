"""Written French or English as it is spoken: what Whisper writes, in the words an ear gives."""

from __future__ import annotations

import re
from collections.abc import Callable

from num2words import num2words  # type: ignore[import-untyped]

_HOUR = re.compile(r"\b(\d{1,2})\s?[hH]\s?(\d{2})?\b")
_DIGITS = re.compile(r"\d+")
_TELEPHONE = re.compile(r"(?<!\d)(?:\d{2}[ .-]?){4}\d{2}(?!\d)")
_THOUSANDS = re.compile(r"(?<![\d ])([1-9]\d{0,2})[ \u202f\u00a0](\d{3})(?![ \u202f\u00a0]?\d)")
_DECIMAL = {
    "fr": re.compile(r"(?<![\d,])(0|[1-9]\d*),(\d+)(?![\d,])"),
    "en": re.compile(r"(?<![\d.])(0|[1-9]\d*)\.(\d+)(?![\d.])"),
}
_POINT = {"fr": "virgule", "en": "point"}
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.\w+)+")
_EMAIL_SIGNS = {"fr": ("arobase", "point"), "en": ("at", "dot")}
_DATE = re.compile(r"\b(0?[1-9]|[12]\d|3[01])[/.](0?[1-9]|1[0-2])[/.]((?:19|20)\d\d)\b")
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
_RANK = {
    "fr": re.compile(r"\b(\d{1,3})(er|re|ère|nde?|e|ème)\b"),
    "en": re.compile(r"\b(\d{1,3})(st|nd|rd|th)\b", re.IGNORECASE),
}
_FEMININE = re.compile(
    r"\b(\d*(?<!1)1)(?=\s(?:heures?|minutes?|personnes?|fois|semaines?|nuits?|années?)\b)"
)
_SHORT = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"\b[nN]\s?[°º]", "numéro "),
        (r"\bMr?\.? (?=[A-ZÀ-Ý][a-zà-ÿ'])", "monsieur "),
        (r"\bMme\b\.?", "madame"),
        (r"\bMlle\b\.?", "mademoiselle"),
        (r"\bDr\b\.?", "docteur"),
        (r"\bMe (?=[A-ZÀ-Ý][a-zà-ÿ'])", "maître "),
        (r"\b(?:RDV|rdv)\b", "rendez-vous"),
    )
)
"""What is written short in French and said in full."""
_NO_WORD = re.compile(r"[^\w'@+-]+", re.UNICODE)
_LOOSE = re.compile(r"(?<!\w)['-]+|['-]+(?!\w)")
_ZERO = {"fr": "zéro", "en": "zero"}
_SIGNS = {
    "fr": {
        "€": " euros",
        "%": " pour cent",
        "°C": " degrés",
        "°": " degrés",
        "&": " et ",
        "+": " plus ",
    },
    "en": {"€": " euros", "%": " per cent", "°": " degrees", "&": " and ", "+": " plus "},
}


def as_spoken(text: str, language: str = "fr") -> str:
    """Lower-case words without punctuation, digits in words: "92" is "quatre vingt douze".

    Ten digits are read two by two, as telephone numbers are in France; any other number over
    9,999 digit by digit, as references are.
    """
    language = language if language in _ZERO else "fr"
    text = text.replace("’", "'").replace("œ", "oe")
    text = _EMAIL.sub(lambda m: _email(m[0], language), text)
    if language == "fr":
        for pattern, words in _SHORT:
            text = pattern.sub(words, text)
    for sign, words in _SIGNS[language].items():
        text = text.replace(sign, words)
    text = _TELEPHONE.sub(lambda m: _pairs(m[0]), text)
    if language == "fr":
        text = _DATE.sub(_date, text)
    text = _THOUSANDS.sub(r"\1\2", text)
    text = _DECIMAL[language].sub(rf"\1 {_POINT[language]} \2", text)
    text = _RANK[language].sub(_rank(language), text)
    if language == "fr":
        text = _HOUR.sub(_hour, text)
        text = _FEMININE.sub(lambda m: f"{_number(m[1], 'fr')}e", text)
    text = _DIGITS.sub(lambda m: f" {_number(m[0], language)} ", text)
    text = _LOOSE.sub(" ", _NO_WORD.sub(" ", text.lower()))
    return " ".join(text.split())


def _pairs(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return " ".join(digits[n : n + 2] for n in range(0, len(digits), 2))


def _email(address: str, language: str) -> str:
    at, dot = _EMAIL_SIGNS[language]
    return address.replace("@", f" {at} ").replace(".", f" {dot} ")


def _date(match: re.Match[str]) -> str:
    """Day before month, as the French write it: "03/05/1987" is "trois mai 1987"."""
    day = int(match[1])
    return f"{'premier' if day == 1 else day} {_MONTHS[int(match[2]) - 1]} {match[3]}"


def _hour(match: re.Match[str]) -> str:
    """Hours written short; "1h" alone has no s."""
    hours = "heure" if int(match[1]) < 2 else "heures"
    return f"{match[1]} {hours} {match[2] or ''} "


def _rank(language: str) -> Callable[[re.Match[str]], str]:
    """Ordinals: "1er" is "premier", "2nd" is "second" in both languages."""

    def rank(match: re.Match[str]) -> str:
        number, ending = int(match[1]), match[2].lower()
        if language == "fr" and number == 1:
            return "premier" if ending == "er" else "première"
        if language == "fr" and ending in ("nd", "nde"):
            return "second" if ending == "nd" else "seconde"
        return str(num2words(number, lang=language, to="ordinal")).replace("-", " ")

    return rank


def _number(digits: str, language: str) -> str:
    zeros = len(digits) - len(digits.lstrip("0"))
    if len(digits) > 4:
        return " ".join(_number(digit, language) for digit in digits)
    words = [_ZERO[language]] * (zeros if zeros < len(digits) else max(1, zeros))
    if zeros < len(digits):
        words.append(num2words(int(digits), lang=language).replace("-", " "))
    return " ".join(words)
