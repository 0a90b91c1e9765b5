"""Errors as pages for people and as one line of JSON for programs."""

from __future__ import annotations

import logging
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from voicebot.errors import BadInput, NotFound, StoreFull, VoicebotError
from voicebot.web.page import render
from voicebot.web.tongue import N_, _

log = logging.getLogger(__name__)

SENTENCES = {
    400: N_("Cette demande n'a pas pu être comprise."),
    401: N_("Connectez-vous pour voir cette page."),
    403: N_("Votre compte ne permet pas de faire cela."),
    404: N_("Cette page n'existe pas, ou n'existe plus."),
    422: N_("Cette demande n'a pas pu être comprise."),
    429: N_("Trop d'appels à la fois. Patientez quelques secondes."),
    503: N_("Toutes les lignes sont occupées. Rappelez dans un instant."),
    507: N_("Le disque est plein : rien ne peut plus être enregistré."),
}
SORRY = N_("Quelque chose n'a pas fonctionné. L'incident est noté dans le journal du serveur.")


class MustEnrol(HTTPException):
    """The account needs its second factor first."""

    def __init__(self) -> None:
        super().__init__(403, "this account needs its second factor first")


def handle(app: FastAPI) -> None:
    """Teaches the application to answer every error in one clear line."""

    @app.exception_handler(VoicebotError)
    async def ours(request: Request, error: VoicebotError) -> Response:
        return answer(request, status(error), str(error))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"][1:])
        return answer(request, 422, f"{place}: {first['msg']}" if place else str(first["msg"]))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        if error.status_code == 401 and not _program(request):
            return _to_sign_in(request)
        if isinstance(error, MustEnrol) and not _program(request):
            return RedirectResponse("/account", 303)
        return answer(request, error.status_code, str(error.detail))

    @app.exception_handler(Exception)
    async def unforeseen(request: Request, error: Exception) -> Response:
        # Starlette raises it again once this is sent, and the server logs it with its traceback.
        return answer(request, 500, "the server made a mistake; its log says which")


def status(error: VoicebotError) -> int:
    """The HTTP status of one of our errors."""
    match error:
        case NotFound():
            return 404
        case BadInput():
            return 400
        case StoreFull():
            return 507
        case _:
            return 503


def answer(request: Request, status: int, line: str) -> Response:
    """The error, as whoever asked reads it."""
    if _program(request):
        return JSONResponse({"error": line}, status)
    sentence = _(SENTENCES.get(status, SORRY))
    return render(request, "error.html", status=status, sentence=sentence, code=status)


def _program(request: Request) -> bool:
    """Whether a program asks, which reads JSON."""
    return request.url.path.startswith("/api/") or request.url.path == "/healthz"


def _to_sign_in(request: Request) -> Response:
    """To the page where one signs in, and from there back to where one wanted to go."""
    if request.headers.get("HX-Request") == "true":
        # Not into a corner of the page that is shown: away from it.
        return Response(status_code=401, headers={"HX-Redirect": "/login"})
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    query = f"?{urlencode({'next': wanted})}" if request.method == "GET" and wanted != "/" else ""
    return RedirectResponse(f"/login{query}", 303)
