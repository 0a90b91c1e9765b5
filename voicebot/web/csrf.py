"""No other site may have somebody's browser change something here: forms carry a token."""

from __future__ import annotations

import hmac

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from voicebot.accounts.token import new_token
from voicebot.web.session import encrypted

HEADER = "X-CSRF-Token"
FIELD = "csrf"
COOKIE = "form"
"""For the forms of people who are not signed in: the field must say what the cookie says."""
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
REFUSED = "this form is no longer valid: load its page again"


async def check(request: Request, expected: str) -> None:
    """Lets a request pass that carries the token, in its header or as a field of its form.

    Raises:
        HTTPException: 403, it does not.
    """
    given = request.headers.get(HEADER, "")
    if not given and request.headers.get("content-type", "").startswith(FORMS):
        # Read once: whoever asks for the form after us is given the same.
        given = str((await request.form()).get(FIELD, ""))
    same(given, expected)


def same(given: str, expected: str) -> None:
    """Compares two tokens.

    Raises:
        HTTPException: 403, they differ, or there is none.
    """
    if not expected or not hmac.compare_digest(given.encode(), expected.encode()):
        raise HTTPException(403, REFUSED)


def check_nobody(request: Request, given: str) -> None:
    """Lets a form pass whose field says what the browser's cookie says.

    Raises:
        HTTPException: 403, it does not.
    """
    same(given, request.cookies.get(_cookie(request), ""))


def of_nobody(request: Request) -> str:
    """The token for the forms of somebody who is not signed in."""
    return request.cookies.get(_cookie(request), "") or new_token()


def keep(response: Response, request: Request, token: str) -> Response:
    """Has the browser keep it beside the form that carries it."""
    secure = encrypted(request)
    response.set_cookie(_cookie(request), token, httponly=True, samesite="strict", secure=secure)
    return response


def _cookie(request: Request) -> str:
    # By this prefix browsers keep a name beside ours from setting the cookie, and so the token too.
    return f"__Host-{COOKIE}" if encrypted(request) else COOKIE
