"""Client: everything that differs from one company to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from voicebot.clients.transfer import Instructions
from voicebot.dialogue.flow import FlowSet
from voicebot.oncall.hours import Hours
from voicebot.oncall.on_call import OnCall
from voicebot.oncall.urgency import Criteria


@dataclass(frozen=True)
class Contract:
    """Who has a contract with the client, and from which numbers they call."""

    name: str
    numbers: frozenset[str]
    """In E.164, as the line gives them."""
    reference: str = ""


@dataclass(frozen=True)
class Client:
    """A company the telephone is answered for."""

    name: str
    """The slug: its folder's name."""
    company: str
    """As it is said: "Cabinet de Maître Durand"."""
    sector: str
    language: str
    """Of the conversation: "fr"."""
    timezone: ZoneInfo
    greeting: str
    """One short sentence or two: the company, good day, a machine speaks, the call is recorded."""
    facts: Mapping[str, str]
    """Opening hours, address, prices …, as they are spoken; responses use them as {name}."""
    hours: Hours
    criteria: Criteria
    flows: FlowSet
    words: tuple[str, ...]
    """Names and words that the ear must know, spelt as they are written."""
    folder: Path
    instructions: str = ""
    """What the client asks of whoever answers, in its own words; shown to operators."""
    contracts: tuple[Contract, ...] = ()
    on_call: OnCall | None = None
    """Who is woken, and when; None for a client whose calls wake nobody."""
    webhook: str = ""
    """Where a program of the client's is told what becomes of its alerts; empty for nowhere."""
    transfer: Instructions = field(default_factory=Instructions)
    """How its calls are handed over to people."""

    def contract_of(self, number: str | None) -> Contract | None:
        """The contract under which that number stands; None for a hidden one."""
        return next((c for c in self.contracts if number in c.numbers), None)
