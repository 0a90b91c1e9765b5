"""What programs may ask, as OpenAPI; behind the gate as everything is."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from voicebot.web.parts import Parts


def router(parts: Parts) -> APIRouter:
    """The route of `/api/openapi.json`."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/api/openapi.json")
    def schema(request: Request) -> dict[str, Any]:
        """The schema."""
        return dict(request.app.openapi())

    return routes
