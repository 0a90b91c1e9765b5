"""The accounts in their readers' words."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from voicebot.accounts.role import Role
from voicebot.accounts.trace import Seen
from voicebot.errors import BadInput
from voicebot.web.times import named
from voicebot.web.tongue import N_, SOURCE, _, spoken

HOUSE = ZoneInfo("Europe/Paris")
"""Accounts are the installation's, not a client's: their times are those of its house."""
ROLES = {
    Role.ADMINISTRATOR: N_("Administrateur"),
    Role.OPERATOR: N_("Opérateur"),
    Role.CLIENT: N_("Client"),
    Role.TECHNICIAN: N_("Technicien"),
}
DUTIES = {
    Role.ADMINISTRATOR: N_("voit et règle tout, gère les comptes"),
    Role.OPERATOR: N_("répond et traite les alertes, pour tous les clients ou quelques-uns"),
    Role.CLIENT: N_("consulte les appels et les astreintes de son entreprise"),
    Role.TECHNICIAN: N_("consulte ses propres astreintes et ses alertes"),
}
SEEN = {
    Seen.SIGNED_IN: N_("Connexion"),
    Seen.SIGN_IN_FAILED: N_("Connexion refusée"),
    Seen.LOCKED_OUT: N_("Accès bloqué après trop d'essais"),
    Seen.SIGNED_OUT: N_("Déconnexion"),
    Seen.CODE_USED: N_("Code de secours utilisé"),
    Seen.LIST_OPENED: N_("Liste consultée"),
    Seen.CALL_OPENED: N_("Appel consulté"),
    Seen.CALL_HEARD: N_("Enregistrement écouté"),
    Seen.ALERT_OPENED: N_("Alerte consultée"),
    Seen.TAKEN_AWAY: N_("Relevé téléchargé"),
    Seen.CHANGED: N_("Modification"),
    Seen.REFUSED: N_("Accès refusé"),
    Seen.ACCOUNT_ADDED: N_("Compte créé"),
    Seen.ACCOUNT_CHANGED: N_("Compte modifié"),
    Seen.LINK_MADE: N_("Lien de connexion créé"),
    Seen.PASSWORD_CHANGED: N_("Mot de passe changé"),
    Seen.SECOND_FACTOR_ON: N_("Double authentification activée"),
    Seen.SECOND_FACTOR_OFF: N_("Double authentification retirée"),
}
REFUSALS = {
    "a password has 12": N_("Le mot de passe compte au moins 12 caractères."),
    "a password has 256": N_("Le mot de passe compte au plus 256 caractères."),
    "this password is too": N_(
        "Ce mot de passe se devine trop facilement. "
        "Quatre mots pris au hasard font un bon mot de passe."
    ),
    "the two passwords differ": N_("Les deux mots de passe ne sont pas les mêmes."),
    "this login cannot": N_(
        "Cet identifiant ne convient pas : 2 à 64 lettres sans accent, chiffres "
        "ou signes . _ @ + -, par exemple claire.martin."
    ),
    "there is an account": N_("Cet identifiant est déjà pris."),
    "an account needs the name": N_("Indiquez le nom de la personne."),
    "a client needs": N_("Choisissez au moins une entreprise pour ce compte."),
    "a technician needs a client": N_("Choisissez l'entreprise de ce technicien."),
    "a technician needs his id": N_("Indiquez de quel technicien du planning il s'agit."),
    "an account of no client": N_("Choisissez au moins une entreprise, ou toutes."),
    "an operator speaks": N_("Choisissez au moins une langue."),
    "an operator has 1 to": N_("Choisissez de 1 à 5 appels à la fois."),
    "an operator has 30": N_("Indiquez 30 compétences au plus."),
    "this is the last": N_("C'est le dernier compte administrateur : créez-en un autre d'abord."),
    "wrong password": N_("Ce mot de passe n'est pas le bon."),
    "wrong code": N_("Ce code n'est pas le bon. Vérifiez l'heure du téléphone et réessayez."),
    "too many tries": N_("Trop d'essais. Réessayez dans un quart d'heure."),
    "this link was used": N_("Ce lien a déjà servi."),
    "there is an administrator": N_("Un administrateur existe déjà."),
}


def role(name: Role) -> str:
    """The role."""
    return _(ROLES[name])


def initials(name: str) -> str:
    """Two letters that stand for a name: "CM"."""
    words = name.split()
    return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper()


def day_and_hour(at: datetime, seconds: bool = False) -> str:
    """An instant in the house's own zone: "14/01/2026 à 22:30"."""
    local = at.astimezone(HOUSE)
    clock = f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"
    # In English the month in letters: some of its readers take 1/2 for the second of January.
    day = named(local.date(), "dd/MM/y" if spoken() == SOURCE else "d MMM y")
    return _("%(day)s à %(time)s", day=day, time=clock)


def refusal(error: BadInput) -> str:
    """Why something was not done; in the program's own words where there are no better."""
    for begins, told in REFUSALS.items():
        if error.what.startswith(begins):
            return _(told)
    return error.what
