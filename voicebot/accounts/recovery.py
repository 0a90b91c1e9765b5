"""Recovery codes: for the day when the telephone is lost; each opens once."""

from __future__ import annotations

import secrets

from voicebot.accounts.token import digest

CODES = 10
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing that is read for something else: no i, l, o, 0, 1."""
GROUPS, EACH = 4, 4
"""16 signs, 79 bits: the hash of a code gives nothing away."""


def new_codes() -> tuple[str, ...]:
    """Codes by chance: "k7mn-2wxa-…"."""
    return tuple(_code() for _ in range(CODES))


def kept(code: str) -> str:
    """What is kept of a code, however it is typed."""
    return digest("".join(char for char in code.lower() if char in SIGNS))


def _code() -> str:
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(EACH)) for _ in range(GROUPS))
