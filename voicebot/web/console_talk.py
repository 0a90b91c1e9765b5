"""What was said in a call, for a console that shows it: the lines that it does not have yet."""

from __future__ import annotations

from typing import Any

from voicebot.store.calls import Call
from voicebot.web.events import Feed
from voicebot.web.parts import Parts


def lines(parts: Parts, call: Call, after: int) -> dict[str, Any]:
    """The call's `entries` but the first `after`, as the call's stream sends them.

    A browser keeps six connections to one server, all of its tabs together. The console has one
    stream, which says that a call went on, and whoever shows the call asks for its new lines: a
    stream of its own for every call that is looked at would use the six up.
    """
    entries = parts.archive.entries(call.id)
    feed = Feed(parts, call.id)
    for entry in entries[:after]:
        feed.line(entry)  # what a line says may follow from those before it
    return {"entries": [feed.told(entry) for entry in entries[after:]], "count": len(entries)}
