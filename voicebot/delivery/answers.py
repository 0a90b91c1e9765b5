"""Asking something over HTTP, and reading what the answer means for a letter."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from voicebot import __version__
from voicebot.delivery.outcome import Refused, Trouble, shortened

CONNECT_S, ANSWER_S = 5.0, 10.0
LARGEST = 64 * 1024
"""Bytes read of an answer; no gateway says more about one letter."""
HOPELESS = frozenset({400, 410, 413, 414, 422})
"""Statuses that speak of the letter. The others speak of us or of them: settings may be put right
and servers come back while the letter waits."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    text: str
    retry_after: str | None = None

    @property
    def good(self) -> bool:
        """Whether the status says that it went well."""
        return 200 <= self.status < 300

    def json(self) -> dict[str, Any]:
        """The object in the body; an empty one where there is none."""
        try:
            read = json.loads(self.text)
        except ValueError:
            return {}
        return read if isinstance(read, dict) else {}


def open_client() -> httpx.AsyncClient:
    """A client that never follows a redirect: the letter would go where nobody sent it."""
    return httpx.AsyncClient(
        timeout=httpx.Timeout(ANSWER_S, connect=CONNECT_S),
        follow_redirects=False,
        headers={"User-Agent": f"voicebot/{__version__}"},
    )


async def ask(
    client: httpx.AsyncClient,
    method: str,
    url: str,
    *,
    headers: dict[str, str] | None = None,
    content: bytes | None = None,
    auth: httpx.Auth | None = None,
) -> Answer | Trouble:
    """The answer, or why there is none."""
    try:
        async with client.stream(
            method, url, headers=headers, content=content, auth=auth
        ) as response:
            body = b""
            async for piece in response.aiter_bytes():
                body += piece
                if len(body) > LARGEST:
                    break
            text = body[:LARGEST].decode("utf-8", "replace")
            return Answer(response.status_code, text, response.headers.get("retry-after"))
    except httpx.TimeoutException:
        return Trouble("timeout")
    except httpx.ConnectError as error:
        return Trouble("unreachable", shortened(str(error)))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Trouble("no answer", shortened(f"{type(error).__name__} {error}"))


def refusal(answer: Answer, now: datetime, code: str = "", why: str = "") -> Trouble | Refused:
    """What an answer that is not good means."""
    code = code or f"http {answer.status}"
    why = shortened(why or answer.text)
    if answer.status in HOPELESS:
        return Refused(code, why)
    if 300 <= answer.status < 400:
        return Trouble(code, "redirects are not followed: give the address it leads to")
    return Trouble(code, why, seconds(answer.retry_after, now))


def seconds(retry_after: str | None, now: datetime) -> float | None:
    """What `Retry-After` asks for, in seconds; None when it is absent or makes no sense."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds())
