"""Secrets by chance that stand for somebody: a session, a link. Only their hash is kept."""

from __future__ import annotations

import hashlib
import secrets

TOKEN_BYTES = 32
LONGEST = 128
"""Characters of the longest that is looked at."""


def new_token() -> str:
    """256 bits by chance, as they stand in a cookie or an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """What is kept of it. It was drawn by chance: salt and slowness would add nothing."""
    return hashlib.sha256(token[:LONGEST].encode()).hexdigest()
