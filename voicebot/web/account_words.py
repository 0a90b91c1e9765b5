"""The accounts in their readers' words."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from voicebot.accounts.role import Role
from voicebot.accounts.trace import Seen
from voicebot.errors import BadInput

HOUSE = ZoneInfo("Europe/Paris")
"""Accounts are the installation's, not a client's: their times are those of its house."""
ROLES = {
    Role.ADMINISTRATOR: "Administrateur",
    Role.OPERATOR: "Opérateur",
    Role.CLIENT: "Client",
    Role.TECHNICIAN: "Technicien",
}
DUTIES = {
    Role.ADMINISTRATOR: "voit et règle tout, gère les comptes",
    Role.OPERATOR: "répond et traite les alertes, pour tous les clients ou quelques-uns",
    Role.CLIENT: "consulte les appels et les astreintes de son entreprise",
    Role.TECHNICIAN: "consulte ses propres astreintes et ses alertes",
}
SEEN = {
    Seen.SIGNED_IN: "Connexion",
    Seen.SIGN_IN_FAILED: "Connexion refusée",
    Seen.LOCKED_OUT: "Accès bloqué après trop d'essais",
    Seen.SIGNED_OUT: "Déconnexion",
    Seen.CODE_USED: "Code de secours utilisé",
    Seen.CALL_OPENED: "Appel consulté",
    Seen.CALL_HEARD: "Enregistrement écouté",
    Seen.ALERT_OPENED: "Alerte consultée",
    Seen.TAKEN_AWAY: "Relevé téléchargé",
    Seen.CHANGED: "Modification",
    Seen.REFUSED: "Accès refusé",
    Seen.ACCOUNT_ADDED: "Compte créé",
    Seen.ACCOUNT_CHANGED: "Compte modifié",
    Seen.LINK_MADE: "Lien de connexion créé",
    Seen.PASSWORD_CHANGED: "Mot de passe changé",
    Seen.SECOND_FACTOR_ON: "Double authentification activée",
    Seen.SECOND_FACTOR_OFF: "Double authentification retirée",
}
REFUSALS = {
    "a password has 12": "Le mot de passe compte au moins 12 caractères.",
    "a password has 256": "Le mot de passe compte au plus 256 caractères.",
    "this password is too": "Ce mot de passe se devine trop facilement. "
    "Quatre mots pris au hasard font un bon mot de passe.",
    "the two passwords differ": "Les deux mots de passe ne sont pas les mêmes.",
    "this login cannot": "Cet identifiant ne convient pas : 2 à 64 lettres sans accent, chiffres "
    "ou signes . _ @ + -, par exemple claire.martin.",
    "there is an account": "Cet identifiant est déjà pris.",
    "an account needs the name": "Indiquez le nom de la personne.",
    "a client needs": "Choisissez au moins une entreprise pour ce compte.",
    "a technician needs a client": "Choisissez l'entreprise de ce technicien.",
    "a technician needs his id": "Indiquez de quel technicien du planning il s'agit.",
    "an account of no client": "Choisissez au moins une entreprise, ou toutes.",
    "an operator speaks": "Choisissez au moins une langue.",
    "an operator has 1 to": "Une opératrice a de 1 à 5 appels à la fois.",
    "an operator has 30": "Indiquez 30 compétences au plus.",
    "this is the last": "C'est le dernier compte administrateur : créez-en un autre d'abord.",
    "wrong password": "Ce mot de passe n'est pas le bon.",
    "wrong code": "Ce code n'est pas le bon. Vérifiez l'heure du téléphone et réessayez.",
    "too many tries": "Trop d'essais. Réessayez dans un quart d'heure.",
    "this link was used": "Ce lien a déjà servi.",
    "there is an administrator": "Un administrateur existe déjà.",
}


def role(name: Role) -> str:
    """The role."""
    return ROLES[name]


def initials(name: str) -> str:
    """Two letters that stand for a name: "CM"."""
    words = name.split()
    return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper()


def day_and_hour(at: datetime, seconds: bool = False) -> str:
    """An instant in the house's own zone: "14/01/2026 à 22:30"."""
    local = at.astimezone(HOUSE)
    clock = f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"
    return f"{local:%d/%m/%Y} à {clock}"


def refusal(error: BadInput) -> str:
    """Why something was not done; in the program's own words where there are no better."""
    for begins, told in REFUSALS.items():
        if error.what.startswith(begins):
            return told
    return error.what
