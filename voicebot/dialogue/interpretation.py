"""What was understood of one utterance."""

from __future__ import annotations

from dataclasses import dataclass

Value = str | bool | int | None
"""What a slot may hold. Dates are ISO 8601 text, telephone numbers E.164 text."""


@dataclass(frozen=True)
class Entity:
    """A fact found in the text."""

    name: str
    """person, phone_number, date, address, reference, number, yes_no, since …"""
    value: Value
    """Normalised: "+33612345678", "2026-01-15T14:30", "Martin Dupont"."""
    text: str
    """The words it was read from."""
    confidence: float = 1.0
    complete: bool = True
    """False for an honest "not yet": four digits of a telephone number so far."""


@dataclass(frozen=True)
class Interpretation:
    """Intent and entities of one utterance; `intent` None is the honest "not understood"."""

    text: str
    intent: str | None = None
    confidence: float = 0.0
    entities: tuple[Entity, ...] = ()
    ranking: tuple[tuple[str, float], ...] = ()
    """The best intents with their confidence, best first, also when none was good enough."""
    by: str = "embedded"
    """Which interpreter answered."""
    degraded: str = ""
    """Why that is not the one that was chosen; empty where it is."""

    def entity(self, name: str) -> Entity | None:
        """The first entity of that name."""
        return next((e for e in self.entities if e.name == name), None)
