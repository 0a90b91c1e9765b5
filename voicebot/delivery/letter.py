"""A letter: one short text for one person, on its way out of the house."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from voicebot.errors import BadInput

LINK = "{link}"
"""Stands in a text where the technician's link goes. The link is made when the letter leaves, so
that the store keeps the hash of its token and never the token."""

CODE = "{code}"
"""Stands where the code goes by which an address is verified; drawn when the letter leaves."""

E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
MAILBOX = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")


class Channel(StrEnum):
    """How a letter travels."""

    SMS = "sms"
    EMAIL = "email"
    WEBHOOK = "webhook"


@dataclass(frozen=True)
class Letter:
    """What is to be sent, to whom, and on whose account."""

    way: Channel
    address: str
    """A number in E.164, a mailbox, or the URL of a webhook."""
    text: str
    """The SMS, the plain part of the e-mail, or the webhook's JSON."""
    key: str
    """Letters posted under one key are one letter, and gateways that take a key are handed it."""
    client: str
    """The client's slug."""
    at: datetime
    """When it was written; it leaves from then on."""
    subject: str = ""
    """Of an e-mail; the type of the event for a webhook."""
    html: str | None = None
    alert_id: int | None = None
    technician: str | None = None
    asks: bool = False
    """Whether it asks somebody to take the alert: once somebody has, it wakes nobody any more."""
    until: datetime | None = None
    """When it is of no use any more; a day after it was posted when nothing is said."""

    def __post_init__(self) -> None:
        """Refuses an address that no gateway could use.

        Raises:
            BadInput: the address does not suit the way, or the key is too long or empty.
        """
        object.__setattr__(self, "way", Channel(self.way))
        if not suits(self.way, self.address):
            # The address itself stays out of the line: it ends in logs.
            raise BadInput(f"no address for a letter by {self.way}", todo=TODO[self.way])
        if not 0 < len(self.key) <= 128:
            raise BadInput("a letter's key has 1 to 128 characters")
        if "\n" in self.subject or "\r" in self.subject:
            raise BadInput("a letter's subject is one line")


TODO = {
    Channel.SMS: "E.164, such as +33612345678",
    Channel.EMAIL: "such as nom@exemple.fr",
    Channel.WEBHOOK: "http:// or https://",
}


def suits(way: Channel, address: str) -> bool:
    """Whether this is an address for that way."""
    match way:
        case Channel.SMS:
            return bool(E164.fullmatch(address))
        case Channel.EMAIL:
            return bool(MAILBOX.fullmatch(address))
        case Channel.WEBHOOK:
            parts = urlsplit(address)
            return parts.scheme in ("http", "https") and bool(parts.hostname)
