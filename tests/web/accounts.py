"""People who are signed in, for the pages' tests."""

from dataclasses import dataclass
from datetime import timedelta

import httpx

from voicebot.accounts.account import Place
from voicebot.accounts.role import Role
from voicebot.store import sessions, users
from voicebot.web.gate import who_of
from voicebot.web.session import NAME

ADDRESS = "http://127.0.0.1:8080"
ADMINISTRATOR = Place(Role.ADMINISTRATOR)


@dataclass(frozen=True)
class SignedIn:
    """Somebody with a session."""

    id: int
    token: str
    csrf: str

    @property
    def cookies(self):
        return {NAME: self.token}

    @property
    def headers(self):
        return {"X-CSRF-Token": self.csrf}

    def on(self, page, address):
        """Signs in a real browser's tab."""
        page.context.add_cookies([{"name": NAME, "value": self.token, "url": address}])


def account(database, now, login="nadia", name="Nadia", place=ADMINISTRATOR):
    """The account, made where it is missing."""
    with database.write() as connection:
        for known in users.listed(connection):
            if known.login == login:
                return known
        return users.add(connection, login, name, place, now)


def signed_in(database, now, login="nadia", name="Nadia", place=ADMINISTRATOR):
    """Somebody signed in, without the half second that a password takes."""
    user = account(database, now, login, name, place)
    with database.write() as connection:
        token = sessions.begin(connection, user.id, now)
        csrf = sessions.find(connection, token, now).csrf
    return SignedIn(user.id, token, csrf)


def who(database, now, **more):
    """The same as pages know him."""
    some = signed_in(database, now, **more)
    with database.read() as connection:
        session = sessions.find(connection, some.token, now)
        return who_of(users.find(connection, some.id), session)


class Lasting(httpx.Auth):
    """Signs in again when the clock was put on so far that the session is over."""

    def __init__(self, client, database, clock, **who):
        self.client, self.database, self.clock, self.who = client, database, clock, who
        self.since = None
        self.headers = {}

    def auth_flow(self, request):
        now = self.clock.now()
        if self.since is None or now - self.since >= timedelta(hours=1):
            self.some, self.since = signed_in(self.database, now, **self.who), now
            self.client.cookies.set(NAME, self.some.token)
        request.headers["Cookie"] = f"{NAME}={self.some.token}"
        request.headers.update({**self.some.headers, **self.headers})
        yield request


def browsing(app, some=None, address="127.0.0.1"):
    """A browser on which somebody is signed in, or nobody, at that address."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app, client=(address, 123)),
        base_url=ADDRESS,
        cookies=some.cookies if some else None,
        headers=some.headers if some else None,
    )
