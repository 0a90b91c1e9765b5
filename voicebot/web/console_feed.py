"""The stream that keeps a console up to date: server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator

from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from voicebot.calls.live import Events
from voicebot.store.database import to_json
from voicebot.store.entry import Entry
from voicebot.web import console_labels as labels
from voicebot.web.console_notes import NOTED
from voicebot.web.console_place import operator, presence
from voicebot.web.console_view import View
from voicebot.web.events import BEAT, BEAT_S
from voicebot.web.watching import HEADERS

GATHER_S = 0.25
"""Words that are being said are sent as one change within this time: they come ten times a second
from every call, and a page is made for every console. All else is sent at once."""


def stream(view: View) -> StreamingResponse:
    """The response that carries the stream; she is at her place for as long as it lasts."""
    return StreamingResponse(regions(view), media_type="text/event-stream", headers=HEADERS)


async def regions(view: View, gather_s: float = GATHER_S) -> AsyncIterator[str]:
    """The regions at once, then each time they change, the calls about which a note was
    written, and why a call rings at her place no more; a beat when nothing happens.
    """
    shown: dict[str, str] = {}
    noted: list[str] = []
    missed: list[str] = []
    operators, live = view.parts.operators, view.parts.live
    # Watching starts before the store is read, so nothing falls between the two; what comes
    # twice changes nothing.
    profile = await run_in_threadpool(view.profile)
    seated = operators.console(operator(view.asking, profile), presence(profile))
    with live.watch() as queue, seated:
        await run_in_threadpool(view.open)
        while True:
            found = await run_in_threadpool(view.regions, view.place())
            changed = {name: html for name, html in found.items() if shown.get(name) != html}
            shown.update(changed)
            if changed or noted or missed:
                told = {"regions": changed, "noted": noted, "missed": missed}
                yield f"data: {to_json(told)}\n\n"
            happened = await _happened(queue, gather_s)
            if not happened:
                yield BEAT
            missed = list(_missed(view, happened))
            noted = [call_id for call_id, entry in happened if entry.kind == NOTED]
            await run_in_threadpool(view.take, happened)


def _missed(view: View, happened: Iterable[tuple[str, Entry]]) -> Iterator[str]:
    """Why a call rings at her place no more, where it was not her own doing."""
    for _, entry in happened:
        mine = entry.kind == "incoming_over" and entry.data.get("operator") == view.asking.id
        if mine and (why := labels.missed(str(entry.data.get("outcome")))):
            yield why


async def _happened(queue: Events, gather_s: float) -> list[tuple[str, Entry]]:
    """What happens next, with what follows it closely; nothing when a beat has passed."""
    try:
        found = [await asyncio.wait_for(queue.get(), BEAT_S)]
    except TimeoutError:
        return []
    if found[0][1].kind == "hearing":
        await asyncio.sleep(gather_s)
    while not queue.empty():
        found.append(queue.get_nowait())
    return found
