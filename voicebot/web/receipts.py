"""Where carriers tell how an SMS fared."""

from __future__ import annotations

import logging
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from starlette.responses import Response

from voicebot.delivery import receipts
from voicebot.delivery.receipts import Receipt, ReceiptSecrets
from voicebot.delivery.signature import BadSignature
from voicebot.errors import BadInput, NotFound
from voicebot.store import outbox
from voicebot.web.parts import Parts

log = logging.getLogger(__name__)


def router(parts: Parts, secrets: ReceiptSecrets) -> APIRouter:
    """The routes of `/receipts`."""
    routes = APIRouter(prefix="/receipts", include_in_schema=False)

    @routes.post("/twilio")
    async def twilio(request: Request, key: str = "") -> Response:
        """Twilio's status callback."""
        fields = parse_qsl((await request.body()).decode("utf-8", "replace"), True)
        target = (
            f"{request.url.path}?{request.url.query}" if request.url.query else "/receipts/twilio"
        )
        try:
            told = receipts.twilio(
                secrets, target, fields, request.headers.get("x-twilio-signature", "")
            )
        except BadSignature as error:
            return _refused("twilio", error)
        return _kept(parts, "twilio", told, key)

    # A GET that changes something, because that is how OVH calls.
    @routes.api_route("/ovh/{secret}", methods=["GET", "POST"])
    def ovh(request: Request, secret: str) -> Response:
        """OVH's callback."""
        try:
            told = receipts.ovh(secrets, secret, request.query_params)
        except BadSignature as error:
            return _refused("ovh", error)
        return _kept(parts, "ovh", told)

    @routes.post("/http")
    async def http(request: Request) -> Response:
        """A gateway of the operator's own."""
        body = await request.body()
        try:
            told = receipts.own(secrets, request.headers, body, parts.clock.now())
        except BadSignature as error:
            return _refused("http", error)
        except BadInput as error:
            return Response(f"{error}\n", 400, media_type="text/plain")
        return _kept(parts, "http", told)

    return routes


def _kept(parts: Parts, gateway: str, told: Receipt | None, key: str = "") -> Response:
    """Writes the receipt; one that comes again is as welcome as the first."""
    if told is None:
        return Response(status_code=204)
    key = told.key or key
    which = outbox.by_key(key) if key else outbox.by_reference(gateway, told.reference or "")
    try:
        with parts.database.write() as connection:
            outbox.receipt(
                connection, which, told.delivered, parts.clock.now(), code=told.code, why=told.why
            )
    except NotFound as error:
        return Response(f"{error}\n", 404, media_type="text/plain")
    return Response(status_code=204)


def _refused(gateway: str, error: BadSignature) -> Response:
    log.warning("a receipt for %s was refused: %s", gateway, error)
    return Response("this receipt is not signed by whom it should be\n", 403)
