import asyncio
import contextlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import parse_qsl

import pytest

from voicebot.clock import FakeClock
from voicebot.delivery.letter import Channel, Letter

NOW = datetime(2026, 1, 14, 21, 30, tzinfo=UTC)
TEXT = "Fuite au 12 rue des Lilas, Lyon. Répondez : https://a.exemple.fr/l/abc"


def letter(way=Channel.SMS, address="+33612345678", **changes):
    values = {"text": TEXT, "key": "alert-7-karim-1", "client": "plomberie-moreau", "at": NOW}
    return Letter(way, address, **{**values, **changes})


@pytest.fixture
def clock():
    return FakeClock(NOW)


@dataclass(frozen=True)
class Request:
    """What a gateway was asked, as it came over the wire."""

    method: str
    target: str
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def form(self):
        return dict(parse_qsl(self.body.decode(), strict_parsing=True))


@dataclass
class HttpServer:
    """A real server on a real port that answers as it is told, in turn; the last answer stays."""

    url: str = ""
    answers: list = field(default_factory=list)
    requests: list = field(default_factory=list)

    def will(self, status, body="", **headers):
        text = body if isinstance(body, str) or callable(body) else json.dumps(body)
        self.answers.append((status, text, headers))

    async def serve(self, reader, writer):
        try:
            while not writer.is_closing():
                await self._one(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client is done
        finally:
            writer.transport.abort()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _one(self, reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = head[0].split(" ")
        headers = {
            name.lower(): value
            for name, _, value in (line.partition(": ") for line in head[1:] if line)
        }
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self.requests.append(Request(method, target, headers, body))
        status, text, extra = self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)
        if callable(text):
            text = text(self.requests[-1])
        if status == "silence":
            await asyncio.sleep(60)
        if status == "garbage":
            writer.write(b"\x00\xff not HTTP at all\r\n\r\n")
            writer.close()
            return
        if status == "hang up":
            writer.close()
            return
        payload = text.encode()
        lines = [f"HTTP/1.1 {status} -", f"Content-Length: {len(payload)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in extra.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode() + payload)
        await writer.drain()


@pytest.fixture
async def server():
    told = HttpServer()
    tasks = set()

    async def serve(reader, writer):
        tasks.add(asyncio.current_task())
        # The fixture cancels it, and asyncio would call that an error.
        with contextlib.suppress(asyncio.CancelledError):
            await told.serve(reader, writer)

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    told.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    yield told
    listening.close()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
