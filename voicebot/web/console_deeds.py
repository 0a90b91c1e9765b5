"""What an operator does at the console: presence, answering, whispering, stepping into a call."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.responses import JSONResponse, Response

from voicebot.errors import NotFound
from voicebot.handoff.incoming import LONGEST_REASON
from voicebot.handoff.ongoing import TAKEN_OVER, Request, RunningCall
from voicebot.handoff.presence import CHOSEN, Presence
from voicebot.web import console_labels as labels
from voicebot.web.parts import Parts
from voicebot.web.rights import Who, who

LONGEST_WHISPER = 300
"""Characters: 20 s of speech."""
DONE, CONFLICT = 204, 409
Asking = Annotated[Who, Depends(who)]
Words = Annotated[str, Form(max_length=LONGEST_REASON)]


def router(parts: Parts) -> APIRouter:
    """The routes under `/api/console` that change something; all on the calls' event loop."""
    routes = APIRouter(prefix="/api/console", include_in_schema=False)

    @routes.post("/presence")
    async def turn(asking: Asking, presence: Annotated[Presence, Form()]) -> Response:
        """She is available, on a break, or writing down a call."""
        if presence not in CHOSEN:
            return _refused(f"presence: one of {', '.join(CHOSEN)}")
        parts.operators.turn(asking.id, presence)
        return Response(status_code=DONE)

    _answering(routes, parts)
    _stepping_in(routes, parts)
    return routes


def _answering(routes: APIRouter, parts: Parts) -> None:
    """What she does with a call that rings at her place."""

    @routes.post("/incoming/{ring}/accept")
    async def accept(asking: Asking, ring: str) -> Response:
        """She takes it."""
        found = parts.operators.find(asking.id, ring)
        if found is None:
            return _refused(labels.late("caller_left"))
        if not found.accept():
            return _refused(labels.late(str(found.outcome)))
        return Response(status_code=DONE)

    @routes.post("/incoming/{ring}/decline")
    async def decline(asking: Asking, ring: str, reason: Words = "", other: Words = "") -> Response:
        """She does not, for a reason; one that is already over is left as it is."""
        if found := parts.operators.find(asking.id, ring):
            found.decline(reason or other)
        return Response(status_code=DONE)

    @routes.post("/incoming/{ring}/listen")
    async def listen(asking: Asking, ring: str) -> Response:
        """She wants to hear the briefing again."""
        if found := parts.operators.find(asking.id, ring):
            found.listen()
        return Response(status_code=DONE)


def _stepping_in(routes: APIRouter, parts: Parts) -> None:
    """What she does with a call that the bot has."""

    @routes.post("/calls/{call_id}/take")
    async def take(asking: Asking, call_id: str) -> Response:
        """She takes it over."""
        wish = Request(TAKEN_OVER, asking.id)
        if not _call(parts, asking, call_id).take_over(wish):
            return _refused(labels.handed_over())
        return Response(status_code=DONE)

    @routes.post("/calls/{call_id}/whisper")
    async def whisper(
        asking: Asking,
        call_id: str,
        text: Annotated[str, Form(max_length=LONGEST_WHISPER)],
    ) -> Response:
        """The bot says her words next."""
        words = " ".join(text.split())
        if words and not _call(parts, asking, call_id).whisper(words, asking.name):
            return _refused(labels.handed_over())
        return Response(status_code=DONE)


def _call(parts: Parts, asking: Who, call_id: str) -> RunningCall:
    """A running call that she may see.

    Raises:
        NotFound: there is none here, or it is not her business.
    """
    found = parts.ongoing.find(call_id)
    if not asking.may_see(found.session.client.name):
        raise NotFound(f"no call {call_id} goes on here")
    return found


def _refused(why: str) -> JSONResponse:
    """Why nothing was done, as the console shows it."""
    return JSONResponse({"error": why}, CONFLICT)
