"""The page behind a link that opens once: the first administrator, or a password to choose."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts import password as passwords
from voicebot.accounts.account import Account, Place
from voicebot.accounts.role import Role
from voicebot.accounts.trace import Seen, Trace
from voicebot.errors import BadInput, NotFound
from voicebot.store import audit, invitations, sessions, users
from voicebot.store.invitations import Invitation
from voicebot.store.users import Proof
from voicebot.web import csrf, known_device, session, tongue
from voicebot.web.account_words import refusal
from voicebot.web.page import render
from voicebot.web.parts import Parts

SEE_OTHER = 303
HOME, SECOND = "/account/home", "/login/second"
Text = Annotated[str, Form(max_length=300)]


def router(parts: Parts) -> APIRouter:
    """The route of `/welcome/{token}`."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/welcome/{token}")
    def show(request: Request, token: str) -> Response:
        """Asks; changes nothing, because mail programs fetch links to look behind them."""
        found = opened(parts, token)
        if found is None:
            return render(request, "welcome_over.html", 410)
        return _asked(request, _account(parts, found))

    @routes.post("/welcome/{token}")
    def choose(
        request: Request,
        token: str,
        password: Text,
        again: Text,
        login: Text = "",
        name: Text = "",
        csrf_: Annotated[str, Form(alias=csrf.FIELD, max_length=200)] = "",
    ) -> Response:
        """Keeps the password, and lets its owner in."""
        csrf.check_nobody(request, csrf_)
        found = opened(parts, token)
        if found is None:
            return render(request, "welcome_over.html", 410)
        account = _account(parts, found)
        if account:
            login, name = account.login, account.name
        kept = {"login": login, "name": name}
        try:
            if password != again:
                raise BadInput("the two passwords differ")
            hashed = passwords.hashed(passwords.good(password, login, name))
            token, proof = _begin(parts, request, found, hashed, login, name)
        except BadInput as error:
            return _asked(request, account, refusal(error), **kept)
        # Who has a second factor is asked for it first: his home is beyond the door's second step.
        answer = RedirectResponse(SECOND if proof.second_factor else HOME, SEE_OTHER)
        session.put(answer, request, token)
        if not proof.second_factor:
            known_device.put(answer, request, parts, proof)
        return answer

    return routes


def opened(parts: Parts, token: str) -> Invitation | None:
    """What the link opens; None when it opens nothing any more, or never did."""
    with parts.database.read() as connection:
        found = invitations.find(connection, token)
        if found is None or found.over(parts.clock.now()):
            return None
        if found.user_id is None:
            return found if users.none_yet(connection) else None
        return None if users.find(connection, found.user_id).disabled_at else found


def _account(parts: Parts, found: Invitation) -> Account | None:
    if found.user_id is None:
        return None
    with parts.database.read() as connection:
        account = users.find(connection, found.user_id)
    if account.language:
        # Nobody is signed in yet: whose link it is, his language it speaks.
        tongue.speak(account.language)
    return account


def _begin(
    parts: Parts, request: Request, found: Invitation, hashed: str, login: str, name: str
) -> tuple[str, Proof]:
    """One transaction: the link is used up, the password kept, the session begun."""
    now, address = parts.clock.now(), session.address(request)
    with parts.database.write() as connection:
        if not invitations.use(connection, found.id, now):
            raise NotFound("this link was used")
        if found.user_id is None:
            if not users.none_yet(connection):
                raise NotFound("there is an administrator already")
            made = users.add(connection, login, name, Place(Role.ADMINISTRATOR), now)
            kind = Seen.ACCOUNT_ADDED
        else:
            made, kind = users.find(connection, found.user_id), Seen.PASSWORD_CHANGED
        users.set_password(connection, made.id, hashed, now)
        sessions.end_all(connection, made.id)
        trace: dict[str, Any] = {"at": now, "who": made.login, "user_id": made.id}
        about = f"account {made.login}"
        audit.note(connection, Trace(kind=kind, about=about, address=address, **trace))
        proof = users.proof(connection, made.id)
        if not proof.second_factor:
            users.signed_in(connection, made.id, now)
            audit.note(connection, Trace(kind=Seen.SIGNED_IN, address=address, **trace))
        agent = request.headers.get("user-agent", "")
        halfway = proof.second_factor
        token = sessions.begin(
            connection, made.id, now, halfway=halfway, agent=agent, address=address
        )
        return token, proof


def _asked(request: Request, account: Account | None, refused: str = "", **kept: str) -> Response:
    token = csrf.of_nobody(request)
    values = {"login": "", "name": "", **kept, "csrf": token, "account": account}
    status = 400 if refused else 200
    page = render(request, "welcome.html", status, refused=refused, **values)
    return csrf.keep(page, request, token)
