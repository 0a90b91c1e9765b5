"""Text as it is searched: lower case, without accents."""

from __future__ import annotations

import re
import unicodedata


def fold(text: str) -> str:
    """Makes "Dégât des eaux" and "degat des eaux" the same."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())


def terms(text: str) -> list[str]:
    """What a search is for: its words, each to be found anywhere.

    A telephone number is one word however it is grouped, and goes without its first zero, so
    that 06 12 34 56 78 finds +33612345678.
    """
    joined = _NUMBER.sub(lambda found: re.sub(r"\D", "", found[0]).removeprefix("0"), fold(text))
    return joined.split()


_NUMBER = re.compile(r"(?<!\S)\+?\d(?:[ .-]?\d){5,}(?!\S)")
