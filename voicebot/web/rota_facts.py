"""What the store keeps of clients' rotas, read for one page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection

from voicebot.oncall.confirmation import Confirmation, ShiftKey
from voicebot.store import confirmations, contacts, overrides
from voicebot.store.contacts import Address
from voicebot.store.overrides import Kept

BEFORE = timedelta(days=35)
"""How long ago a change may have ended that still tells when a shift of now began."""


@dataclass(frozen=True)
class RotaFacts:
    """Of one client."""

    kept: tuple[Kept, ...] = ()
    """The changes, those of the last weeks among them."""
    confirmations: Mapping[ShiftKey, Confirmation] = field(default_factory=dict)
    verified: frozenset[Address] = frozenset()


def facts_of(connection: Connection, client: str, now: datetime) -> RotaFacts:
    """Of one client."""
    return RotaFacts(
        overrides.kept(connection, client, now - BEFORE),
        confirmations.known(connection, client, now),
        contacts.verified(connection, client),
    )


def facts_of_all(connection: Connection, now: datetime) -> Mapping[str, RotaFacts]:
    """Of every client, in three looks whatever their number."""
    found: defaultdict[str, RotaFacts] = defaultdict(RotaFacts)
    kept = overrides.by_client(connection, now - BEFORE)
    confirmed = confirmations.by_client(connection, now)
    verified = contacts.by_client(connection)
    for client in kept.keys() | confirmed.keys() | verified.keys():
        found[client] = RotaFacts(
            kept.get(client, ()), confirmed.get(client, {}), verified.get(client, frozenset())
        )
    return found
