"""Asks a Rasa server to parse sentences, and never waits longer than told."""

from __future__ import annotations

import asyncio
import atexit
import concurrent.futures
import threading
from collections.abc import Sequence

import aiohttp
from yarl import URL

from voicebot.errors import BadInput
from voicebot.understanding.rasa_answer import RasaAnswer, RasaTrouble

AT_ONCE = 16
"""Connections; Rasa works on one sentence at a time, whatever is asked."""
IDLE_S = 4.0
"""How long a connection is kept; Rasa's server drops it after 5."""
LARGEST = 1_000_000
"""Bytes of an answer; a real one has some thousands."""


class RasaClient:
    """A Rasa server at `url`. Thread-safe; the network lives on a thread of its own."""

    def __init__(self, url: str, intents: frozenset[str]) -> None:
        """Connects to nothing yet.

        Args:
            url: `http://HOST:PORT`, with `?token=…` where the server asks for one.
            intents: of the domain; answers with others are refused.

        Raises:
            BadInput: no such URL.
        """
        base = _checked(url)
        self._parse = (base / "model" / "parse").with_query(base.query)
        self.place = str(base.origin())
        """Where the server is, with no token: fit for logs."""
        self.intents = intents
        self._loop = asyncio.new_event_loop()
        self._session: aiohttp.ClientSession | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._loop.run_forever, name="rasa", daemon=True)
        self._thread.start()
        # A connection that is left open is complained of when the program ends.
        atexit.register(self.close)

    def parse(self, texts: Sequence[str], limit_s: float) -> list[RasaAnswer]:
        """The answers to `texts`, in order, within `limit_s` for all of them.

        Raises:
            RasaTrouble: no answer, none in time, or one that is none.
        """
        if self._closed:
            raise RasaTrouble("the connection was given up")
        asked = asyncio.run_coroutine_threadsafe(self._all(texts, limit_s), self._loop)
        try:
            return asked.result(limit_s)
        except (TimeoutError, concurrent.futures.CancelledError):
            asked.cancel()
            raise RasaTrouble(f"no answer within {limit_s * 1000:.0f} ms", slow=True) from None

    def close(self) -> None:
        """Gives up what is being asked, drops the connections, ends the thread. Idempotent."""
        if self._closed:
            return
        self._closed = True
        atexit.unregister(self.close)
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        asking = asyncio.all_tasks() - {asyncio.current_task()}
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def _all(self, texts: Sequence[str], limit_s: float) -> list[RasaAnswer]:
        """All at once; the first trouble ends them all."""
        try:
            async with asyncio.timeout(limit_s), asyncio.TaskGroup() as group:
                asking = [group.create_task(self._one(text)) for text in texts]
        except ExceptionGroup as troubles:
            raise troubles.exceptions[0] from None
        return [task.result() for task in asking]

    async def _one(self, text: str) -> RasaAnswer:
        try:
            body = await self._post(text)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise RasaTrouble(f"no answer: {type(error).__name__}") from None
        return RasaAnswer.read(body, text, self.intents)

    async def _post(self, text: str) -> bytes:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=AT_ONCE, keepalive_timeout=IDLE_S)
            self._session = aiohttp.ClientSession(connector=connector, auto_decompress=False)
        # A redirect would carry the caller's words to another server.
        sending = self._session.post(self._parse, json={"text": text}, allow_redirects=False)
        async with sending as response:
            if response.status != 200:
                raise RasaTrouble(f"status {response.status}")
            body = b""
            async for chunk in response.content.iter_any():
                body += chunk
                if len(body) > LARGEST:
                    raise RasaTrouble("an answer too long to be one")
            return body


def _checked(url: str) -> URL:
    try:
        parsed = URL(url)
        usable = parsed.scheme in ("http", "https") and bool(parsed.host) and bool(parsed.port)
    except ValueError:
        usable = False
    if not usable:
        raise BadInput(f"no address of a Rasa server: {url!r}", todo="rasa:http://127.0.0.1:5005")
    return parsed
