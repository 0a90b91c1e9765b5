"""Written French or English as it is spoken: what Whisper writes, in the words an ear gives."""

from __future__ import annotations

import re

from num2words import num2words  # type: ignore[import-untyped]

_HOUR = re.compile(r"\b(\d{1,2})\s?[hH]\s?(\d{2})?\b")
_DIGITS = re.compile(r"\d+")
_TELEPHONE = re.compile(r"(?<!\d)(?:\d{2}[ .-]?){4}\d{2}(?!\d)")
_THOUSANDS = re.compile(r"(?<=\d)[\u202f\u00a0](?=\d{3}\b)")
_NO_WORD = re.compile(r"[^\w'@+-]+", re.UNICODE)
_LOOSE = re.compile(r"(?<!\w)['-]+|['-]+(?!\w)")
_ZERO = {"fr": "zéro", "en": "zero"}
_SIGNS = {
    "fr": {"€": " euros", "%": " pour cent", "°": " degrés", "&": " et ", "+": " plus "},
    "en": {"€": " euros", "%": " per cent", "°": " degrees", "&": " and ", "+": " plus "},
}


def as_spoken(text: str, language: str = "fr") -> str:
    """Lower-case words without punctuation, digits in words: "92" is "quatre vingt douze".

    Ten digits are read two by two, as telephone numbers are in France; any other number over
    9,999 digit by digit, as references are.
    """
    language = language if language in _ZERO else "fr"
    text = text.replace("’", "'").replace("œ", "oe")
    for sign, words in _SIGNS[language].items():
        text = text.replace(sign, words)
    text = _THOUSANDS.sub("", text)
    text = _TELEPHONE.sub(lambda m: _pairs(m[0]), text)
    if language == "fr":
        text = _HOUR.sub(lambda m: f"{m[1]} heures {m[2] or ''} ", text)
    text = _DIGITS.sub(lambda m: f" {_number(m[0], language)} ", text)
    text = _LOOSE.sub(" ", _NO_WORD.sub(" ", text.lower()))
    return " ".join(text.split())


def _pairs(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return " ".join(digits[n : n + 2] for n in range(0, len(digits), 2))


def _number(digits: str, language: str) -> str:
    zeros = len(digits) - len(digits.lstrip("0"))
    if len(digits) > 4:
        return " ".join(_number(digit, language) for digit in digits)
    words = [_ZERO[language]] * (zeros if zeros < len(digits) else max(1, zeros))
    if zeros < len(digits):
        words.append(num2words(int(digits), lang=language).replace("-", " "))
    return " ".join(words)
