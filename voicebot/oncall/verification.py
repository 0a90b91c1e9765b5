"""Whether an address is the technician's: he reads a code there and gives it back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

DIGITS = 6
VALID_FOR = timedelta(hours=1)
MOST_TRIES = 5
"""Of a code: with a million of them, guessing gets nowhere."""


class Verdict(StrEnum):
    """What came of a code that somebody gave."""

    VERIFIED = "verified"
    WRONG = "wrong"
    EXPIRED = "expired"
    TOO_MANY = "too many tries"
    NOT_ASKED = "no code was sent"


@dataclass(frozen=True)
class Check:
    """How far one address is verified."""

    digest: str | None = None
    """Of the code that was sent; None when none is open."""
    expires_at: datetime | None = None
    tries: int = 0
    verified_at: datetime | None = None


def opened(code: str, salt: str, now: datetime, before: Check | None = None) -> Check:
    """A check whose code was just sent; what was verified before stays so."""
    verified = before.verified_at if before else None
    return Check(digest(code, salt), now + VALID_FOR, 0, verified)


def answered(check: Check, code: str, salt: str, now: datetime) -> tuple[Check, Verdict]:
    """The check once somebody has given a code."""
    if check.digest is None or check.expires_at is None:
        return check, Verdict.NOT_ASKED
    if check.tries >= MOST_TRIES:
        return check, Verdict.TOO_MANY
    if now >= check.expires_at:
        return check, Verdict.EXPIRED
    given = "".join(char for char in code if char.isdigit())
    if digest(given, salt) != check.digest:
        return replace(check, tries=check.tries + 1), Verdict.WRONG
    return Check(verified_at=now), Verdict.VERIFIED


def digest(code: str, salt: str) -> str:
    """What the store keeps of a code."""
    return hashlib.sha256(f"{salt}:{code}".encode()).hexdigest()


def spaced(code: str) -> str:
    """The code as it is read out: 482 913."""
    return f"{code[:3]} {code[3:]}"


def code_text(company: str, code: str, language: str = "fr") -> str:
    """The letter that carries the code, or the place where it goes."""
    if language == "en":
        return (
            f"{company}, on call: your code is {code}. It is valid for one hour. "
            "If you did not expect it, ignore this message."
        )
    return (
        f"Astreinte {company} : votre code est {code}. Il est valable une heure. "
        "Si vous ne l'attendiez pas, ignorez ce message."
    )
