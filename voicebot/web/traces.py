"""Writes the log before anything is shown; ends the streams of whoever is signed out meanwhile."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from voicebot.accounts.trace import Seen, Trace
from voicebot.clock import Clock
from voicebot.store import audit, sessions
from voicebot.store.database import Database

LOOK_S = 30.0
"""How often a stream asks whether its reader is still signed in; an open console is a used one."""
REFUSED = 400


class Traces:
    """Around every answer."""

    def __init__(self, app: ASGIApp, database: Database, clock: Clock) -> None:
        self.app, self.database, self.clock = app, database, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers as the application does, with the log written first."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        await self.app(scope, receive, Answer(self, state, send))

    def write(self, trace: Trace) -> None:
        """Adds a line, unless the same person has seen the same a moment ago."""
        # Asked without the store's one lock for writing, which the calls' journals want: a console
        # looks at the same call every second.
        if trace.kind is not Seen.CHANGED and self._noted(trace):
            return
        with self.database.write() as connection:
            audit.note(connection, trace)

    def _noted(self, trace: Trace) -> bool:
        with self.database.read() as connection:
            return audit.noted(connection, trace)

    def signed_in(self, token: str) -> bool:
        """Whether the session of a token goes on; a stream that is read is a use of it."""
        now = self.clock.now()
        with self.database.write() as connection:
            session = sessions.find(connection, token, now)
            if session is not None:
                sessions.touch(connection, session.id, now)
        return session is not None


class Answer:
    """One answer on its way out."""

    def __init__(self, traces: Traces, state: dict[str, Any], send: Send) -> None:
        self.traces, self.state, self.send = traces, state, send
        self.streams = self.closed = False
        self.looked = traces.clock.monotonic()

    async def __call__(self, message: Message) -> None:
        """Sends a piece."""
        if self.closed:
            return
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif self.streams and await self._left():
            self.closed = True
            message = {"type": "http.response.body", "body": b"", "more_body": False}
        await self.send(message)

    async def _begin(self, message: Message) -> None:
        trace: Trace | None = self.state.get("trace")
        if trace is not None and message["status"] < REFUSED:
            await run_in_threadpool(self.traces.write, trace)
        kind = Headers(raw=message.get("headers", [])).get("content-type", "")
        self.streams = bool(self.state.get("token")) and kind.startswith("text/event-stream")

    async def _left(self) -> bool:
        """Whether its reader was signed out meanwhile."""
        now = self.traces.clock.monotonic()
        if now - self.looked < LOOK_S:
            return False
        self.looked = now
        return not await run_in_threadpool(self.traces.signed_in, self.state["token"])
