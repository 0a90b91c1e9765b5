"""The cookie of a browser on which an account's owner has signed in before."""

from __future__ import annotations

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from voicebot.accounts import device
from voicebot.store.users import Proof
from voicebot.web.parts import Parts
from voicebot.web.session import encrypted

PATH = "/login"
"""It is sent to the door alone."""


def of(request: Request, parts: Parts, proof: Proof | None, now: datetime) -> str:
    """The device's name, where this browser is one of the account's; empty otherwise."""
    # For an account that is not there as much is done, so that the answer takes as long.
    user_id, chosen_at = (proof.user_id, proof.chosen_at) if proof else (0, None)
    given = request.cookies.get(_name(request, user_id), "")
    return device.known(parts.keyring, given, user_id, chosen_at, now)


def put(response: Response, request: Request, parts: Parts, proof: Proof) -> None:
    """From now on this browser is one of the account's; a colleague's on it stays one too."""
    now = parts.clock.now()
    response.set_cookie(
        _name(request, proof.user_id),
        device.token(parts.keyring, proof.user_id, proof.chosen_at, now),
        max_age=int(device.LIFE.total_seconds()),
        path=PATH,
        httponly=True,
        samesite="strict",
        secure=encrypted(request),
    )


def _name(request: Request, user_id: int) -> str:
    prefix = "__Secure-" if encrypted(request) else ""
    return f"{prefix}device-{user_id}"
