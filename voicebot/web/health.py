"""Whether calls are taken, people rung and letters sent, for whatever watches over it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from voicebot.store import dead_letters, escalations
from voicebot.web.parts import Parts

UNAVAILABLE = 503


def router(parts: Parts) -> APIRouter:
    """The route of `/healthz`."""
    routes = APIRouter()

    @routes.get("/healthz")
    def health(request: Request, response: Response) -> dict[str, object]:
        """An error's status where calls are not taken, or nobody would be rung.

        Letters that lie undelivered are told and do not change it: calls are taken all the same.
        """
        now = parts.clock.now()
        with parts.database.read() as connection:
            letters = dead_letters.alarm(connection, now)
            overdue = escalations.overdue(connection, now)
        # Set by whoever runs a worker in this process; another process shows by what is overdue.
        worker = getattr(request.app.state, "worker", None)
        condition = str(worker.condition) if worker else "elsewhere"
        rings = not overdue and condition in ("working", "elsewhere")
        if not rings:
            response.status_code = UNAVAILABLE
        return {
            "ready": bool(parts.clients) and rings,
            "clients": len(parts.clients),
            "worker": condition,
            "worker_restarts": worker.restarts if worker else 0,
            "alerts_overdue": overdue,
            "letters_failed": letters.failed,
            "letters_late": letters.late,
        }

    return routes
