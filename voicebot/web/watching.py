"""A page that keeps itself up to date: its regions are sent again whenever they change."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from voicebot.store.database import to_json
from voicebot.web.events import BEAT, BEAT_S

LOOK_S = 1.0
"""How often the store is asked: what changes there may be another process's doing."""
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

Look = Callable[[], Mapping[str, str]]


def watched(look: Look) -> StreamingResponse:
    """The stream of a page.

    Args:
        look: gives the HTML of each region by its id, and `title`; runs in a thread.
    """
    return StreamingResponse(regions(look), media_type="text/event-stream", headers=HEADERS)


async def regions(look: Look, every_s: float = LOOK_S) -> AsyncIterator[str]:
    """The regions that changed, at once and then whenever they do; a beat when nothing does."""
    shown: dict[str, str] = {}
    quiet_s = 0.0
    while True:
        found = await run_in_threadpool(look)
        changed = {name: html for name, html in found.items() if shown.get(name) != html}
        if changed:
            shown.update(changed)
            quiet_s = 0.0
            yield f"data: {to_json(changed)}\n\n"
        elif quiet_s >= BEAT_S:
            quiet_s = 0.0
            yield BEAT
        await asyncio.sleep(every_s)
        quiet_s += every_s
