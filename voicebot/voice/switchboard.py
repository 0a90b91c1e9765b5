"""The switchboard: takes WebRTC offers, and keeps every call apart from every other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from voicebot.voice.parts import Parts


@dataclass(frozen=True)
class Answer:
    """What the caller's side needs to connect."""

    sdp: str
    type: str
    call_id: str


@dataclass(frozen=True)
class Ongoing:
    """A call that is going on."""

    call_id: str
    client: str
    caller_number: str | None
    since: datetime
    """UTC."""


class Switchboard:
    """Answers calls, as many at once as `parts.max_calls`; one event loop, one switchboard."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    async def offer(
        self, sdp: str, type: str, client: str, caller_number: str | None = None
    ) -> Answer:
        """Takes a call.

        The call over the limit is answered too: it hears when to ring again.

        Raises:
            NotFound: no client has that name.
            BadInput: the SDP offer cannot be used.
            LinesBusy: there are too many calls even to say so; HTTP's 503.
        """
        raise NotImplementedError

    def ongoing(self) -> tuple[Ongoing, ...]:
        """The calls that are going on, the oldest first."""
        raise NotImplementedError

    async def close(self) -> None:
        """Ends every call properly, with cause "shutdown"; takes no new ones."""
        raise NotImplementedError
