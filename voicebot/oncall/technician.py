"""The person on call, and the ways by which one is reached."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

import phonenumbers

from voicebot.errors import Place

ID = re.compile(r"[a-z][a-z0-9-]{0,63}")
"""How a technician and a rota are called in files, links and the store."""
_EMAIL = re.compile(r"[^@\s\"<>,;:()\\]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_]{2,63}")
FICTIONAL = ("+3363998",)
"""Numbers that ARCEP keeps for fiction, and that the numbering plan therefore calls invalid.

Decision 2018-0881, https://www.arcep.fr/uploads/tx_gsavis/18-0881.pdf; its ranges of fixed
numbers (01 99 00 …) are valid in the plan.
"""


class Way(StrEnum):
    """How a person is reached."""

    RING = "ring"
    SMS = "sms"
    EMAIL = "email"


@dataclass(frozen=True)
class Contact:
    """One way to reach a person. Made by `read_contact`, which normalises what people write."""

    way: Way
    address: str
    """E.164 for `ring` and `sms`, an e-mail address for `email`."""

    def __post_init__(self) -> None:
        if self.way is Way.EMAIL:
            if not _EMAIL.fullmatch(self.address):
                raise ValueError(f"{self.address!r} is not an e-mail address")
        elif not is_e164(self.address):
            raise ValueError(f"{self.address!r} is not a telephone number in E.164")


@dataclass(frozen=True)
class Technician:
    """A person who may be on call."""

    id: str
    """Unique within a client: `karim`."""
    name: str
    """As it is said: `Karim Benali`."""
    contacts: tuple[Contact, ...] = ()
    """The first of each way is the one that is used first."""
    language: str = "fr"
    where: Place | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if not ID.fullmatch(self.id):
            raise ValueError(f"{self.id!r} is not a name of small letters, figures and hyphens")

    def by(self, way: Way) -> tuple[Contact, ...]:
        """The contacts of that way."""
        return tuple(contact for contact in self.contacts if contact.way is way)


def read_contact(way: Way, text: str, country: str = "FR") -> Contact:
    """A contact, of what a person wrote: `06 39 98 12 34` becomes `+33639981234`.

    Raises:
        ValueError: it is not an address of that kind.
    """
    if way is Way.EMAIL:
        return Contact(way, text.strip())
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        raise ValueError(f"{text!r} is not a telephone number") from None
    address = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if not is_e164(address):
        raise ValueError(f"{text!r} is not a telephone number")
    return Contact(way, address)


def is_e164(address: str) -> bool:
    """Whether it is a whole number that somebody may have, written as `+33639981234`."""
    if not re.fullmatch(r"\+[1-9]\d{6,14}", address):
        return False
    number = phonenumbers.parse(address)
    if phonenumbers.is_valid_number(number):
        return True
    return address.startswith(FICTIONAL) and phonenumbers.is_possible_number(number)
