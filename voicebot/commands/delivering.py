"""What delivering letters needs, made from the settings; for the server and for the worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicebot.clock import Clock
from voicebot.delivery.gateways import open_gateways
from voicebot.delivery.receipts import ReceiptSecrets
from voicebot.settings import Settings
from voicebot.store.database import Database

if TYPE_CHECKING:
    from voicebot.worker.deliver import Postman


def postman(settings: Settings, database: Database, clock: Clock) -> Postman:
    """A postman with the gateways that the settings name.

    Raises:
        BadInput: a setting of a gateway is missing or wrong.
    """
    from voicebot.worker.deliver import Postman

    return Postman(database, open_gateways(settings, clock), clock, public_url=settings.public_url)


def receipt_secrets(settings: Settings) -> ReceiptSecrets:
    """What carriers' receipts are checked with."""
    return ReceiptSecrets(
        public_url=settings.public_url,
        twilio_token=settings.twilio_token.get_secret_value(),
        receipt_secret=settings.receipt_secret.get_secret_value(),
    )


def host_names(settings: Settings) -> list[str]:
    """The names under which browsers, telephones and carriers reach the server."""
    names = [name.strip() for name in settings.hosts.split(",")]
    return [name for name in (*names, settings.public_host) if name]
