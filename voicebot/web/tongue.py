"""The language that a page speaks, and the words of it: French is written, the others are read.

A sentence stands in French where it is used, inside `_()`; a catalogue gives it in another
language. Which one is asked for is told to `speak` once for each request.
"""

from __future__ import annotations

from contextvars import ContextVar
from gettext import NullTranslations
from typing import Any

from babel.numbers import format_decimal
from markupsafe import Markup

from voicebot.web.catalogue import SOURCE as SOURCE
from voicebot.web.catalogue import catalogue

LOCALES = {"fr": "fr_FR", "en": "en_GB"}
"""Whose way to write numbers, days and months each takes."""
TONGUES = {"fr": "Français", "en": "English"}
"""Each by its code, as its own readers call it; the first is what sentences are written in."""

_spoken: ContextVar[str] = ContextVar("tongue", default=SOURCE)


def speak(code: str) -> None:
    """From here on in this request, that language; French where no page speaks it."""
    _spoken.set(code if code in TONGUES else SOURCE)


def spoken() -> str:
    """The code of the language of this request."""
    return _spoken.get()


def sentences() -> NullTranslations:
    """The sentences of this request's language, as they stand in its catalogues."""
    return catalogue(spoken())


def _(text: str, /, **values: Any) -> str:
    """The sentence in this request's language, with its `%(name)s` put in."""
    return _filled(sentences().gettext(text), values)


def ngettext(one: str, many: str, number: int, /, **values: Any) -> str:
    """The same for a number of things, which may be called `%(num)s` in the sentence."""
    return _filled(sentences().ngettext(one, many, number), {"num": number, **values})


def pgettext(context: str, text: str, /, **values: Any) -> str:
    """The same for a word of two meanings: the context, in English, says which."""
    return _filled(sentences().pgettext(context, text), values)


def quoted(text: str) -> str:
    """Somebody's words, between the quotation marks of the page's language."""
    return _("« %(words)s »", words=text)


def foreign(language: str) -> Markup:
    """The attribute of an element whose words are in another language than its page.

    A screen reader changes its voice for them (WCAG 3.1.2).
    """
    return Markup(' lang="{}"').format(language) if language not in ("", spoken()) else Markup()


def colon() -> str:
    """Between a name and what is said of it."""
    return _(" : ")


def decimal(number: float) -> str:
    """A number as it is written: 0,75."""
    return str(format_decimal(number, locale=LOCALES[spoken()]))


def N_(text: str) -> str:
    """Marks a sentence of a table, which is made when nobody asks yet: `_()` when it is shown."""
    return text


def _filled(text: str, values: dict[str, Any]) -> str:
    return text % values if values else text
