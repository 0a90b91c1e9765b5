"""The accounts, for the administrator: who there is, what each may see, and the way in."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from voicebot.accounts.account import Account, Place
from voicebot.accounts.role import Role
from voicebot.accounts.trace import Seen, Trace
from voicebot.errors import BadInput
from voicebot.store import audit, invitations, recovery_codes, sessions, users
from voicebot.web import people, session
from voicebot.web.account_words import DUTIES, ROLES, refusal
from voicebot.web.page import render
from voicebot.web.parts import Parts
from voicebot.web.rights import Who, who
from voicebot.web.takes import shown
from voicebot.web.tongue import N_, _

SEE_OTHER = 303
Text = Annotated[str, Form(max_length=300)]
Slugs = Annotated[list[str], Form()]
Asking = Annotated[Who, Depends(who)]
DONE = {
    "changed": N_("Le compte est modifié."),
    "takes": N_("Enregistré : cela compte dès le prochain appel."),
    "disable": N_("Le compte est fermé, et déconnecté partout."),
    "enable": N_("Le compte est rouvert."),
    "forget": N_("La double authentification est retirée : la personne la remettra en place."),
    "sign_out": N_("La personne est déconnectée partout."),
}
DEEDS = ("disable", "enable", "forget", "sign_out")


def router(parts: Parts) -> APIRouter:
    """The routes of `/users`."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/users")
    def listed(request: Request) -> Response:
        """All of them."""
        return _list(parts, request)

    @routes.post("/users")
    def add(
        request: Request,
        asking: Asking,
        login: Text,
        name: Text,
        role: Annotated[Role, Form()],
        clients: Slugs = [],  # noqa: B006  FastAPI copies it
        technician: Text = "",
    ) -> Response:
        """Makes an account; its owner chooses his password by a link that is shown once."""
        try:
            place = place_of(parts, role, clients, technician)
            with parts.database.write() as connection:
                made = users.add(connection, login, name, place, parts.clock.now())
                note(connection, parts, request, asking, Seen.ACCOUNT_ADDED, made)
                token = invitations.make(connection, made.id, parts.clock.now())
        except BadInput as error:
            return _list(parts, request, refusal(error), login=login, name=name, role=role)
        return _link(request, made, token)

    @routes.get("/users/{user_id}")
    def one(request: Request, user_id: int, done: str = "") -> Response:
        """One of them."""
        return one_page(parts, request, user_id, done=_(DONE[done]) if done in DONE else "")

    @routes.post("/users/{user_id}")
    def change(
        request: Request,
        asking: Asking,
        user_id: int,
        name: Text,
        role: Annotated[Role, Form()],
        clients: Slugs = [],  # noqa: B006
        technician: Text = "",
    ) -> Response:
        """Another name, role or clients; he signs in again with them."""
        try:
            place = place_of(parts, role, clients, technician)
            with parts.database.write() as connection:
                changed = users.change(connection, user_id, name, place)
                note(connection, parts, request, asking, Seen.ACCOUNT_CHANGED, changed)
        except BadInput as error:
            return one_page(parts, request, user_id, refused=refusal(error))
        return RedirectResponse(f"/users/{user_id}?done=changed", SEE_OTHER)

    _deeds(routes, parts)
    return routes


def _deeds(routes: APIRouter, parts: Parts) -> None:
    """What else the administrator does to an account."""

    @routes.post("/users/{user_id}/link")
    def link(request: Request, asking: Asking, user_id: int) -> Response:
        """A link by which its owner chooses another password."""
        with parts.database.write() as connection:
            account = users.find(connection, user_id)
            token = invitations.make(connection, user_id, parts.clock.now())
            note(connection, parts, request, asking, Seen.LINK_MADE, account)
        return _link(request, account, token)

    @routes.post("/users/{user_id}/{deed}")
    def do(request: Request, asking: Asking, user_id: int, deed: str) -> Response:
        """Closes it, opens it again, takes its second factor away, signs it out."""
        if deed not in DEEDS:
            raise BadInput(f"{deed!r} is nothing that can be done to an account")
        try:
            with parts.database.write() as connection:
                account = users.find(connection, user_id)
                _do(connection, parts, account, deed)
                kind = Seen.SECOND_FACTOR_OFF if deed == "forget" else Seen.ACCOUNT_CHANGED
                note(connection, parts, request, asking, kind, account, deed)
        except BadInput as error:
            return one_page(parts, request, user_id, refused=refusal(error))
        return RedirectResponse(f"/users/{user_id}?done={deed}", SEE_OTHER)


