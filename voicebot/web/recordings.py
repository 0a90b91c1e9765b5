"""The recordings, to listen to; by pieces, so that a player may jump."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import FileResponse

from voicebot.errors import NotFound
from voicebot.web.parts import Parts


def router(parts: Parts) -> APIRouter:
    """The route of `/recordings/{call_id}.wav`."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/recordings/{call_id}.wav")
    def recording(call_id: str) -> FileResponse:
        """The two channels: the caller left, the bot right; `Range` is obeyed."""
        file = parts.recording(parts.archive.call(call_id).id)
        if file is None:
            raise NotFound(f"call {call_id} has no recording")
        return FileResponse(
            file,
            media_type="audio/wav",
            filename=f"appel-{call_id}.wav",
            content_disposition_type="inline",
        )

    return routes
