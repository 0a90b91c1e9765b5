"""What an alert is about, in words: spoken to whoever is rung, written to whoever is written to.

Before somebody has taken it, nothing is said of the caller: a voicemail may be listening.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from voicebot.delivery.letter import LINK
from voicebot.dialogue.spoken import phone
from voicebot.oncall.alert import SHIFT_START


@dataclass(frozen=True)
class Matter:
    """The facts of an alert, as far as they are known at this moment."""

    company: str
    urgency: str
    because: str
    """The client's own sentence: why it is urgent."""
    fields: Mapping[str, Any]
    caller: str | None
    """The number that rang; where to ring back is among the fields when it was asked."""

    @property
    def number(self) -> str:
        """Where the caller is rung back; empty when nobody knows."""
        return str(self.fields.get("callback_number") or self.caller or "")

    def facts(self) -> list[str]:
        """Who, where, and what he says, as far as it was given."""
        names = ("caller_name", "address", "request")
        return [str(self.fields[name]).strip() for name in names if self.fields.get(name)]


@dataclass(frozen=True)
class _Words:
    hello: str
    grave: Mapping[str, str]
    ring_back: str
    taken: str
    written_taken: str
    bye: str
    reply: str


_WORDS = MappingProxyType(
    {
        "fr": _Words(
            "Bonjour {name}. {company}, ligne d'astreinte.",
            {
                "vital": "Une vie est peut-être en danger ; l'appelant a été renvoyé vers les "
                "secours.",
                "urgent": "Un appel urgent vous attend.",
            },
            "Numéro à rappeler : {number}.",
            "Merci, c'est noté : vous vous en chargez.",
            "Vous vous en chargez.",
            "Au revoir.",
            "Répondre :",
        ),
        "en": _Words(
            "Hello {name}. {company}, on-call line.",
            {
                "vital": "A life may be in danger; the caller was told to ring the emergency "
                "services.",
                "urgent": "An urgent call is waiting for you.",
            },
            "Number to ring back: {number}.",
            "Thank you, noted: it is yours.",
            "You are taking care of it.",
            "Goodbye.",
            "Reply:",
        ),
    }
)
_GRAVE = MappingProxyType(
    {
        "fr": {"vital": "danger vital", "urgent": "urgence", SHIFT_START: "prise de poste"},
        "en": {"vital": "danger to life", "urgent": "urgent", SHIFT_START: "shift start"},
    }
)


def briefing(matter: Matter, name: str, language: str) -> str:
    """What is said to a person who picked up; nothing of it is about the caller."""
    words = _of(language)
    hello = words.hello.format(name=name, company=matter.company)
    return _joined(hello, words.grave.get(matter.urgency, ""), matter.because)


def details(matter: Matter, language: str) -> str:
    """What is said to the person who has taken it."""
    words = _of(language)
    number = words.ring_back.format(number=phone(matter.number)) if matter.number else ""
    return _joined(words.taken, *matter.facts(), number, number, words.bye)


def letter(matter: Matter, language: str, *, taken: bool = False) -> str:
    """What is written to a person: to be answered by the link, or what he has taken."""
    words = _of(language)
    grave = _GRAVE.get(language, _GRAVE["fr"]).get(matter.urgency, matter.urgency)
    lead = words.written_taken if taken else matter.because
    facts = ", ".join([*matter.facts(), *_written(matter.number)])
    return _joined(f"{matter.company}, {grave} :", lead, facts, f"{words.reply} {LINK}")


def subject(matter: Matter, language: str) -> str:
    """The subject of an e-mail, in one line."""
    grave = _GRAVE.get(language, _GRAVE["fr"]).get(matter.urgency, matter.urgency)
    return " ".join(f"{matter.company} : {grave}".split())


def _written(number: str) -> list[str]:
    return [phone(number).replace(", ", " ").replace("plus ", "+")] if number else []


def _of(language: str) -> _Words:
    return _WORDS.get(language, _WORDS["fr"])


def _joined(*parts: str) -> str:
    """Sentences one behind the other, each with its full stop."""
    texts = [part.strip() for part in parts if part.strip()]
    return " ".join(t if t[-1] in ".!?:…" or LINK in t else f"{t}." for t in texts)
