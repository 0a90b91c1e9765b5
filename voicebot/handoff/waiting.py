"""Callers who wait on the line, in this process, for whoever takes their alert."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from voicebot.handoff.elsewhere import at_home
from voicebot.handoff.telephone import Line

Offered = Callable[[str, Line], Awaitable[bool]]
"""Somebody of that name took the alert, on this line. True: the line is the transfer's now."""


@dataclass(frozen=True, eq=False)
class _Caller:
    loop: asyncio.AbstractEventLoop
    offered: Offered


class Waiting:
    """The registry: entered in the loop of the calls, read from any thread."""

    def __init__(self) -> None:
        self._callers: Mapping[str, _Caller] = {}
        self._changing = threading.Lock()

    @contextlib.contextmanager
    def caller(self, call_id: str, offered: Offered) -> Iterator[None]:
        """For as long as this lasts, the caller waits; from inside the loop of the calls."""
        entry = _Caller(asyncio.get_running_loop(), offered)
        with self._changing:
            self._callers = {**self._callers, call_id: entry}
        try:
            yield
        finally:
            with self._changing:
                self._callers = {id: c for id, c in self._callers.items() if c is not entry}

    def waits(self, calls: Iterable[str]) -> bool:
        """Whether the caller of one of these calls is on the line."""
        return any(call in self._callers for call in calls)

    async def give(self, calls: Iterable[str], name: str, line: Line) -> bool:
        """Hands over the line of a person who took the alert of these calls; from any loop.

        False when nobody waits any more, or the line cannot be joined: it stays with who rang.
        """
        callers = self._callers
        found = next((callers[call] for call in calls if call in callers), None)
        if found is None or found.loop.is_closed():
            return False

        async def there() -> bool:
            return await found.offered(name, at_home(line))

        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(there(), found.loop))
