"""Letters that did not arrive: tried again, or noted, by an operator."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from voicebot.store import dead_letters
from voicebot.web.parts import Parts

SEE_OTHER = 303


def router(parts: Parts) -> APIRouter:
    """The routes of `/letters`; their list stands on the page of the alerts."""
    routes = APIRouter(include_in_schema=False)

    @routes.post("/letters/{letter_id}/retry")
    def retry(letter_id: int) -> Response:
        """Sends it again, from now."""
        with parts.database.write() as connection:
            dead_letters.retry(connection, letter_id, parts.clock.now())
        return RedirectResponse("/alerts", SEE_OTHER)

    @routes.post("/letters/{letter_id}/dismiss")
    def dismiss(letter_id: int) -> Response:
        """Somebody knows: it alarms no more."""
        with parts.database.write() as connection:
            dead_letters.dismiss(connection, letter_id, parts.clock.now())
        return RedirectResponse("/alerts", SEE_OTHER)

    return routes
