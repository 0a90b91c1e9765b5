"""Text as it is searched: lower case, without accents."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Makes "Dégât des eaux" and "degat des eaux" the same."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())
