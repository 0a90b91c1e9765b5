"""The cookie of whoever is signed in."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

NAME = "voicebot"


def token_of(request: Request) -> str:
    """The token that the browser sends; empty when it sends none."""
    return request.cookies.get(_name(request), "")


def put(response: Response, request: Request, token: str) -> None:
    """Has the browser keep it until it is closed; no script reads it, no other site sends it."""
    response.set_cookie(
        _name(request),
        token,
        path="/",
        httponly=True,
        samesite="lax",
        secure=encrypted(request),
    )


def drop(response: Response, request: Request) -> None:
    """Has the browser forget it."""
    response.delete_cookie(
        _name(request), path="/", httponly=True, samesite="lax", secure=encrypted(request)
    )


def encrypted(request: Request) -> bool:
    """Whether the browser speaks https, to us or to the proxy before us."""
    return request.url.scheme == "https"


def address(request: Request) -> str:
    """Where the request comes from, as lock-out and log know it."""
    return request.client.host if request.client else ""


def _name(request: Request) -> str:
    # By this prefix browsers keep a name beside ours from setting the cookie; only with https.
    return f"__Host-{NAME}" if encrypted(request) else NAME
