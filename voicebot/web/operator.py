"""Who sits at the console: a name, asked once and remembered by the browser.

It says who did something; it does not prove it. Accounts are another matter.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from voicebot.errors import BadInput

COOKIE = "operator"
LONGEST = 64
YEAR_S = 365 * 24 * 3600


def name(request: Request) -> str:
    """The name that was given last on this browser; empty when none was."""
    return cleaned(unquote(request.cookies.get(COOKIE, "")))


def given(text: str) -> str:
    """The name that a form gave.

    Raises:
        BadInput: there is none in it.
    """
    found = cleaned(text)
    if not found:
        raise BadInput("a change needs the name of whoever makes it")
    return found


def remember(response: Response, who: str) -> None:
    """Has the browser remember the name."""
    response.set_cookie(COOKIE, quote(who), max_age=YEAR_S, httponly=True, samesite="strict")


def cleaned(text: str) -> str:
    """One line of decent length."""
    return " ".join("".join(char for char in text if char.isprintable()).split())[:LONGEST].strip()
