"""What a person hears before she takes a call: from the facts, and under twelve seconds."""

from __future__ import annotations

import re
from types import MappingProxyType

from voicebot.handoff.matter import Matter

LONGEST_S = 12.0
"""With the question at its end."""
RATE = 14.5
"""Characters that a voice says in a second; measured, see docs/handoff.md."""
QUESTION = MappingProxyType(
    {
        "fr": "Appuyez sur 1, ou dites oui.",
        "en": "Press 1, or say yes.",
    }
)
MOST = int(LONGEST_S * RATE) - max(len(question) for question in QUESTION.values()) - 1
"""Characters of a briefing without its question."""
_GRAVE = MappingProxyType(
    {
        "fr": {"vital": "Danger vital", "urgent": "Urgent"},
        "en": {"vital": "Danger to life", "urgent": "Urgent"},
    }
)
_ASKS = MappingProxyType(
    {"fr": "L'appelant demande quelqu'un", "en": "The caller asks for a person"}
)
_CLIENT = MappingProxyType({"fr": "Client {company}", "en": "For {company}"})
_OPENING = re.compile(
    r"^(?:(?:bonjour|bonsoir|allo|allô|oui|non|euh|alors|voilà|donc|bon|ben|bah|eh|hello|hi|well|"
    r"yes|so|madame|monsieur)\b[\s,.!?]*)+",
    re.IGNORECASE,
)
_NAMED = (
    r"[\s,.;]*\b(?:je m'appelle|je suis|c'est|moi c'est|mon nom est|my name is|i am|this is)\s+"
    r"(?:(?:madame|monsieur|mme|mr)\s+)?{name}\b"
)
_DANGLING = frozenset(
    (
        *("et", "ou", "mais", "que", "qui", "de", "du", "des", "la", "le", "les", "un", "une"),
        *("à", "dans", "je", "il", "elle", "on", "nous", "pour", "avec", "sur", "depuis", "ne"),
        *("and", "or", "but", "the", "a", "in", "of", "to", "with", "for", "i", "we", "is"),
    )
)
"""Words with which no sentence ends."""
LEAST = 24
"""Characters that must be left for the caller's words to be worth saying."""


def spoken(matter: Matter, language: str) -> str:
    """The briefing: client, how urgent, who, what, where. Without the question."""
    language = language if language in _CLIENT else "fr"
    name = str(matter.fields.get("caller_name") or "").strip()
    address = str(matter.fields.get("address") or "").strip()
    company = _CLIENT[language].format(company=matter.company)
    head = [company, _GRAVE[language].get(matter.urgency, "")]
    # The company and the address stand whole: what gives way is the caller's own words.
    around = _sentences([*head, _joined(name, address)])
    what = _what(matter, name, language)
    room = MOST - len(around) - 2
    if room < LEAST or not what:
        return _cut(around, MOST)
    return _sentences([*head, _joined(name, _cut(what, room), address)])


def asked(matter: Matter, language: str) -> str:
    """The briefing with its question, as it is spoken into a headset or a telephone."""
    return f"{spoken(matter, language)} {QUESTION.get(language, QUESTION['fr'])}"


def seconds(text: str) -> float:
    """How long a voice takes to say it."""
    return len(text) / RATE


def _what(matter: Matter, name: str, language: str) -> str:
    """The caller's own words, without his greeting and his name; else the client's reason."""
    request = " ".join(str(matter.fields.get("request") or "").split())
    if name:
        named = _NAMED.replace("{name}", re.escape(name))
        request = re.sub(named, "", request, flags=re.IGNORECASE)
    request = _OPENING.sub("", request).strip(" ,.;")
    return request or matter.because.strip().rstrip(".") or _ASKS[language]


def _cut(text: str, most: int) -> str:
    """No longer than that, ending with a whole word, better with a whole clause."""
    if len(text) <= most:
        return text
    kept = text[: most + 1].rsplit(" ", 1)[0].rstrip(" ,;")
    clause = max(kept.rfind(mark) for mark in (",", ";", "."))
    if clause > most // 2:
        return kept[:clause]
    told = kept.split()
    while len(told) > 1 and told[-1].casefold() in _DANGLING:
        told.pop()
    return " ".join(told)


def _joined(*parts: str) -> str:
    return ", ".join(part.rstrip(" .,") for part in parts if part)


def _sentences(parts: list[str]) -> str:
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in parts if part)
