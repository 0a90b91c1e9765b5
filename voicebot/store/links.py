"""Links to the technician's page: of each, the hash of its token.

A random token, not a signed one: it is short in an SMS, needs no key that could leak and open every
page, and goes with its alert when that is erased. The store cannot give away what it does not have.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from voicebot.errors import NotFound
from voicebot.store.outbox_tables import links

LIFE = timedelta(hours=24)
"""A night's intervention is closed the next morning; a link found later opens nothing."""
REMEMBERED = timedelta(days=30)
"""How long a link that expired is told from one that never was."""
TOKEN_BYTES = 16


@dataclass(frozen=True)
class Link:
    """What a link opens: one technician's view of one alert, or of his shift."""

    client: str
    technician: str
    alert_id: int | None
    """None for the confirmation of a shift."""
    made_at: datetime
    expires_at: datetime

    def expired(self, now: datetime) -> bool:
        """Whether it opens nothing any more; nor before it was made, if the clock was put back."""
        return not self.made_at - LIFE <= now < self.expires_at


def make(
    connection: Connection,
    client: str,
    technician: str,
    alert_id: int | None,
    now: datetime,
    life: timedelta = LIFE,
) -> str:
    """Makes a link; gives its token, which is kept nowhere."""
    connection.execute(delete(links).where(links.c.expires_at < now - REMEMBERED))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = {
        "digest": digest(token),
        "client": client,
        "technician": technician,
        "alert_id": alert_id,
        "made_at": now,
        "expires_at": now + life,
    }
    connection.execute(insert(links).values(row))
    return token


def find(connection: Connection, token: str) -> Link:
    """The link of a token, expired or not.

    Raises:
        NotFound: there never was one, or its alert was erased.
    """
    row = connection.execute(select(links).where(links.c.digest == digest(token))).first()
    if row is None:
        raise NotFound("no such link")
    return Link(row.client, row.technician, row.alert_id, row.made_at, row.expires_at)


def digest(token: str) -> str:
    """What is kept of a token. It is 128 random bits: salt and slowness would add nothing."""
    return hashlib.sha256(token.encode()).hexdigest()
