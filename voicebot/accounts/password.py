"""Passwords: what is a good one, and the only thing that is kept of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from voicebot.errors import BadInput, VoicebotError

LEAST = 12
"""Characters. Length is what helps; a rule such as "one digit, one sign" makes worse passwords."""
LONGEST = 256
MEMORY_KIB = 19 * 1024
HASHER = PasswordHasher(time_cost=2, memory_cost=MEMORY_KIB, parallelism=1)
"""Argon2id with the least that OWASP recommends: the same cores answer the telephone."""
ONE = Lock()
"""One hash at a time: a crowd at the door does not take the cores from the calls."""
CROWD = BoundedSemaphore(8)
"""Those who wait for it, before the next is sent away: each holds a thread of the pages."""
DECOY = (
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZSBzYWx0IGhlcmUhIQ$"
    "fY3D5nP8yIhLq8kZ1m0m1dYk6Q0G9cFvQ2l6y0b3v1E"
)
"""Tried where there is no account, so that the answer comes no sooner than for one that exists."""


class TooMany(VoicebotError):
    """More passwords are tried at once than are looked at."""


def hashed(password: str) -> str:
    """What is kept of a password.

    Raises:
        TooMany: a crowd is at the door.
    """
    with _turn():
        return HASHER.hash(_normalised(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether that is the password; takes as long where there is none.

    Raises:
        TooMany: a crowd is at the door.
    """
    with _turn():
        try:
            # A decoy can only match by chance, and then it opens nothing either.
            return HASHER.verify(kept or DECOY, _normalised(password)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def worn(kept: str) -> bool:
    """Whether it was hashed with other costs than today's, and is to be hashed anew."""
    return HASHER.check_needs_rehash(kept)


def good(password: str, *names: str) -> str:
    """A password that may be used.

    Args:
        password: as it was typed.
        names: what is known of its owner: his login, his name.

    Raises:
        BadInput: it is too short, too long, or too easily guessed.
    """
    folded = _normalised(password).casefold()
    if len(folded) < LEAST:
        raise BadInput(f"a password has {LEAST} characters or more", todo="four words are good")
    if len(folded) > LONGEST:
        raise BadInput(f"a password has {LONGEST} characters at most")
    left = folded
    for known in sorted((*_words(names), *COMMON), key=len, reverse=True):
        left = left.replace(known, "")
    if len(set(folded)) < 5 or sum(char.isalnum() for char in left) < 6:
        raise BadInput("this password is too easily guessed", todo="four words by chance are good")
    return password


COMMON = (
    *("password", "motdepasse", "azerty", "qwerty", "uiop", "qsdfgh", "asdfgh", "voicebot"),
    *("admin", "bonjour", "soleil", "welcome", "bienvenue", "0123456789", "123456", "abcdef"),
)
"""What guessers try first; what is left of a password without it must still be something."""


@contextmanager
def _turn() -> Iterator[None]:
    if not CROWD.acquire(blocking=False):
        raise TooMany("too many people sign in at once; try again in a moment")
    try:
        with ONE:
            yield
    finally:
        CROWD.release()


def _words(names: tuple[str, ...]) -> set[str]:
    """The parts of names that make a guess: three letters or more."""
    folded = " ".join(names).casefold()
    parts = "".join(char if char.isalnum() else " " for char in folded).split()
    return {part for part in parts if len(part) > 2}


def _normalised(password: str) -> str:
    """The same accents on every keyboard and system."""
    return unicodedata.normalize("NFKC", password)
