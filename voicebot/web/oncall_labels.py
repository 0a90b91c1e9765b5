"""What alerts, rings, letters and changes of a rota are called on a French page."""

from __future__ import annotations

RINGS = {
    "answered": "a décroché, sans accepter",
    "accepted": "a accepté",
    "declined": "a refusé",
    "busy": "occupé",
    "no_answer": "sans réponse",
    "voicemail": "messagerie",
    "failed": "appel impossible",
    "caller_left": "sonnerie arrêtée",
}
"""How a ring ended."""
ASKED = {
    "written": "message envoyé",
    "acknowledged": "a pris l'alerte en charge",
    "declined": "a refusé",
}
"""What else is written down about somebody who was asked."""
GOOD_RINGS = frozenset({"accepted"})
WAYS = {
    "call": "par l'appel",
    "ring": "par téléphone",
    "sms": "par SMS",
    "email": "par e-mail",
    "webhook": "par le logiciel du client",
    "link": "par le lien reçu",
    "page": "depuis cette console",
    "worker": "",
}
"""The way a change came."""
LETTERS = {"sms": "SMS", "email": "E-mail", "webhook": "Logiciel du client"}
LETTER_STATES = {
    "pending": "en attente d'envoi",
    "sending": "envoi en cours",
    "sent": "envoyé",
    "delivered": "reçu",
    "failed": "échec de l'envoi",
    "withdrawn": "retiré : quelqu'un s'en était déjà chargé",
}
ALERT_STATES = {
    "triggered": "En attente",
    "acknowledged": "Prise en charge",
    "closed": "Close",
}


def ring(outcome: str | None) -> str:
    """How a ring ended; it still rings when there is no outcome."""
    return RINGS.get(outcome, outcome.replace("_", " ")) if outcome else "ça sonne…"


def asked(outcome: str) -> str:
    """What became of asking somebody, on his statement."""
    return ASKED.get(outcome, RINGS.get(outcome, outcome.replace("_", " "))).capitalize()


def way(name: str) -> str:
    """Which way a change came; nothing for what the program does by itself."""
    return WAYS.get(name, name)


def letter(name: str) -> str:
    """What kind of letter."""
    return LETTERS.get(name, name)


def letter_state(name: str) -> str:
    """How a letter stands."""
    return LETTER_STATES.get(name, name)


def alert_state(name: str) -> str:
    """How far an alert has come."""
    return ALERT_STATES.get(name, name)
