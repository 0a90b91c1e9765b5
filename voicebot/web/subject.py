"""What a request is about: read from its address, whatever page it is for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from voicebot.errors import NotFound
from voicebot.store import alerts
from voicebot.store.outbox_tables import outbox
from voicebot.web.parts import Parts

NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")
UNKNOWN = "?"
"""The client of a call that is not in the store: who may see all of them may ask for it."""


@dataclass(frozen=True)
class Subject:
    """A client, or something of a client's."""

    client: str = ""
    """Its slug; empty when the request is about no client in particular."""
    about: str = ""
    """As the log writes it: "call c1", "alert 7"."""

    @property
    def missing(self) -> str:
        """What is said to whom it must not be shown: the same as when there is none."""
        return f"no {self.about} in the store"


def subject_of(parts: Parts, found: Mapping[str, Any]) -> Subject:
    """What the parts of an address name.

    Raises:
        NotFound: no such alert or letter, or nothing that could be the name of anything.
    """
    if not all(str(value).isprintable() for value in found.values()):
        # PostgreSQL cannot even look for such a name; SQLite finds nothing.
        raise NotFound("nothing has such a name in the store")
    if "call_id" in found:
        return _call(parts, str(found["call_id"]))
    if "alert_id" in found:
        return _alert(parts, str(found["alert_id"]))
    if "letter_id" in found:
        return _letter(parts, str(found["letter_id"]))
    client = str(found.get("name") or found.get("client") or "")
    if client:
        return Subject(client, f"client {client}")
    if "user_id" in found:
        return Subject(about=f"account {found['user_id']}")
    return Subject()


def _call(parts: Parts, call_id: str) -> Subject:
    try:
        return Subject(parts.archive.call(call_id).client, f"call {call_id}")
    except NotFound:
        return Subject(UNKNOWN, f"call {call_id}")


def _alert(parts: Parts, text: str) -> Subject:
    number = _number("alert", text)
    with parts.database.read() as connection:
        return Subject(alerts.find(connection, number).client, f"alert {number}")


def _letter(parts: Parts, text: str) -> Subject:
    number = _number("letter", text)
    query = select(outbox.c.client).where(outbox.c.id == number)
    with parts.database.read() as connection:
        client = connection.execute(query).scalar()
    if client is None:
        raise NotFound(f"no letter {number} in the store")
    return Subject(client, f"letter {number}")


def _number(what: str, text: str) -> int:
    """The number in an address, written in the one way that nobody reads otherwise.

    A page's own parser takes "1.0" and "+1" for 1 too: what is not understood here must not reach
    it unchecked.
    """
    if not NUMBER.fullmatch(text):
        raise NotFound(f"no {what} {text!r} in the store")
    return int(text)
