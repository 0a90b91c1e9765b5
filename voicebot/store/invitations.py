"""Links that open once: for the first administrator, and for who chooses a password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from voicebot.accounts.token import digest, new_token
from voicebot.store.accounts_tables import invitations

FIRST_LIFE = timedelta(hours=1)
"""For the first administrator: whoever starts the server is there."""
LIFE = timedelta(hours=48)
"""For somebody who is given a link to choose his password."""
REMEMBERED = timedelta(days=30)


@dataclass(frozen=True)
class Invitation:
    """What a link opens."""

    id: int
    user_id: int | None
    """None: it makes the first administrator."""
    made_at: datetime
    expires_at: datetime
    used: bool

    def over(self, now: datetime) -> bool:
        """Whether it opens nothing any more; nor before it was made, if the clock was put back."""
        return self.used or not self.made_at - LIFE <= now < self.expires_at


def make(connection: Connection, user_id: int | None, now: datetime) -> str:
    """Makes a link, and closes those that were made before it for the same; gives its token."""
    # Compared with None, SQLAlchemy writes IS NULL: the first administrator's.
    same = invitations.c.user_id == user_id
    old = invitations.c.expires_at < now - REMEMBERED
    connection.execute(delete(invitations).where(same | old))
    token = new_token()
    life = FIRST_LIFE if user_id is None else LIFE
    row = {
        "digest": digest(token),
        "user_id": user_id,
        "made_at": now,
        "expires_at": now + life,
    }
    connection.execute(insert(invitations).values(row))
    return token


def find(connection: Connection, token: str) -> Invitation | None:
    """The invitation of a token, used up or not; None when there never was one."""
    row = connection.execute(
        select(invitations).where(invitations.c.digest == digest(token))
    ).first()
    if row is None:
        return None
    return Invitation(row.id, row.user_id, row.made_at, row.expires_at, row.used_at is not None)


def close(connection: Connection, user_id: int) -> None:
    """Closes those that were made for an account and not used."""
    mine = (invitations.c.user_id == user_id) & invitations.c.used_at.is_(None)
    connection.execute(delete(invitations).where(mine))


def use(connection: Connection, id: int, now: datetime) -> bool:
    """Uses it up; False when somebody was quicker."""
    fresh = (invitations.c.id == id) & invitations.c.used_at.is_(None)
    return connection.execute(update(invitations).where(fresh).values(used_at=now)).rowcount == 1
