"""What presences, rings and standings are called on the console."""

from __future__ import annotations

from voicebot.web.tongue import N_, _

PRESENCES = {
    "available": N_("disponible"),
    "break": N_("en pause"),
    "after_call": N_("après-appel"),
    "away": N_("absence"),
    "offline": N_("hors ligne"),
}
WANTED = {
    "asked": N_("L'appelant demande une personne"),
    "urgent": N_("Appel urgent"),
    "taken_over": N_("Vous prenez cet appel"),
}
LANGUAGES = {"fr": N_("Français"), "en": N_("Anglais")}
REASONS = (
    N_("Je suis déjà en ligne"),
    N_("Je ne connais pas ce dossier"),
    N_("Je dois m'absenter"),
)
"""Why she declines, where she need not write; kept in French, as all of the journal."""
LATE = {
    "caller_left": N_("Trop tard : l'appelant a renoncé, ou quelqu'un d'autre a pris l'appel."),
    "no_answer": N_("Trop tard : l'appel a cessé de sonner."),
    "declined": N_("Cet appel a déjà été décliné."),
    "accepted": N_("Cet appel est déjà pris."),
    "failed": N_("L'appel n'a pas pu vous être passé : le casque n'a pas répondu."),
}
"""Why a ring cannot be answered any more."""
MISSED = {
    "caller_left": N_(
        "L'appel ne sonne plus : l'appelant a renoncé, ou quelqu'un d'autre l'a pris."
    ),
    "failed": N_("L'appel n'a pas pu vous être passé : vérifiez votre casque."),
}
"""Why a call rings no more, where the operator did nothing herself."""
GONE = N_("Cet appel est terminé.")
HANDED_OVER = N_("Cet appel est déjà en cours de transfert, ou terminé.")


def presence(name: str) -> str:
    """What a colleague is doing."""
    return _(PRESENCES.get(name, name))


def wanted(reason: str) -> str:
    """Why a person is wanted."""
    return _(WANTED[reason]) if reason in WANTED else _("Appel entrant")


def language(code: str) -> str:
    """The language that the caller speaks."""
    return _(LANGUAGES.get(code, code))


def late(outcome: str) -> str:
    """Why it was too late."""
    return _(LATE.get(outcome, GONE))


def missed(outcome: str) -> str:
    """Why a call rings no more; empty where she knows it."""
    return _(MISSED[outcome]) if outcome in MISSED else ""


def handed_over() -> str:
    """Why nothing can be done about a call any more."""
    return _(HANDED_OVER)
