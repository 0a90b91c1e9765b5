"""What a technician's link says when something cannot be done, or when it opens nothing."""

from __future__ import annotations

from collections.abc import Mapping

from voicebot.web.tongue import N_, _

REFUSED: Mapping[str, str] = {
    "time": N_("Cette heure n'a pas été comprise. Rien n'a été noté."),
    "late": N_("Entre-temps, la situation a changé. Voici où elle en est."),
}
"""Why a button did nothing."""
CLOSED: Mapping[str, tuple[str, str]] = {
    "expired": (
        N_("Ce lien n'est plus valable."),
        N_("Il a expiré. En cas de besoin, appelez votre responsable d'astreinte."),
    ),
    "unknown": (
        N_("Ce lien n'existe pas."),
        N_("Vérifiez qu'il a été ouvert en entier, tel qu'il était dans le message."),
    ),
    "removed": (
        N_("Vous ne faites plus partie de cette astreinte."),
        N_("Ce lien n'ouvre plus rien. En cas d'erreur, appelez votre responsable."),
    ),
    "many": (
        N_("Trop de demandes à la fois."),
        N_("Patientez une minute, puis rouvrez le lien."),
    ),
}
"""Why a link opens nothing: its title, and what to do."""


def refused(why: str) -> str:
    """Why a button did nothing; empty where nothing was refused."""
    return _(REFUSED[why]) if why in REFUSED else ""


def closed(why: str) -> tuple[str, str]:
    """The title, and what to do."""
    title, todo = CLOSED[why]
    return _(title), _(todo)
