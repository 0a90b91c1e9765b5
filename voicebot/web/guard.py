"""What every request passes first: a known host, the same origin, a body of decent size."""

from __future__ import annotations

import ipaddress
import json
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 256 * 1024
"""Bytes; an SDP offer with every codec of a browser is about 10 KB."""
TOO_LARGE = "the request is too large"

SECURITY = {
    "Content-Security-Policy": "default-src 'self'; media-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Refuses what no page of ours sends, and puts the security headers on every answer."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str] = frozenset()) -> None:
        self.app = app
        self.hosts = {"localhost", *(host.lower() for host in hosts)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets the request through, or answers it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self.refusal(scope["method"], headers)
        if refused:
            await _answer(*refused, send)
            return
        await self.app(scope, _limited(receive), _secured(scope, send))

    def refusal(self, method: str, headers: Headers) -> tuple[int, str] | None:
        """The status and the line to refuse with; None lets the request through."""
        host = headers.get("host", "")
        if not self.known(host):
            return 400, "this server does not answer under that name (set VOICEBOT_HOSTS)"
        if method not in ("GET", "HEAD"):
            origin = headers.get("origin")
            if origin is not None and origin.partition("://")[2] != host:
                return 403, "this page may not speak to this server"
            length = headers.get("content-length", "0")
            if not length.isdecimal() or int(length) > MAX_BODY:
                return 413, TOO_LARGE
        return None

    def known(self, host: str) -> bool:
        """Whether a browser may use this name for us.

        A page elsewhere can make its own name point here (DNS rebinding) and would then count as
        ours; a bare address cannot be made to do so, so every address is accepted.
        """
        try:
            name = urlsplit(f"//{host}").hostname or ""
            return name in self.hosts or bool(ipaddress.ip_address(name))
        except ValueError:
            return False


def _limited(receive: Receive) -> Receive:
    """Counts the body as it comes: a chunked one announces no length."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MAX_BODY:
            # Raised where the body is read, so the application answers it as any other error.
            raise HTTPException(413, TOO_LARGE)
        return message

    return counted


def _secured(scope: Scope, send: Send) -> Send:
    path, encrypted = scope["path"], scope.get("scheme") == "https"

    async def secured(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in SECURITY.items():
                headers.setdefault(name, value)
            if encrypted:
                headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            # Pages hold what callers said: no copy is left in a shared browser's cache.
            headers.setdefault("Cache-Control", "no-cache" if _static(path) else "no-store")
        await send(message)

    return secured


def _static(path: str) -> bool:
    return path.startswith("/static/")


async def _answer(status: int, line: str, send: Send) -> None:
    body = json.dumps({"error": line}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    headers += [(name.lower().encode(), value.encode()) for name, value in SECURITY.items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
