"""What the program's own words are called on a French page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import phonenumbers

from voicebot.web import times

URGENCIES = {
    "vital": "Danger vital",
    "urgent": "Urgent",
    "normal": "Normal",
    "unwanted": "Indésirable",
}
OUTCOMES = {
    "message_taken": "Message pris",
    "message_partial": "Message incomplet",
    "alert_raised": "Alerte enregistrée",
    "danger": "Danger vital signalé",
    "informed": "Renseigné",
    "handed_over": "Mis en relation",
    "abandoned": "A raccroché",
    "silent": "Appel muet",
    "unwanted": "Appel indésirable",
    "wrong_number": "Faux numéro",
    "interrupted": "Interrompu par une panne",
    "lost": "Ligne coupée",
    "shutdown": "Serveur arrêté",
    "busy": "Lignes occupées",
    "failed": "Interrompu par une erreur",
}
SOUGHT_OUTCOMES = {"going_on": "En cours", **OUTCOMES}
"""What a search may ask for."""
CAUSES = {
    "caller": "L'appelant a raccroché.",
    "bot": "L'assistant a pris congé.",
    "lost": "La ligne a été coupée.",
    "shutdown": "Le serveur a été arrêté.",
    "interrupted": "Le serveur s'est arrêté en plein appel ; tout ce qui était dit est gardé.",
}
SITUATIONS = {
    "open": "Heures d'ouverture",
    "lunch": "Pause de midi",
    "closed": "Fermé",
    "holiday": "Jour férié",
    "closure": "Fermeture exceptionnelle",
    "overflow": "Débordement : personne n'a décroché",
}
INTENTS = {
    "greet": "Salue",
    "report_leak": "Signale une fuite d'eau",
    "report_no_heating": "N'a plus de chauffage",
    "report_no_hot_water": "N'a plus d'eau chaude",
    "report_blocked_drain": "A une canalisation bouchée",
    "report_gas_smell": "Sent une odeur de gaz",
    "report_it_down": "Signale une panne informatique",
    "report_it_security": "Signale un incident de sécurité",
    "report_it_minor": "Signale une gêne informatique",
    "report_machine_stopped": "Signale une machine arrêtée",
    "report_alarm": "Signale une alarme",
    "report_medical": "Décrit un problème de santé",
    "report_danger": "Signale un danger",
    "report_custody": "Signale une garde à vue",
    "report_locked_out": "Est enfermé dehors",
    "report_noise": "Se plaint du bruit",
    "report_power": "N'a plus d'électricité",
    "report_lift": "Signale une panne d'ascenseur",
    "report_vehicle": "Signale une panne de véhicule",
    "report_intrusion": "Signale une intrusion",
    "report_lost_papers": "A perdu ses papiers",
    "book_room": "Veut réserver une chambre",
    "leave_message": "Veut laisser un message",
    "call_back": "Veut être rappelé",
    "take_appointment": "Veut un rendez-vous",
    "move_appointment": "Veut déplacer un rendez-vous",
    "cancel_appointment": "Veut annuler un rendez-vous",
    "ask_hours": "Demande les horaires",
    "ask_address": "Demande l'adresse",
    "ask_price": "Demande un prix",
    "ask_order": "Demande où en est sa commande",
    "ask_document": "Demande un document",
    "update_details": "Met à jour ses coordonnées",
    "complain": "Est mécontent",
    "talk_to_person": "Veut parler à quelqu'un",
    "are_you_a_machine": "Demande s'il parle à une machine",
    "repeat": "Veut réentendre",
    "hold_on": "Demande un instant",
    "speak_english": "Voudrait parler anglais",
    "wrong_number": "S'est trompé de numéro",
    "sales_call": "Démarche commerciale",
    "affirm": "Oui",
    "deny": "Non",
    "dont_know": "Ne sait pas",
    "correct": "Corrige",
    "inform": "Donne une information",
    "thank": "Remercie",
    "goodbye": "Prend congé",
    "out_of_scope": "Parle d'autre chose",
}
SLOTS = {
    "request": "Demande",
    "reason": "Motif",
    "caller_name": "Nom",
    "callback_number": "À rappeler au",
    "address": "Adresse",
    "callback_when": "Quand rappeler",
    "since": "Depuis",
    "reference": "Référence",
    "wished_when": "Date souhaitée",
    "complaint": "Réclamation",
    # The demo clients' own.
    "birth_date": "Né(e) le",
    "patient": "Patient",
    "detained": "Personne gardée à vue",
    "police_station": "Commissariat ou gendarmerie",
    "case_reference": "Référence du dossier",
    "company_name": "Société",
    "contract": "Contrat",
    "contract_holder": "Client sous contrat",
    "site_number": "Numéro de site",
    "error_code": "Code d'erreur",
    "cow_stuck": "Vache bloquée",
    "water_off": "Eau coupée",
    "room": "Chambre",
    "nights": "Nuits",
}
ALERT_STATES = {
    "triggered": "Enregistrée",
    "acknowledged": "Prise en charge",
    "closed": "Close",
}
VOICES = ("Appelant", "Assistant", "Interlocuteur")
"""Who is heard on each channel of a recording."""
TRANSFER_REASONS = {
    "asked": "L'appelant demande une personne",
    "urgent": "Une personne est cherchée, c'est urgent",
}
TRANSFER_RESULTS = {
    "spoken": "Ils se sont parlé",
    "given_back": "Rendu à l'assistant",
    "message": "L'appelant préfère laisser un message",
    "taken": "Prise en charge, on rappellera",
    "nobody": "Personne à appeler",
    "unreached": "Personne n'a pu répondre",
    "caller_left": "L'appelant a raccroché en attendant",
    "broken": "Interrompue par une panne",
}
PARTED = {
    "caller_left": "L'appelant a raccroché",
    "person_left": "L'interlocuteur a raccroché",
    "given_back": "L'appel est rendu à l'assistant",
    "lost": "La ligne de l'interlocuteur s'est coupée",
}
PARTS = {
    "understanding": "compréhension",
    "rasa": "Rasa",
    "ear": "reconnaissance vocale",
    "second ear": "seconde écoute (Whisper)",
    "mouth": "voix",
    "voice": "voix",
    "recording": "enregistrement",
    "dialogue": "dialogue",
    "call": "ligne",
    "store": "archivage",
}


def urgency(name: str | None) -> str:
    """The urgency of a call; one about which nothing was decided is normal."""
    return URGENCIES.get(name or "normal", _plain(name))


def outcome(name: str | None) -> str:
    """What became of a call."""
    return OUTCOMES.get(name, _plain(name)) if name else "En cours"


def cause(name: str | None) -> str:
    """Who or what ended a call, in a sentence."""
    return CAUSES.get(name or "", "")


def alert_state(name: str) -> str:
    """How far an alert has come."""
    return ALERT_STATES.get(name, _plain(name))


def situation(name: str | None) -> str:
    """Why the voicebot answered."""
    return SITUATIONS.get(name or "", _plain(name))


def intent(name: str | None) -> str:
    """What the caller wants, in a few words."""
    return INTENTS.get(name, _plain(name)) if name else "Pas compris"


def slot(name: str) -> str:
    """The name of a fact."""
    return SLOTS.get(name, _plain(name))


def voice(channel: int) -> str:
    """Who is heard on a channel of a recording."""
    return VOICES[channel] if channel < len(VOICES) else f"Voix {channel + 1}"


def transfer_reason(name: str | None, by: str | None = None) -> str:
    """Why a person was looked for."""
    if by:
        return f"{by} prend l'appel"
    return TRANSFER_REASONS.get(name or "", "Une personne est cherchée")


def transfer_result(name: str | None) -> str:
    """What became of looking for a person."""
    return TRANSFER_RESULTS.get(name, _plain(name)) if name else "En cours"


def parted(how: str | None) -> str:
    """How a conversation between two people ended."""
    return PARTED.get(how or "", "La conversation est finie")


def part(name: str) -> str:
    """A part of the program, in a French sentence."""
    return PARTS.get(name, name)


def shown(name: str, value: Any) -> str:
    """The value of a fact, as people write it."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    text = str(value)
    if name == "reason":
        return intent(text)
    if text.startswith("+"):
        return number(text)
    return _date(text) or text


def number(text: str | None) -> str:
    """A telephone number, grouped; French ones as they are dialled in France."""
    if not text:
        return "Numéro masqué"
    try:
        parsed = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        return text
    if not phonenumbers.is_possible_number(parsed):
        return text
    national = parsed.country_code == 33
    style = phonenumbers.PhoneNumberFormat
    return str(
        phonenumbers.format_number(parsed, style.NATIONAL if national else style.INTERNATIONAL)
    )


_PARTS_OF_DAY = {"midi": "à midi", "apres-midi": "après-midi"}


def _date(text: str) -> str | None:
    """ISO 8601 text, or a day and its part ("2026-01-15/matin"), as it is read in French.

    None when it is something else.
    """
    if len(text) < 10 or text[4:5] != "-":
        return None
    text, _, part = text.partition("/")
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    day = times.written(at.date())
    if part:
        return f"{day}, {_PARTS_OF_DAY.get(part, part)}"
    return f"{day} à {times.clock(at)}" if "T" in text else day


def _plain(name: str | None) -> str:
    """The name itself, made readable, for what has no label."""
    return (name or "").replace("_", " ").capitalize()
