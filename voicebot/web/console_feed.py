"""The stream that keeps a console up to date: server-sent events."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator

from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from voicebot.calls.live import Events
from voicebot.store.database import to_json
from voicebot.store.entry import Entry
from voicebot.web import console_labels as labels
from voicebot.web.console_notes import NOTED
from voicebot.web.console_place import operator, presence
from voicebot.web.console_sent import Sent
from voicebot.web.console_view import View
from voicebot.web.events import BEAT_S
from voicebot.web.watching import HEADERS

Happened = list[tuple[str, Entry]]
BEAT = "event: beat\ndata:\n\n"
"""An event, not a comment: the page counts on it, and connects again when it does not come."""
GATHER_S = 0.25
"""Words that are being said are sent as one change within this time: they come ten times a second
from every call, and a page is made for every console. All else is sent at once."""


def stream(view: View) -> StreamingResponse:
    """The response that carries the stream; she is at her place for as long as it lasts."""
    return StreamingResponse(regions(view), media_type="text/event-stream", headers=HEADERS)


async def regions(view: View, gather_s: float = GATHER_S) -> AsyncIterator[str]:
    """The page whole, then what changes in it; a beat when nothing was sent for a while.

    Each message is JSON with what `Sent.change` tells, and where there are any: `moved`, the calls
    whose journal went on; `noted`, those about which a note was written; `missed`, why a call rings
    at her place no more.
    """
    sent = Sent()
    told: dict[str, list[str]] = {}
    operators, live = view.parts.operators, view.parts.live
    # Watching starts before the store is read, so nothing falls between the two; what comes
    # twice changes nothing.
    profile = await run_in_threadpool(view.profile)
    seated = operators.console(operator(view.asking, profile), presence(profile))
    with live.watch() as queue, seated:
        await run_in_threadpool(view.open)
        beaten = time.monotonic()
        while True:
            change = await run_in_threadpool(sent.change, view, view.place())
            change |= {name: found for name, found in told.items() if found}
            if change:
                beaten = time.monotonic()
                yield f"data: {to_json(change)}\n\n"
            # Counted from what was sent last: the calls of other clients happen here too, and
            # say nothing to her.
            left_s = beaten + BEAT_S - time.monotonic()
            happened = await _happened(queue, gather_s, left_s)
            if not happened:
                beaten = time.monotonic()
                yield BEAT
            told = {
                "missed": list(_missed(view, happened)),
                "noted": list(_noted(view, happened)),
                "moved": await run_in_threadpool(view.take, happened),
            }


def _missed(view: View, happened: Happened) -> Iterator[str]:
    """Why a call rings at her place no more, where it was not her own doing."""
    for _, entry in happened:
        mine = entry.kind == "incoming_over" and entry.data.get("operator") == view.asking.id
        if mine and (why := labels.missed(str(entry.data.get("outcome")))):
            yield why


def _noted(view: View, happened: Happened) -> Iterator[str]:
    """The calls of her clients about which somebody wrote a note."""
    for call_id, entry in happened:
        if entry.kind == NOTED and view.asking.may_see(str(entry.data.get("client"))):
            yield call_id


async def _happened(queue: Events, gather_s: float, wait_s: float) -> Happened:
    """What happens next, with what follows it closely; nothing when it is time for a beat."""
    try:
        found = [await asyncio.wait_for(queue.get(), wait_s)]
    except TimeoutError:
        return []
    if found[0][1].kind == "hearing":
        await asyncio.sleep(gather_s)
    while not queue.empty():
        found.append(queue.get_nowait())
    return found
