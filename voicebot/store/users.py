"""The accounts, and how each proves who it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, func, insert, select, update

from voicebot.accounts.account import Account, Place, login_of, name_of
from voicebot.accounts.role import Role
from voicebot.errors import BadInput, NotFound
from voicebot.store import invitations, sessions
from voicebot.store.accounts_tables import users


@dataclass(frozen=True)
class Proof:
    """What an account's owner has to show."""

    user_id: int
    password: str | None = field(repr=False)
    """The hash; None until he has chosen one."""
    secret: str | None = field(repr=False)
    """Of the second factor, in force or not."""
    last_step: int | None
    second_factor: bool
    """Whether it is asked: the secret counts once a code of it was given."""
    chosen_at: datetime | None = None
    """When the password was chosen."""


def add(connection: Connection, login: str, name: str, place: Place, now: datetime) -> Account:
    """Makes an account without a password: a link lets its owner choose one.

    Raises:
        BadInput: the login cannot be used, or is taken.
    """
    login = login_of(login)
    if connection.execute(select(exists().where(users.c.login == login))).scalar_one():
        raise BadInput(f"there is an account {login} already", todo="choose another login")
    row = {"login": login, "name": name_of(name), "made_at": now, **_place(place)}
    made = connection.execute(insert(users).returning(users.c.id), row).scalar_one()
    return find(connection, int(made))


def find(connection: Connection, id: int) -> Account:
    """The account of that number.

    Raises:
        NotFound: there is none.
    """
    return _read(_row(connection, users.c.id == id, f"account {id}"))


def by_login(connection: Connection, login: str) -> Account:
    """The account of that login.

    Raises:
        NotFound: there is none.
    """
    return _read(_row(connection, users.c.login == login.strip().lower(), f"account {login!r}"))


def listed(connection: Connection) -> tuple[Account, ...]:
    """All accounts, by name; those that were closed at the end."""
    query = select(users).order_by(
        users.c.disabled_at.is_not(None), func.lower(users.c.name), users.c.id
    )
    return tuple(map(_read, connection.execute(query)))


def none_yet(connection: Connection) -> bool:
    """Whether the store has no account at all."""
    return not connection.execute(select(exists().where(users.c.id.is_not(None)))).scalar_one()


def proof(connection: Connection, id: int) -> Proof:
    """What the account's owner has to show.

    Raises:
        NotFound: there is no such account.
    """
    return _proof(_row(connection, users.c.id == id, f"account {id}"))


def proof_of(connection: Connection, login: str) -> Proof | None:
    """The same for a login that somebody typed; None where no open account has it.

    One look, as long for who is there as for who is not.
    """
    open_ = (users.c.login == login.strip().lower()) & users.c.disabled_at.is_(None)
    row = connection.execute(select(users).where(open_)).first()
    return _proof(row) if row else None


def change(connection: Connection, id: int, name: str, place: Place) -> Account:
    """Gives an account another name, role or clients; with another place he signs in again.

    Raises:
        BadInput: nobody would be left to run the installation.
    """
    if place.role is not Role.ADMINISTRATOR:
        _spare_the_last(connection, id)
    before = find(connection, id)
    _set(connection, id, name=name_of(name), **_place(place))
    after = find(connection, id)
    if (before.role, before.clients, before.technician) != (
        after.role,
        after.clients,
        after.technician,
    ):
        # A page or a stream that is open would go on with what he might see before.
        sessions.end_all(connection, id)
    return after


def disable(connection: Connection, id: int, now: datetime) -> None:
    """Closes an account, all of its sessions, and the links that lead to it.

    Raises:
        BadInput: nobody would be left to run the installation.
    """
    _spare_the_last(connection, id)
    _set(connection, id, disabled_at=now)
    sessions.end_all(connection, id)
    invitations.close(connection, id)


def enable(connection: Connection, id: int) -> None:
    """Opens it again."""
    _set(connection, id, disabled_at=None)


def set_password(connection: Connection, id: int, kept: str, now: datetime) -> None:
    """Keeps another password's hash, and closes the links by which one could be chosen.

    Whoever calls it ends the sessions that must end.
    """
    _set(connection, id, password=kept, password_at=now)
    invitations.close(connection, id)


def hash_anew(connection: Connection, id: int, kept: str) -> None:
    """Keeps another hash of the same password."""
    _set(connection, id, password=kept)


def keep_secret(connection: Connection, id: int, secret: str | None) -> None:
    """Keeps a secret that counts only once a code of it was given; None takes it away."""
    _set(connection, id, secret=secret, secret_at=None, last_step=None)


def confirm_secret(connection: Connection, id: int, step: int, now: datetime) -> None:
    """The second factor is in force."""
    _set(connection, id, secret_at=now, last_step=step)


def use_step(connection: Connection, id: int, step: int) -> bool:
    """Notes that a code was used; False when it, or a later one, was used meanwhile."""
    fresh = users.c.last_step.is_(None) | (users.c.last_step < step)
    used = update(users).where((users.c.id == id) & fresh).values(last_step=step)
    return connection.execute(used).rowcount == 1


def set_language(connection: Connection, id: int, code: str) -> None:
    """Keeps which language its owner reads."""
    _set(connection, id, language=code)


def signed_in(connection: Connection, id: int, now: datetime) -> None:
    """Notes when he was here last."""
    _set(connection, id, seen_at=now)


def remove(connection: Connection, id: int) -> None:
    """Erases an account; what it did stays in the log.

    Raises:
        BadInput: nobody would be left to run the installation.
    """
    _spare_the_last(connection, id)
    connection.execute(delete(users).where(users.c.id == id))


def _spare_the_last(connection: Connection, id: int) -> None:
    runs = (users.c.role == Role.ADMINISTRATOR.value) & users.c.disabled_at.is_(None)
    left = select(users.c.id).where(runs & (users.c.id != id))
    mine = select(users.c.id).where(runs & (users.c.id == id))
    if connection.execute(mine).first() and not connection.execute(left).first():
        todo = "make another administrator first"
        raise BadInput("this is the last administrator", todo=todo)


def _set(connection: Connection, id: int, **values: Any) -> None:
    if connection.execute(update(users).where(users.c.id == id).values(values)).rowcount != 1:
        raise NotFound(f"no account {id}")


def _row(connection: Connection, which: Any, name: str) -> Row[Any]:
    row = connection.execute(select(users).where(which)).first()
    if row is None:
        raise NotFound(f"no {name}")
    return row


def _proof(row: Row[Any]) -> Proof:
    second_factor = row.secret_at is not None
    return Proof(row.id, row.password, row.secret, row.last_step, second_factor, row.password_at)


def _place(place: Place) -> dict[str, Any]:
    clients = sorted(place.clients) if place.clients is not None else None
    return {"role": place.role.value, "clients": clients, "technician": place.technician}


def _read(row: Row[Any]) -> Account:
    return Account(
        id=row.id,
        login=row.login,
        name=row.name,
        role=Role(row.role),
        clients=frozenset(row.clients) if row.clients is not None else None,
        technician=row.technician,
        language=row.language,
        made_at=row.made_at,
        has_password=row.password is not None,
        second_factor=row.secret_at is not None,
        disabled_at=row.disabled_at,
        seen_at=row.seen_at,
    )
