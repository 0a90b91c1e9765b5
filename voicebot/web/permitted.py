"""Calls, for whoever may see them: another client's call does not exist for him."""

from __future__ import annotations

from voicebot.errors import NotFound
from voicebot.store.archive import WholeCall
from voicebot.store.calls import Call
from voicebot.web.parts import Parts
from voicebot.web.rights import Who


def call(parts: Parts, asking: Who, call_id: str) -> Call:
    """One call.

    Raises:
        NotFound: there is no such call, or it is not his to see: the answer does not tell which.
    """
    found = parts.archive.call(call_id)
    _seen(asking, found)
    return found


def whole(parts: Parts, asking: Who, call_id: str) -> WholeCall:
    """One call, whole.

    Raises:
        NotFound: there is no such call, or it is not his to see.
    """
    found = parts.archive.whole(call_id)
    _seen(asking, found.call)
    return found


def _seen(asking: Who, found: Call) -> None:
    if not asking.may_see(found.client):
        raise NotFound(f"no call {found.id} in the store")
