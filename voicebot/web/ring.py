"""The first page: choose a company, ring it, see what is heard and decided."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from voicebot.web.page import render
from voicebot.web.parts import Parts

LETTERS = ("", "ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ", "", "", "")
KEYS = tuple(zip("123456789*0#", LETTERS, strict=True))
"""The keypad, row by row."""


def router(parts: Parts) -> APIRouter:
    """The route of `/`."""
    routes = APIRouter()

    @routes.get("/", include_in_schema=False)
    def ring(request: Request, client: str | None = None) -> Response:
        """The page; `client` is chosen already when a link names it."""
        listed = sorted(parts.clients.values(), key=lambda found: found.company)
        chosen = client if client in parts.clients else next((c.name for c in listed), None)
        return render(request, "ring.html", clients=listed, chosen=chosen, keys=KEYS)

    return routes
