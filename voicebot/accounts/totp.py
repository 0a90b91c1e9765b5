"""The second factor: a code of six digits that a telephone shows for half a minute (RFC 6238)."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp

STEP_S = 30
DRIFT = 1
"""Steps by which a telephone's clock may be off, before or after."""
ISSUER = "voicebot"


def new_secret() -> str:
    """A secret by chance, 160 bits, in base 32."""
    return pyotp.random_base32()


def address(secret: str, login: str) -> str:
    """What the QR code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def code(secret: str, now: datetime) -> str:
    """The code that a telephone shows now."""
    return pyotp.TOTP(secret).generate_otp(_step(now))


def step_of(secret: str, given: str, now: datetime, last: int | None = None) -> int | None:
    """The step of a code that is right; None when it is wrong, or was used before.

    Args:
        secret: the account's.
        given: as it was typed; blanks do not count.
        now: of the server's clock.
        last: the step of the code that was used last: no code is taken twice.
    """
    typed = "".join(given.split())
    totp, present = pyotp.TOTP(secret), _step(now)
    for step in range(present - DRIFT, present + DRIFT + 1):
        right = hmac.compare_digest(totp.generate_otp(step).encode(), typed.encode())
        if right and (last is None or step > last):
            return step
    return None


def _step(now: datetime) -> int:
    return int(now.timestamp()) // STEP_S
