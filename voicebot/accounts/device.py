"""A known device: a browser on which an account's owner has signed in, and its signed cookie.

Strangers cannot lock him out there, because they cannot make one (OWASP: device cookies).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from voicebot.accounts.keyring import Keyring
from voicebot.accounts.token import new_token

LIFE = timedelta(days=180)
"""From the last time that he signed in there."""
LONGEST = 256


def token(ring: Keyring, user_id: int, chosen_at: datetime | None, now: datetime) -> str:
    """What the browser keeps.

    Args:
        ring: signs it.
        user_id: of the account that it is for, and no other.
        chosen_at: when the account's password was chosen: another one forgets every device.
        now: from when on it is known.
    """
    since, name = str(int(now.timestamp())), new_token()
    return ".".join((since, name, ring.sign(_text(user_id, chosen_at, since, name))))


def known(
    ring: Keyring, given: str, user_id: int, chosen_at: datetime | None, now: datetime
) -> str:
    """The name of the device; empty when it is none of this account's, or not any more."""
    since, _, rest = given[:LONGEST].partition(".")
    name, _, signature = rest.partition(".")
    if not ring.signed(_text(user_id, chosen_at, since, name), signature):
        return ""
    age = now.timestamp() - int(since)
    return name if age < LIFE.total_seconds() else ""


def _text(user_id: int, chosen_at: datetime | None, since: str, name: str) -> str:
    chosen = int(chosen_at.timestamp()) if chosen_at else 0
    return f"device\0{user_id}\0{chosen}\0{since}\0{name}"
