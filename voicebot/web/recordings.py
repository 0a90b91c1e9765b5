"""The recordings, to listen to; by pieces, so that a player may jump."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import FileResponse

from voicebot.errors import NotFound
from voicebot.web import permitted
from voicebot.web.parts import Parts
from voicebot.web.rights import Who, who


def router(parts: Parts) -> APIRouter:
    """The route of `/recordings/{call_id}.wav`."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/recordings/{call_id}.wav")
    def recording(call_id: str, asking: Annotated[Who, Depends(who)]) -> FileResponse:
        """One channel a voice: the caller, the bot, a third party; `Range` is obeyed."""
        file = parts.recording(permitted.call(parts, asking, call_id).id)
        if file is None:
            raise NotFound(f"call {call_id} has no recording")
        return FileResponse(
            file,
            media_type="audio/wav",
            filename=f"appel-{call_id}.wav",
            content_disposition_type="inline",
        )

    return routes
