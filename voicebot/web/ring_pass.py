"""A caller's pass: who rang from this browser may follow his own call, and no other."""

from __future__ import annotations

import base64
import hmac

from starlette.requests import Request
from starlette.responses import Response

from voicebot.web.session import encrypted

COOKIE = "ring"


def put(response: Response, request: Request, key: bytes, call_id: str) -> None:
    """Gives the pass to the browser that rang; it is sent back for that call alone."""
    response.set_cookie(
        COOKIE,
        _signed(key, call_id),
        path=f"/api/calls/{call_id}/events",
        httponly=True,
        samesite="strict",
        secure=encrypted(request),
    )


def opens(request: Request, key: bytes, call_id: str) -> bool:
    """Whether the browser has the pass for that call."""
    given = request.cookies.get(COOKIE, "")
    return hmac.compare_digest(given.encode(), _signed(key, call_id).encode())


def _signed(key: bytes, call_id: str) -> str:
    return base64.urlsafe_b64encode(
        hmac.digest(key, f"ring\0{call_id}".encode(), "sha256")
    ).decode()
