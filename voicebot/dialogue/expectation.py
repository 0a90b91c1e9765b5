"""What the flow expects the caller to say next."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What sort of answer is awaited; the ear may load a grammar for it, the reader reads it."""

    ANYTHING = "anything"  # free speech
    YES_NO = "yes_no"
    PHONE_NUMBER = "phone_number"
    NUMBER = "number"
    DATE = "date"  # a day, with or without a time
    NAME = "name"  # a person's name, said or spelt
    ADDRESS = "address"
    REFERENCE = "reference"  # letters and digits
    PHRASES = "phrases"  # one of a closed list


@dataclass(frozen=True)
class Expectation:
    """What is awaited at this point of the conversation.

    It guides and never forbids: whoever hears or reads with it must still let the caller say
    anything else ("je veux parler à quelqu'un"), and answer "none of these" honestly.
    """

    kind: Kind = Kind.ANYTHING
    slot: str | None = None
    """The slot being collected, if any."""
    phrases: tuple[str, ...] = ()
    """For PHRASES, the answers awaited, as they are spoken."""
    intents: tuple[str, ...] = ()
    """Intents that are likely here, most likely first."""
    instead: Kind | None = None
    """For YES_NO, what may be said instead of a bare no: the number that was read back, again."""
    partial: str = field(default="", compare=False)
    """Digits of a dictation so far: what is said now goes on from there. Left out of comparisons,
    so that what an ear builds for an expectation serves for the whole dictation."""
    value: str = field(default="", compare=False)
    """What was read back and may be put right: "non, quarante-deux à la fin"."""
    language: str = field(default="fr", compare=False)
    """The language in which the conversation is held."""
    settled: bool = field(default=False, compare=False)
    """Whether the caller's own words have told it: who hears several languages keeps to it then,
    unless the words are clear."""

    @property
    def dictated(self) -> bool:
        """Whether digits or letters are dictated, with pauses inside: more patience is due."""
        return self.kind in (Kind.PHONE_NUMBER, Kind.REFERENCE, Kind.NUMBER)


ANYTHING = Expectation()
