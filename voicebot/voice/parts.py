"""What the server shares with every call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from voicebot.calls.handed import Reachable
from voicebot.calls.journal import Journal
from voicebot.calls.live import Live
from voicebot.clients.client import Client
from voicebot.clock import Clock, SystemClock
from voicebot.handoff.desk import Desk
from voicebot.speech.ear import Ear
from voicebot.speech.mouth import Sound
from voicebot.understanding.interpreter import Interpreter


class Prompts(Protocol):
    """Sound for each text, rendered once. Thread-safe; 16 kHz mono, no silence around it."""

    def get(self, text: str, language: str = "fr", response: str | None = None) -> Sound:
        """The sound of `text`; an empty text gives an empty sound."""
        ...

    def ready(self, text: str, language: str = "fr", response: str | None = None) -> bool:
        """Whether `get` answers at once."""
        ...


@dataclass(frozen=True)
class Parts:
    """The parts that all calls of a server use together."""

    clients: Mapping[str, Client]
    """By slug; a mapping that is reloaded serves the calls that come after."""
    interpreter: Interpreter
    ear: Ear
    prompts: Prompts
    journal: Journal
    live: Live
    recordings: Path
    """Folder of the two-channel recordings, CALL_ID.wav; made when needed."""
    clock: Clock = field(default_factory=SystemClock)
    max_calls: int = 20
    """Calls served at once; the next one is told, politely, to ring again."""
    ear_threads: int = 2
    """Ear passes that run at once, over all calls."""
    desk: Desk | None = None
    """Hands calls over to people; without it there is nobody."""
    reachable: Reachable = lambda wanted: False
    """Whether there is anybody to ring now."""
