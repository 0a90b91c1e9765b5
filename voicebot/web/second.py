"""The second factor: begun with a QR code, in force once a code was given, taken away again."""

from __future__ import annotations

from typing import Annotated

import segno
from fastapi import APIRouter, Depends, Form, Request
from markupsafe import Markup
from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from voicebot.accounts import totp
from voicebot.accounts.keyring import KeyLost
from voicebot.accounts.recovery import new_codes
from voicebot.accounts.trace import Seen
from voicebot.errors import BadInput
from voicebot.store import audit, recovery_codes, sessions, users
from voicebot.store.sealing import about
from voicebot.store.users import Proof
from voicebot.web.account import Own, own_trace
from voicebot.web.account_words import refusal
from voicebot.web.page import render
from voicebot.web.parts import Parts
from voicebot.web.rights import Who, who

SEE_OTHER = 303
Text = Annotated[str, Form(max_length=300)]
Asking = Annotated[Who, Depends(who)]


def router(parts: Parts) -> APIRouter:
    """The routes of `/account/second`."""
    routes = APIRouter(include_in_schema=False)
    own = Own(parts)

    @routes.post("/account/second/begin")
    def begin(request: Request, asking: Asking, current: Text) -> Response:
        """Draws a secret, which counts for nothing until a code of it was given."""
        if doubted := _doubted(own, request, asking, current):
            return doubted
        with parts.database.write() as connection:
            if not users.proof(connection, asking.id).second_factor:
                sealed = parts.keyring.seal(totp.new_secret(), about(asking.id))
                users.keep_secret(connection, asking.id, sealed)
        return RedirectResponse("/account/second", SEE_OTHER)

    @routes.get("/account/second")
    def shown(request: Request, asking: Asking) -> Response:
        """The QR code."""
        return _shown(parts, request, asking)

    @routes.post("/account/second")
    def confirm(request: Request, asking: Asking, code: Text) -> Response:
        """In force from now on; the recovery codes are shown this once."""
        now = parts.clock.now()
        with parts.database.write() as connection:
            proof = users.proof(connection, asking.id)
            secret = _secret(parts, proof)
            step = totp.step_of(secret, code, now) if secret else None
            if proof.second_factor or step is None:
                return _shown(parts, request, asking, "wrong code")
            users.confirm_secret(connection, asking.id, step, now)
            sessions.end_all(connection, asking.id, but=asking.session)
            codes = _codes(connection, asking)
            audit.note(connection, own_trace(parts, request, asking, Seen.SECOND_FACTOR_ON))
        return render(request, "recovery_codes.html", codes=codes)

    _afterwards(routes, parts, own)
    return routes


def _doubted(own: Own, request: Request, asking: Who, current: str) -> Response | None:
    """The page that says why, when the password is not that of whoever asks."""
    try:
        own.confirm(request, asking, current)
    except BadInput as error:
        return own.page(request, asking, refused=refusal(error), status=400)
    return None


def _afterwards(routes: APIRouter, parts: Parts, own: Own) -> None:
    """Once it is in force."""

    @routes.post("/account/second/codes")
    def again(request: Request, asking: Asking, current: Text) -> Response:
        """Other recovery codes, in place of those that are left."""
        if doubted := _doubted(own, request, asking, current):
            return doubted
        with parts.database.write() as connection:
            if not users.proof(connection, asking.id).second_factor:
                return RedirectResponse("/account", SEE_OTHER)
            codes = _codes(connection, asking)
        return render(request, "recovery_codes.html", codes=codes)

    @routes.post("/account/second/off")
    def off(request: Request, asking: Asking, current: Text) -> Response:
        """Takes it away."""
        if doubted := _doubted(own, request, asking, current):
            return doubted
        with parts.database.write() as connection:
            users.keep_secret(connection, asking.id, None)
            recovery_codes.replace(connection, asking.id, ())
            audit.note(connection, own_trace(parts, request, asking, Seen.SECOND_FACTOR_OFF))
        return RedirectResponse("/account?done=off", SEE_OTHER)


def drawing(text: str) -> Markup:
    """A QR code as SVG, drawn here: the secret goes to nobody who draws it for us."""
    made = segno.make_qr(text, error="m")
    return Markup(made.svg_inline(scale=5, border=4, dark="#000", light="#fff"))


def _shown(parts: Parts, request: Request, asking: Who, why: str = "") -> Response:
    with parts.database.read() as connection:
        proof = users.proof(connection, asking.id)
    secret = _secret(parts, proof)
    if proof.second_factor or secret is None:
        return RedirectResponse("/account", SEE_OTHER)
    values = {
        "qr": drawing(totp.address(secret, asking.login)),
        "secret": " ".join(secret[n : n + 4] for n in range(0, len(secret), 4)),
        "refused": refusal(BadInput(why)) if why else "",
    }
    return render(request, "second.html", 400 if why else 200, **values)


def _secret(parts: Parts, proof: Proof) -> str | None:
    """The secret that was drawn; None where there is none, or no key opens it: begun anew then."""
    try:
        return parts.keyring.open(proof.secret, about(proof.user_id)) if proof.secret else None
    except KeyLost:
        return None


def _codes(connection: Connection, asking: Who) -> tuple[str, ...]:
    codes = new_codes()
    recovery_codes.replace(connection, asking.id, codes)
    return codes
