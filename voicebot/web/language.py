"""Who reads which language: that of his account, of the cookie, of his contact, or French."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from voicebot.store import users
from voicebot.web import csrf, people, tongue
from voicebot.web.login import inside
from voicebot.web.parts import Parts
from voicebot.web.rights import Who
from voicebot.web.session import encrypted

SEE_OTHER = 303
COOKIE = "language"
YEAR_S = 365 * 24 * 3600


class Languages:
    """Around the application: every request begins in the language of its cookie, or in French.

    The gate then gives whoever is signed in his own, and a technician's link gives him his.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers as the application does, in that language."""
        if scope["type"] == "http":
            tongue.speak(Request(scope).cookies.get(COOKIE, tongue.SOURCE))
        await self.app(scope, receive, send)


def of(asking: Who, request: Request, parts: Parts) -> str:
    """That of his account, or of the browser, or of a technician's contact; or French."""
    return asking.language or request.cookies.get(COOKIE, "") or _of_contact(asking, parts)


def router(parts: Parts) -> APIRouter:
    """The route of `/language`, the choice at the foot of each page."""
    routes = APIRouter(include_in_schema=False)

    @routes.post("/language")
    async def choose(
        request: Request,
        language: Annotated[str, Form(max_length=300)] = "",
        next: Annotated[str, Form(max_length=2000)] = "",
    ) -> Response:
        """Kept in the account of whoever is signed in, and on this browser in any case."""
        code = language if language in tongue.TONGUES else tongue.SOURCE
        asking: Who | None = request.state.who
        if asking is not None:
            # The gate asks no token where no account is needed; an account is changed here.
            await csrf.check(request, asking.csrf)
            await run_in_threadpool(_keep, parts, asking, code)
        answer = RedirectResponse(inside(next), SEE_OTHER)
        secure = encrypted(request)
        answer.set_cookie(
            COOKIE, code, max_age=YEAR_S, httponly=True, samesite="lax", secure=secure
        )
        return answer

    return routes


def _of_contact(asking: Who, parts: Parts) -> str:
    for name in sorted(asking.clients or ()) if asking.technician else ():
        known = people.on_call_of(parts.clients.get(name)).technicians
        if asking.technician in known:
            return known[asking.technician].language
    return tongue.SOURCE


def _keep(parts: Parts, asking: Who, code: str) -> None:
    with parts.database.write() as connection:
        users.set_language(connection, asking.id, code)