def _do(connection: Connection, parts: Parts, account: Account, deed: str) -> None:
    match deed:
        case "disable":
            users.disable(connection, account.id, parts.clock.now())
        case "enable":
            users.enable(connection, account.id)
        case "forget":
            users.keep_secret(connection, account.id, None)
            recovery_codes.replace(connection, account.id, ())
            sessions.end_all(connection, account.id)
        case "sign_out":
            sessions.end_all(connection, account.id)


def place_of(parts: Parts, role: Role, clients: list[str], technician: str) -> Place:
    """The place that a form gives: no client chosen means all, where that may be.

    Raises:
        BadInput: it would show too much, or nothing; no such client or technician.
    """
    chosen = frozenset(filter(None, clients))
    for name in chosen:
        parts.client(name)
    # Two clients may call two people by one id: it counts at the clients that are chosen.
    if (
        role is Role.TECHNICIAN
        and technician
        and not any(
            technician in people.on_call_of(parts.client(name)).technicians for name in chosen
        )
    ):
        raise BadInput("a technician needs his id in the rotas")
    return Place(
        role,
        (chosen or None) if role is not Role.ADMINISTRATOR else None,
        technician if role is Role.TECHNICIAN else "",
    )


def _list(parts: Parts, request: Request, refused: str = "", **kept: Any) -> Response:
    with parts.database.read() as connection:
        found = users.listed(connection)
    values = {"login": "", "name": "", "role": Role.OPERATOR, **kept}
    status = 400 if refused else 200
    return render(
        request, "users.html", status, users=found, refused=refused, **values, **_choices(parts)
    )


def one_page(
    parts: Parts, request: Request, user_id: int, *, refused: str = "", done: str = ""
) -> Response:
    """The page of one account."""
    now = parts.clock.now()
    with parts.database.read() as connection:
        account = users.find(connection, user_id)
        found = sessions.of(connection, user_id, now)
        takes = shown(parts, connection, account)
    values = {"account": account, "sessions": found, "refused": refused, "done": done, "now": now}
    status = 400 if refused else 200
    return render(request, "user.html", status, takes=takes, **values, **_choices(parts))


def _choices(parts: Parts) -> dict[str, Any]:
    """What the forms offer."""
    known = sorted(parts.clients.values(), key=lambda one: one.company)
    technicians = {
        (person.id, person.name)
        for client in known
        for person in people.on_call_of(client).technicians.values()
    }
    return {
        "roles": ROLES,
        "duties": DUTIES,
        "clients": known,
        "company": parts.company,
        "technicians": sorted(technicians, key=lambda one: one[1]),
    }


def _link(request: Request, account: Account, token: str) -> Response:
    address = f"{str(request.base_url).rstrip('/')}/welcome/{token}"
    return render(request, "user_link.html", account=account, address=address)


def note(
    connection: Connection,
    parts: Parts,
    request: Request,
    asking: Who,
    kind: Seen,
    account: Account,
    detail: str = "",
) -> None:
    """In place of the line that says "changed" and no more."""
    request.state.trace = None
    trace = Trace(
        parts.clock.now(),
        kind,
        asking.login,
        asking.id,
        about=f"account {account.login}",
        detail=detail or ("" if kind is Seen.LINK_MADE else str(account.role)),
        address=session.address(request),
    )
    audit.note(connection, trace)
