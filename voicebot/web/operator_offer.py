"""Where an operator's headset connects: her browser's WebRTC offer in, the answer out."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from voicebot.web.parts import Parts
from voicebot.web.rights import Who, who


class HeadsetOffer(BaseModel):
    """A headset that somebody wants to connect."""

    model_config = ConfigDict(extra="forbid")

    sdp: str = Field(min_length=1, max_length=100_000)
    type: Literal["offer"]


class HeadsetAnswer(BaseModel):
    """What the browser needs to connect."""

    sdp: str
    type: str


def router(parts: Parts) -> APIRouter:
    """The route of `/api/operator/offer`."""
    routes = APIRouter(prefix="/api/operator", include_in_schema=False)

    @routes.post("/offer")
    async def offer(asking: Annotated[Who, Depends(who)], wanted: HeadsetOffer) -> HeadsetAnswer:
        """Connects her headset; it takes the place of one that she has connected already."""
        given = await parts.switchboard.headset(wanted.sdp, wanted.type, asking.id, asking.name)
        return HeadsetAnswer(sdp=given.sdp, type=given.type)

    return routes
