"""What presences, rings and standings are called on the console."""

from __future__ import annotations

PRESENCES = {
    "available": "disponible",
    "break": "en pause",
    "after_call": "après-appel",
    "away": "absence",
    "offline": "hors ligne",
}
WANTED = {
    "asked": "L'appelant demande une personne",
    "urgent": "Appel urgent",
    "taken_over": "Vous prenez cet appel",
}
LANGUAGES = {"fr": "Français", "en": "Anglais"}
LATE = {
    "caller_left": "Trop tard : l'appelant a renoncé, ou quelqu'un d'autre a pris l'appel.",
    "no_answer": "Trop tard : l'appel a cessé de sonner.",
    "declined": "Cet appel a déjà été décliné.",
    "accepted": "Cet appel est déjà pris.",
    "failed": "L'appel n'a pas pu vous être passé : le casque n'a pas répondu.",
}
"""Why a ring cannot be answered any more."""
MISSED = {
    "caller_left": "L'appel ne sonne plus : l'appelant a renoncé, ou quelqu'un d'autre l'a pris.",
    "failed": "L'appel n'a pas pu vous être passé : vérifiez votre casque.",
}
"""Why a call rings no more, where the operator did nothing herself."""
GONE = "Cet appel est terminé."
HANDED_OVER = "Cet appel est déjà en cours de transfert, ou terminé."


def presence(name: str) -> str:
    """What a colleague is doing."""
    return PRESENCES.get(name, name)


def wanted(reason: str) -> str:
    """Why a person is wanted."""
    return WANTED.get(reason, "Appel entrant")


def language(code: str) -> str:
    """The language that the caller speaks."""
    return LANGUAGES.get(code, code)


def late(outcome: str) -> str:
    """Why it was too late."""
    return LATE.get(outcome, GONE)


def missed(outcome: str) -> str:
    """Why a call rings no more; empty where she knows it."""
    return MISSED.get(outcome, "")
