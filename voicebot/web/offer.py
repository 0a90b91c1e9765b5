"""Where a browser rings: its WebRTC offer in, the switchboard's answer out."""

from __future__ import annotations

from typing import Literal

import phonenumbers
from fastapi import APIRouter, HTTPException, Request, Response
from pydantic import BaseModel, ConfigDict, Field, field_validator

from voicebot.web import ring_pass
from voicebot.web.parts import Parts
from voicebot.web.throttle import Throttle


class Offer(BaseModel):
    """A call that somebody wants to make."""

    model_config = ConfigDict(extra="forbid")

    sdp: str = Field(min_length=1, max_length=100_000)
    type: Literal["offer"]
    client: str = Field(min_length=1, max_length=64)
    caller_number: str | None = Field(None, pattern=r"^\+?[0-9 .()/-]{2,24}$")
    """As dialled; kept as E.164 where it is a number that exists."""

    @field_validator("caller_number")
    @classmethod
    def _normalised(cls, value: str | None) -> str | None:
        return e164(value) if value else None


class Answer(BaseModel):
    """What the browser needs to connect, and the call that it is."""

    sdp: str
    type: str
    call_id: str


def e164(text: str) -> str:
    """The number in its international form; the digits as given when it is not a public number."""
    try:
        parsed = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed and phonenumbers.is_possible_number(parsed):
        return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return "".join(c for c in text if c.isdigit())


def router(parts: Parts) -> APIRouter:
    """The route of `/api/offer`."""
    routes = APIRouter(prefix="/api")
    throttle = Throttle(parts.clock)

    @routes.post("/offer")
    async def offer(request: Request, response: Response, wanted: Offer) -> Answer:
        """Rings a company; 404 when no client has that name, 503 when every line is taken."""
        if not throttle.allows(request.client.host if request.client else ""):
            raise HTTPException(429, "too many calls from this address; wait a few seconds")
        client = parts.client(wanted.client).name
        given = await parts.switchboard.offer(wanted.sdp, wanted.type, client, wanted.caller_number)
        ring_pass.put(response, request, parts.ring_key, given.call_id)
        return Answer(sdp=given.sdp, type=given.type, call_id=given.call_id)

    return routes
