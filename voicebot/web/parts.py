"""What the pages are built from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from voicebot.accounts.keyring import Keyring, by_chance
from voicebot.calls.live import Live
from voicebot.clients.client import Client
from voicebot.clock import Clock
from voicebot.errors import NotFound
from voicebot.handoff.ongoing import Ongoing
from voicebot.handoff.pool import Operators
from voicebot.store.archive import Archive
from voicebot.store.database import Database
from voicebot.web.feed_token import new_key


class Answer(Protocol):
    """What the browser needs to connect."""

    @property
    def sdp(self) -> str:
        """The session description."""
        ...

    @property
    def type(self) -> str:
        """Always "answer"."""
        ...

    @property
    def call_id(self) -> str:
        """The call that was opened."""
        ...


class Switchboard(Protocol):
    """Whoever takes the calls."""

    async def offer(
        self, sdp: str, type: str, client: str, caller_number: str | None = None
    ) -> Answer:
        """Takes a call.

        Raises:
            NotFound: no client has that name.
            BadInput: the SDP offer cannot be used.
        """
        ...

    async def headset(self, sdp: str, type: str, operator: int, name: str) -> Answer:
        """Takes the line of an operator's headset; of its answer, `call_id` says nothing.

        Raises:
            BadInput: the SDP offer cannot be used.
        """
        ...


@dataclass(frozen=True)
class Parts:
    """What the pages are built from."""

    clients: Mapping[str, Client]
    """By slug."""
    switchboard: Switchboard
    live: Live
    archive: Archive
    recordings: Path
    """Folder of the recordings, CALL_ID.wav."""
    clock: Clock
    database: Database
    operators: Operators
    """Whose consoles are open, and what rings at them."""
    ongoing: Ongoing
    """The calls that go on in this process, for an operator who steps into one."""
    feed_key: bytes = field(default_factory=new_key, repr=False)
    """Signs the addresses of calendar feeds."""
    keyring: Keyring = field(default_factory=by_chance, repr=False)
    """Seals second factors, and knows the devices of accounts again."""
    ring_key: bytes = field(default_factory=new_key, repr=False)
    """Signs the passes of callers, which last as long as the process."""

    def client(self, name: str) -> Client:
        """The client with that slug.

        Raises:
            NotFound: there is none.
        """
        found = self.clients.get(name)
        if found is None:
            raise NotFound(f"no client {name!r}", todo=f"one of: {', '.join(sorted(self.clients))}")
        return found

    def company(self, name: str) -> str:
        """The client's name as people know it; the slug for a client that is gone."""
        found = self.clients.get(name)
        return found.company if found else name

    def language(self, name: str) -> str:
        """What the client's bot speaks; nothing for a client that is gone."""
        found = self.clients.get(name)
        return found.language if found else ""

    def zone(self, name: str) -> ZoneInfo:
        """The client's time zone; Paris for a client that is gone."""
        found = self.clients.get(name)
        return found.timezone if found else ZoneInfo("Europe/Paris")

    def hidden(self, name: str) -> frozenset[str]:
        """The client's slots that serve the conversation only, and are no facts of the caller."""
        found = self.clients.get(name)
        slots = found.flows.slots.values() if found else ()
        return frozenset(slot.name for slot in slots if not slot.message)

    def recording(self, call_id: str) -> Path | None:
        """The call's recording, if there is one. `call_id` comes from the store, not from a URL."""
        file = self.recordings / f"{call_id}.wav"
        return file if file.is_file() else None
