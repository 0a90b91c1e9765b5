"""Signing in: the password, then the second factor where there is one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts.keyring import KeyLost
from voicebot.accounts.session import Session
from voicebot.store import sessions, users
from voicebot.store.users import Proof
from voicebot.web import csrf, known_device, session
from voicebot.web.page import render
from voicebot.web.parts import Parts
from voicebot.web.sign_in import Door, Given, Try
from voicebot.web.tongue import N_, _

SEE_OTHER = 303
Text = Annotated[str, Form(max_length=300)]
Next = Annotated[str, Form(max_length=2000)]


@dataclass(frozen=True)
class Refusal:
    """Why somebody is not signed in, in his words."""

    status: int
    line: str


WRONG = Refusal(401, N_("Identifiant ou mot de passe incorrect."))
WRONG_CODE = Refusal(401, N_("Ce code n'est pas le bon, ou il a déjà servi."))
LOST = Refusal(
    503,
    N_(
        "Le serveur ne peut plus vérifier les codes de votre téléphone. Tapez un code de secours, "
        "ou demandez à l'administrateur de retirer votre double authentification."
    ),
)


def router(parts: Parts) -> APIRouter:
    """The routes of `/login` and `/logout`."""
    routes = APIRouter(include_in_schema=False)
    door = Door(parts)

    @routes.get("/login")
    def form(request: Request, next: str = "") -> Response:
        """Asks for login and password."""
        if request.state.who:
            return RedirectResponse(inside(next), SEE_OTHER)
        return _asked(request, next)

    @routes.post("/login")
    def sign_in(
        request: Request, login: Text, password: Text, csrf_: Csrf = "", next: Next = ""
    ) -> Response:
        """Lets in whose password is right, or asks for the second factor."""
        csrf.check_nobody(request, csrf_)
        proof = door.proof(login)
        found = door.password(_try(request, parts, login, proof), proof, password)
        if isinstance(found, datetime):
            return _asked(request, next, _wait(found, parts.clock.now()), login)
        if found is None or proof is None:
            return _asked(request, next, WRONG, login)
        if not found.halfway:
            return _enter(request, parts, proof, found, next)
        answer = RedirectResponse(_second(next), SEE_OTHER)
        session.put(answer, request, found.token)
        return answer

    @routes.post("/logout")
    def sign_out(request: Request) -> Response:
        """Ends this session."""
        door.leave(request.state.who, session.address(request))
        request.state.trace = None  # the log says it in its own words
        answer = RedirectResponse("/login", SEE_OTHER)
        session.drop(answer, request)
        return answer

    _second_factor(routes, parts, door)
    return routes


Csrf = Annotated[str, Form(alias=csrf.FIELD, max_length=200)]


def _second_factor(routes: APIRouter, parts: Parts, door: Door) -> None:
    """The second step."""

    @routes.get("/login/second")
    def form(request: Request, next: str = "") -> Response:
        """Asks for a code."""
        found = halfway(parts, request)
        if found is None:
            return RedirectResponse("/login", SEE_OTHER)
        return render(request, "login_second.html", csrf=found.csrf, next=next, refused="")

    @routes.post("/login/second")
    def prove(request: Request, code: Text, csrf_: Csrf = "", next: Next = "") -> Response:
        """Lets in whose code is right; another session begins, so that none is carried over."""
        found = halfway(parts, request)
        if found is None:
            return RedirectResponse("/login", SEE_OTHER)
        csrf.same(csrf_, found.csrf)
        with parts.database.read() as connection:
            login = users.find(connection, found.user_id).login
            proof = users.proof(connection, found.user_id)
        why = WRONG_CODE
        try:
            given = door.code(found, proof, _try(request, parts, login, proof), code)
        except KeyLost:
            given, why = None, LOST
        if given is None or isinstance(given, datetime):
            if given:
                why = _wait(given, parts.clock.now())
            values = {"csrf": found.csrf, "next": next, "refused": _(why.line)}
            return render(request, "login_second.html", why.status, **values)
        return _enter(request, parts, proof, given, next)


def halfway(parts: Parts, request: Request) -> Session | None:
    """The session of somebody whose password was right, and whose code is still asked."""
    with parts.database.read() as connection:
        found = sessions.find(connection, session.token_of(request), parts.clock.now())
        if found is None or not found.halfway:
            return None
        return found if users.proof(connection, found.user_id).second_factor else None


def inside(wanted: str) -> str:
    """Where one wanted to go, if it is a page of ours; the first page otherwise."""
    try:
        parsed = urlsplit(wanted)
    except ValueError:
        return HOME
    plain = wanted.startswith("/") and not wanted.startswith("//") and wanted.isprintable()
    return wanted if plain and "\\" not in wanted and not parsed.netloc else HOME


HOME = "/account/home"
"""Chooses the first page by role."""


def _try(request: Request, parts: Parts, login: str, proof: Proof | None) -> Try:
    """Who tries, from where, and whether he is known on this browser."""
    device = known_device.of(request, parts, proof, parts.clock.now())
    agent = request.headers.get("user-agent", "")
    return Try(login, session.address(request), agent, device)


def _enter(request: Request, parts: Parts, proof: Proof, given: Given, wanted: str) -> Response:
    """He is in; strangers who try his login will not keep him out on this browser."""
    answer = RedirectResponse(inside(wanted), SEE_OTHER)
    session.put(answer, request, given.token)
    known_device.put(answer, request, parts, proof)
    return answer


def _second(wanted: str) -> str:
    return "/login/second" + (f"?{urlencode({'next': wanted})}" if wanted else "")


def _asked(request: Request, next: str, why: Refusal | None = None, login: str = "") -> Response:
    token = csrf.of_nobody(request)
    values = {"csrf": token, "next": next, "login": login, "refused": _(why.line) if why else ""}
    page = render(request, "login.html", why.status if why else 200, **values)
    return csrf.keep(page, request, token)


def _wait(until: datetime, now: datetime) -> Refusal:
    minutes = math.ceil((until - now).total_seconds() / 60)
    if minutes == 1:
        return Refusal(429, _("Trop d'essais. Réessayez dans moins d'une minute."))
    line = _("Trop d'essais. Réessayez dans %(minutes)s minutes.", minutes=minutes)
    return Refusal(429, line)
