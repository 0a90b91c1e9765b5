"""What all transfers of a process share."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from voicebot.clock import Clock
from voicebot.handoff.alertwatch import AlertWatch
from voicebot.handoff.bridge import Bridge
from voicebot.handoff.ongoing import Ongoing
from voicebot.handoff.pool import Operators
from voicebot.handoff.telephone import Sleep, Telephone
from voicebot.handoff.waiting import Waiting


@dataclass(frozen=True)
class House:
    """The parts; from the event loop of the calls, but where they say otherwise."""

    operators: Operators
    bridge: Bridge
    clock: Clock
    ongoing: Ongoing = field(default_factory=Ongoing)
    telephone: Telephone | None = None
    """Whose lines belong to the event loop of the calls; None where nobody can be dialled."""
    alerts: AlertWatch | None = None
    """None where there is no store: nobody is on call then."""
    escalates: bool = False
    """Whether the worker of this very process rings the people on call."""
    sleep: Sleep = asyncio.sleep
    aside: Callable[..., Awaitable[Any]] = asyncio.to_thread
    """Does what blocks, in a thread; a test does it at once."""
    waiting: Waiting = field(init=False)
    _last_words: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        object.__setattr__(self, "waiting", Waiting(self.ongoing, self.sleep))

    def see_off(self, words: Coroutine[None, None, None]) -> None:
        """Says a person's last words without anybody waiting for it."""
        task = asyncio.ensure_future(words)
        self._last_words.add(task)
        task.add_done_callback(self._last_words.discard)
