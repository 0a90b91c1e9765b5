"""An account at a server of one's own, for the demo, the benches and the tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from voicebot.accounts.account import Place
from voicebot.accounts.role import Role
from voicebot.clock import SystemClock
from voicebot.errors import BadInput, NotFound
from voicebot.store import sessions, users
from voicebot.store.database import Database

ADMINISTRATOR = Place(Role.ADMINISTRATOR)


@dataclass(frozen=True)
class SignedIn:
    """Somebody who is signed in, as programs show it to the server."""

    user_id: int
    token: str = field(repr=False)
    csrf: str = field(repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """What each request carries."""
        return {"Cookie": f"voicebot={self.token}", "X-CSRF-Token": self.csrf}


def sign_in(
    data: Path, login: str = "demo", name: str = "Démo", place: Place = ADMINISTRATOR
) -> SignedIn:
    """Signs in at the server whose folder that is: who may write its store needs no password.

    Raises:
        BadInput: the folder holds no store.
    """
    file = data / "voicebot.db"
    if not file.is_file():
        raise BadInput(f"{file}: no store", todo="start the server first")
    database, now = Database(f"sqlite:///{file}"), SystemClock().now()
    try:
        with database.write() as connection:
            try:
                account = users.by_login(connection, login)
            except NotFound:
                account = users.add(connection, login, name, place, now)
            token = sessions.begin(connection, account.id, now, agent="voicebot")
            session = sessions.find(connection, token, now)
    finally:
        database.close()
    if session is None:
        raise BadInput(f"the account {login} is closed")
    return SignedIn(account.id, token, session.csrf)
