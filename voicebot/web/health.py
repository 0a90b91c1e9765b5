"""Whether the server can take a call, for whatever watches over it."""

from __future__ import annotations

from fastapi import APIRouter

from voicebot.store.archive import Filter
from voicebot.web.parts import Parts


def router(parts: Parts) -> APIRouter:
    """The route of `/healthz`."""
    routes = APIRouter()

    @routes.get("/healthz")
    def health() -> dict[str, object]:
        """Ready when there are clients and the store answers; an error's status otherwise."""
        parts.archive.page(Filter(), size=1)
        return {"ready": bool(parts.clients), "clients": len(parts.clients)}

    return routes
