"""Keeps what happens in one transfer, in its order, off the audio's thread."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from voicebot.calls.session import CallSession
from voicebot.errors import StoreFull
from voicebot.handoff.announcer import Announcement
from voicebot.handoff.bridge import Ended
from voicebot.handoff.happening import CallerLeft, Happened, Joined, Parted
from voicebot.handoff.standing import Leg, Phase, Transfer

log = logging.getLogger(__name__)


class Ledger:
    """Writes to the call's journal. A store that refuses costs a line, never the transfer."""

    def __init__(
        self, session: CallSession, aside: Callable[..., Awaitable[Any]] = asyncio.to_thread
    ) -> None:
        self._session = session
        self._aside = aside
        self._ahead: asyncio.Queue[Callable[[], object]] = asyncio.Queue()

    def note(self, entry: str, **data: Any) -> None:
        """An entry of the journal; see `voicebot.store.entry`."""
        self._ahead.put_nowait(lambda: self._session.note(entry, **data))

    def later(self, write: Callable[[], object]) -> None:
        """Something else that is written, in its turn."""
        self._ahead.put_nowait(write)

    def said(self, what: Announcement) -> None:
        """What the caller is told, as the transcript shows it."""
        self.note(
            "said",
            text=what.text,
            response=what.name,
            interruptible=True,
            language=what.language,
        )

    def record(
        self, before: Transfer, after: Transfer, event: Happened, reasons: Mapping[int, str]
    ) -> None:
        """Each leg as it begins and ends, and when people were joined."""
        old = {leg.number: leg for leg in before.legs}
        for leg in after.legs:
            was = old.get(leg.number)
            if was is None:
                self._leg(leg, "ringing")
            if leg.outcome is not None and (was is None or was.outcome is None):
                reason = reasons.get(leg.number, "")
                self._leg(leg, "ended", outcome=leg.outcome.value, reason=reason)
        match event:
            case Joined(number) if after.phase is Phase.TALKING:
                self.note("joined", number=number, name=after.legs[number].who.name)
            case Parted(number, how) if before.current is not None:
                self.note("parted", number=number, how=how.value)
            case CallerLeft() if before.current and before.phase is Phase.TALKING:
                self.note("parted", number=before.current.number, how=Ended.CALLER_LEFT.value)

    async def write(self) -> None:
        """Writes, one thing after the other, until it is cancelled."""
        while True:
            write = await self._ahead.get()
            try:
                await self._aside(write)
            except StoreFull as error:
                log.error("a part of a transfer is not kept: %s", error)
            except Exception:
                log.exception("a part of a transfer is not kept")
            finally:
                self._ahead.task_done()

    async def written(self) -> None:
        """Waits until all that was noted is kept."""
        await self._ahead.join()

    def _leg(self, leg: Leg, state: str, **more: str) -> None:
        who = leg.who
        self.note(
            "leg",
            number=leg.number,
            target=who.kind.value,
            person=who.id,
            name=who.name,
            state=state,
            **more,
        )
