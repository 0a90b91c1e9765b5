"""Sentences in other languages: gettext's .po files, read as they are when first asked for."""

from __future__ import annotations

import io
from functools import cache
from gettext import NullTranslations
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

SOURCE = "fr"
"""What sentences are written in; also the language of whoever chose none."""
LOCALE = Path(__file__).parent / "locale"
SCRIPTS = "scripts"
"""The catalogue of what the pages' scripts say."""


class Source(NullTranslations):
    """The sentences as they are written; what a catalogue lacks is shown so."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """In French nothing is one of a thing, not many."""
        return msgid1 if abs(n) < 2 else msgid2

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        """The same."""
        return self.ngettext(msgid1, msgid2, n)


@cache
def catalogue(code: str) -> NullTranslations:
    """All sentences of a language, of however many files.

    Several files, one for each part of the pages, so that people who work on two parts do not
    work on one file.
    """
    whole: NullTranslations = Source()
    for file in files(code):
        one = _compiled(read(file, code))
        one.add_fallback(whole)
        whole = one
    return whole


@cache
def script_words(code: str) -> dict[str, str]:
    """What the pages' scripts say in a language, by what they say in French."""
    file = _folder(code) / f"{SCRIPTS}.po"
    if not file.exists():
        return {}
    return {str(one.id): str(one.string) for one in read(file, code) if one.id and one.string}


def files(code: str) -> list[Path]:
    """The catalogues of a language."""
    return sorted(_folder(code).glob("*.po"))


def read(file: Path, code: str) -> Catalog:
    """One catalogue; a mistake in it is told with its line, not passed over."""
    with file.open("rb") as source:
        return read_po(source, locale=code, domain=file.stem, abort_invalid=True)


def _folder(code: str) -> Path:
    return LOCALE / code / "LC_MESSAGES"


def _compiled(found: Catalog) -> Translations:
    compiled = io.BytesIO()
    write_mo(compiled, found)
    compiled.seek(0)
    return Translations(compiled, domain=found.domain)
