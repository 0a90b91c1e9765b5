"""What alerts, rings, letters and changes of a rota are called on a page."""

from __future__ import annotations

from collections.abc import Mapping

from voicebot.web.tongue import N_, _

RINGS = {
    "answered": N_("a décroché, sans accepter"),
    "accepted": N_("a accepté"),
    "declined": N_("a refusé"),
    "busy": N_("occupé"),
    "no_answer": N_("sans réponse"),
    "voicemail": N_("messagerie"),
    "failed": N_("appel impossible"),
    "caller_left": N_("sonnerie arrêtée"),
}
"""How a ring ended."""
ASKED = {
    "written": N_("message envoyé"),
    "acknowledged": N_("a pris l'alerte en charge"),
    "declined": N_("a refusé"),
}
"""What else is written down about somebody who was asked."""
GOOD_RINGS = frozenset({"accepted"})
WAYS = {
    "call": N_("par l'appel"),
    "ring": N_("par téléphone"),
    "sms": N_("par SMS"),
    "email": N_("par e-mail"),
    "webhook": N_("par le logiciel du client"),
    "link": N_("par le lien reçu"),
    "page": N_("depuis cette console"),
    "worker": "",
}
"""The way a change came."""
LETTERS = {"sms": N_("SMS"), "email": N_("E-mail"), "webhook": N_("Logiciel du client")}
LETTER_STATES = {
    "pending": N_("en attente d'envoi"),
    "sending": N_("envoi en cours"),
    "sent": N_("envoyé"),
    "delivered": N_("reçu"),
    "failed": N_("échec de l'envoi"),
    "withdrawn": N_("retiré : quelqu'un s'en était déjà chargé"),
}


def ring(outcome: str | None) -> str:
    """How a ring ended; it still rings when there is no outcome."""
    return _said(RINGS, outcome, outcome.replace("_", " ")) if outcome else _("ça sonne…")


def asked(outcome: str) -> str:
    """What became of asking somebody, on his statement."""
    return _said({**RINGS, **ASKED}, outcome, outcome.replace("_", " "))


def way(name: str) -> str:
    """Which way a change came; nothing for what the program does by itself."""
    return _said(WAYS, name, name)


def letter(name: str) -> str:
    """What kind of letter."""
    return _said(LETTERS, name, name)


def letter_state(name: str) -> str:
    """How a letter stands."""
    return _said(LETTER_STATES, name, name)


def _said(table: Mapping[str, str], name: str, unknown: str) -> str:
    text = table.get(name, unknown)
    # Of nothing gettext makes the head of its catalogue.
    return _(text) if text else ""
