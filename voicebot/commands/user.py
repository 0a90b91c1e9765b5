"""`voicebot user`: the accounts, from the machine that the server runs on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from voicebot.accounts.role import Role
from voicebot.clock import SystemClock
from voicebot.commands.data import open_store
from voicebot.commands.options import Json, print_json, read_settings
from voicebot.errors import BadInput

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from voicebot.accounts.account import Account
    from voicebot.accounts.trace import Seen
    from voicebot.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Accounts: who may see and do what.")

Login = Annotated[str, typer.Argument(help="What somebody signs in with: claire.martin.")]
Clients = Annotated[
    list[str] | None, typer.Option("--client", help="A client it may see; again for others.")
]
Technician = Annotated[str, typer.Option(help="A technician's id in the rotas.")]
Password = Annotated[
    bool,
    typer.Option("--password", help="Ask for the password here (or read it from a pipe): no link."),
]


@app.command()
def add(
    login: Login,
    name: Annotated[str, typer.Option(help='As people know him: "Claire Martin".')] = "",
    role: Annotated[Role, typer.Option(help="What he is here.")] = Role.OPERATOR,
    client: Clients = None,
    technician: Technician = "",
    password: Password = False,
    language: Annotated[str, typer.Option(help="What he reads: fr, en.")] = "",
) -> None:
    """Makes an account; prints a link that opens once, by which its owner chooses a password."""
    from voicebot.accounts.trace import Seen
    from voicebot.store import users

    settings = read_settings()
    place = _place(settings, role, client or [], technician)
    _readable(language)
    typed = _typed(login, name) if password else None

    def do(connection: Connection, now: datetime) -> Account:
        made = users.add(connection, login, name or login, place, now)
        users.set_language(connection, made.id, language)
        _note(connection, now, Seen.ACCOUNT_ADDED, made, str(role))
        return made

    _change(settings, do, typed)


@app.command("list")
def list_(as_json: Json = False) -> None:
    """Shows the accounts."""
    from voicebot.store import users

    with open_store(read_settings()).read() as connection:
        found = users.listed(connection)
    if as_json:
        print_json({"accounts": [_plain(one) for one in found]})
        return
    for one in found:
        typer.echo(_line(one))


@app.command()
def role(
    login: Login,
    role: Annotated[Role, typer.Argument(help="What he becomes.")],
    client: Clients = None,
    technician: Technician = "",
) -> None:
    """Gives an account another role and other clients; it is signed out everywhere."""
    from voicebot.accounts.trace import Seen
    from voicebot.store import users

    settings = read_settings()
    place = _place(settings, role, client or [], technician)
    with open_store(settings).write() as connection:
        found = users.by_login(connection, login)
        changed = users.change(connection, found.id, found.name, place)
        _note(connection, SystemClock().now(), Seen.ACCOUNT_CHANGED, changed, str(role))
    typer.echo(_line(changed))


@app.command()
def disable(
    login: Login,
    undo: Annotated[bool, typer.Option("--undo", help="Open it again.")] = False,
) -> None:
    """Closes an account, and signs it out everywhere at once."""
    from voicebot.accounts.trace import Seen
    from voicebot.store import users

    now = SystemClock().now()
    with open_store(read_settings()).write() as connection:
        found = users.by_login(connection, login)
        if undo:
            users.enable(connection, found.id)
        else:
            users.disable(connection, found.id, now)
        _note(connection, now, Seen.ACCOUNT_CHANGED, found, "enable" if undo else "disable")
    typer.echo(f"{found.login} is {'open' if undo else 'closed'}")


@app.command()
def password(
    login: Login,
    password: Password = False,
    second_factor: Annotated[
        bool, typer.Option("--forget-second-factor", help="And take the second factor away.")
    ] = False,
) -> None:
    """Prints a link that opens once, by which an account's owner chooses another password."""
    from voicebot.accounts.trace import Seen
    from voicebot.store import recovery_codes, sessions, users

    settings = read_settings()
    typed = _typed(login, "") if password else None

    def do(connection: Connection, now: datetime) -> Account:
        found = users.by_login(connection, login)
        if second_factor:
            users.keep_secret(connection, found.id, None)
            recovery_codes.replace(connection, found.id, ())
            sessions.end_all(connection, found.id)
            _note(connection, now, Seen.SECOND_FACTOR_OFF, found, "voicebot user")
        return found

    _change(settings, do, typed)


def _change(
    settings: Settings, do: Callable[[Connection, datetime], Account], typed: str | None
) -> None:
    """Does it; then keeps the password that was typed, or prints a link, all in one transaction."""
    from voicebot.accounts import password as passwords
    from voicebot.accounts.trace import Seen
    from voicebot.commands.welcome import address
    from voicebot.store import invitations, sessions, users

    kept = passwords.hashed(typed) if typed else None
    now = SystemClock().now()
    with open_store(settings).write() as connection:
        account = do(connection, now)
        if kept:
            users.set_password(connection, account.id, kept, now)
            sessions.end_all(connection, account.id)
            _note(connection, now, Seen.PASSWORD_CHANGED, account, "voicebot user")
            typer.echo(f"{account.login} ({account.role}) signs in with that password")
            return
        token = invitations.make(connection, account.id, now)
        _note(connection, now, Seen.LINK_MADE, account, "voicebot user")
    hours = int(invitations.LIFE.total_seconds() // 3600)
    typer.echo(f"{account.login} ({account.role}) chooses a password here, once, in {hours} h:")
    typer.echo(f"  {address(settings, token)}")


def _typed(login: str, name: str) -> str:
    """A password that somebody types, never one that stands on the command line."""
    from voicebot.accounts.password import good

    if sys.stdin.isatty():
        given = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    return good(str(given), login, name)


def _place(settings: Settings, role: Role, clients: list[str], technician: str) -> Any:
    """The place, with clients that exist."""
    from voicebot.accounts.account import Place
    from voicebot.clients.loader import find_client

    found = [find_client(settings.flows, name) for name in clients]
    if technician and not any(
        one.on_call and technician in one.on_call.technicians for one in found
    ):
        raise BadInput(f"none of these clients has a technician {technician!r}")
    return Place(role, frozenset(clients) if clients else None, technician)


def _readable(language: str) -> None:
    from voicebot.web.tongue import TONGUES

    if language and language not in TONGUES:
        raise BadInput(f"no page speaks {language!r}", todo=f"one of {', '.join(TONGUES)}")


def _note(connection: Connection, now: datetime, kind: Seen, account: Account, detail: str) -> None:
    from voicebot.accounts.trace import Trace
    from voicebot.store import audit

    about = f"account {account.login}"
    audit.note(connection, Trace(now, kind, "voicebot user", about=about, detail=detail))


def _line(one: Account) -> str:
    clients = "all clients" if one.clients is None else ", ".join(sorted(one.clients))
    parts = (
        f"{one.login:20}  {one.role:13}  {one.name}  ({clients})",
        f"  is {one.technician} in the rotas" if one.technician else "",
        "  second factor" if one.second_factor else "",
        "" if one.has_password else "  has no password yet",
        f"  closed {one.disabled_at:%F}" if one.disabled_at else "",
    )
    return "".join(parts)


def _plain(one: Account) -> dict[str, Any]:
    return {
        "login": one.login,
        "name": one.name,
        "role": one.role,
        "clients": sorted(one.clients) if one.clients is not None else None,
        "technician": one.technician or None,
        "language": one.language or None,
        "has_password": one.has_password,
        "second_factor": one.second_factor,
        "made_at": one.made_at,
        "seen_at": one.seen_at,
        "disabled_at": one.disabled_at,
    }
