"""What the program's own words are called on a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import phonenumbers

from voicebot.web import times
from voicebot.web.tongue import N_, _

URGENCIES = {
    "vital": N_("Danger vital"),
    "urgent": N_("Urgent"),
    "normal": N_("Normal"),
    "unwanted": N_("Indésirable"),
}
OUTCOMES = {
    "message_taken": N_("Message pris"),
    "message_partial": N_("Message incomplet"),
    "alert_raised": N_("Alerte enregistrée"),
    "danger": N_("Danger vital signalé"),
    "informed": N_("Renseigné"),
    "handed_over": N_("Mis en relation"),
    "abandoned": N_("A raccroché"),
    "silent": N_("Appel muet"),
    "unwanted": N_("Appel indésirable"),
    "wrong_number": N_("Faux numéro"),
    "interrupted": N_("Interrompu par une panne"),
    "lost": N_("Ligne coupée"),
    "shutdown": N_("Serveur arrêté"),
    "busy": N_("Lignes occupées"),
    "failed": N_("Interrompu par une erreur"),
}
SOUGHT_OUTCOMES = {"going_on": N_("En cours"), **OUTCOMES}
"""What a search may ask for."""
CAUSES = {
    "caller": N_("L'appelant a raccroché."),
    "bot": N_("L'assistant a pris congé."),
    "lost": N_("La ligne a été coupée."),
    "shutdown": N_("Le serveur a été arrêté."),
    "interrupted": N_("Le serveur s'est arrêté en plein appel ; tout ce qui était dit est gardé."),
}
SITUATIONS = {
    "open": N_("Heures d'ouverture"),
    "lunch": N_("Pause de midi"),
    "closed": N_("Fermé"),
    "holiday": N_("Jour férié"),
    "closure": N_("Fermeture exceptionnelle"),
    "overflow": N_("Débordement : personne n'a décroché"),
}
INTENTS = {
    "greet": N_("Salue"),
    "report_leak": N_("Signale une fuite d'eau"),
    "report_no_heating": N_("N'a plus de chauffage"),
    "report_no_hot_water": N_("N'a plus d'eau chaude"),
    "report_blocked_drain": N_("A une canalisation bouchée"),
    "report_gas_smell": N_("Sent une odeur de gaz"),
    "report_it_down": N_("Signale une panne informatique"),
    "report_it_security": N_("Signale un incident de sécurité"),
    "report_it_minor": N_("Signale une gêne informatique"),
    "report_machine_stopped": N_("Signale une machine arrêtée"),
    "report_alarm": N_("Signale une alarme"),
    "report_medical": N_("Décrit un problème de santé"),
    "report_danger": N_("Signale un danger"),
    "report_custody": N_("Signale une garde à vue"),
    "report_locked_out": N_("Est enfermé dehors"),
    "report_noise": N_("Se plaint du bruit"),
    "report_power": N_("N'a plus d'électricité"),
    "report_lift": N_("Signale une panne d'ascenseur"),
    "report_vehicle": N_("Signale une panne de véhicule"),
    "report_intrusion": N_("Signale une intrusion"),
    "report_lost_papers": N_("A perdu ses papiers"),
    "book_room": N_("Veut réserver une chambre"),
    "leave_message": N_("Veut laisser un message"),
    "call_back": N_("Veut être rappelé"),
    "take_appointment": N_("Veut un rendez-vous"),
    "move_appointment": N_("Veut déplacer un rendez-vous"),
    "cancel_appointment": N_("Veut annuler un rendez-vous"),
    "ask_hours": N_("Demande les horaires"),
    "ask_address": N_("Demande l'adresse"),
    "ask_price": N_("Demande un prix"),
    "ask_order": N_("Demande où en est sa commande"),
    "ask_document": N_("Demande un document"),
    "update_details": N_("Met à jour ses coordonnées"),
    "complain": N_("Est mécontent"),
    "talk_to_person": N_("Veut parler à quelqu'un"),
    "are_you_a_machine": N_("Demande s'il parle à une machine"),
    "repeat": N_("Veut réentendre"),
    "hold_on": N_("Demande un instant"),
    "speak_english": N_("Voudrait parler anglais"),
    "wrong_number": N_("S'est trompé de numéro"),
    "sales_call": N_("Démarche commerciale"),
    "affirm": N_("Oui"),
    "deny": N_("Non"),
    "dont_know": N_("Ne sait pas"),
    "correct": N_("Corrige"),
    "inform": N_("Donne une information"),
    "thank": N_("Remercie"),
    "goodbye": N_("Prend congé"),
    "out_of_scope": N_("Parle d'autre chose"),
}
SLOTS = {
    "request": N_("Demande"),
    "reason": N_("Motif"),
    "caller_name": N_("Nom"),
    "callback_number": N_("À rappeler au"),
    "address": N_("Adresse"),
    "callback_when": N_("Quand rappeler"),
    "since": N_("Depuis"),
    "reference": N_("Référence"),
    "wished_when": N_("Date souhaitée"),
    "complaint": N_("Réclamation"),
    # The demo clients' own.
    "birth_date": N_("Né(e) le"),
    "patient": N_("Patient"),
    "detained": N_("Personne gardée à vue"),
    "police_station": N_("Commissariat ou gendarmerie"),
    "case_reference": N_("Référence du dossier"),
    "company_name": N_("Société"),
    "contract": N_("Contrat"),
    "contract_holder": N_("Client sous contrat"),
    "site_number": N_("Numéro de site"),
    "error_code": N_("Code d'erreur"),
    "cow_stuck": N_("Vache bloquée"),
    "water_off": N_("Eau coupée"),
    "room": N_("Chambre"),
    "nights": N_("Nuits"),
}
ALERT_STATES = {
    "triggered": N_("Enregistrée"),
    "acknowledged": N_("Prise en charge"),
    "closed": N_("Close"),
}
VOICES = (N_("Appelant"), N_("Assistant"), N_("Interlocuteur"))
"""Who is heard on each channel of a recording."""
TRANSFER_REASONS = {
    "asked": N_("L'appelant demande une personne"),
    "urgent": N_("Une personne est cherchée, c'est urgent"),
}
TRANSFER_RESULTS = {
    "spoken": N_("Ils se sont parlé"),
    "given_back": N_("Rendu à l'assistant"),
    "message": N_("L'appelant préfère laisser un message"),
    "taken": N_("Prise en charge, on rappellera"),
    "nobody": N_("Personne à appeler"),
    "unreached": N_("Personne n'a pu répondre"),
    "caller_left": N_("L'appelant a raccroché en attendant"),
    "broken": N_("Interrompue par une panne"),
}
PARTED = {
    "caller_left": N_("L'appelant a raccroché"),
    "person_left": N_("L'interlocuteur a raccroché"),
    "given_back": N_("L'appel est rendu à l'assistant"),
    "lost": N_("La ligne de l'interlocuteur s'est coupée"),
}
PARTS = {
    "understanding": N_("compréhension"),
    "rasa": N_("Rasa"),
    "ear": N_("reconnaissance vocale"),
    "second ear": N_("seconde écoute (Whisper)"),
    "mouth": N_("voix"),
    "voice": N_("voix"),
    "recording": N_("enregistrement"),
    "dialogue": N_("dialogue"),
    "call": N_("ligne"),
    "store": N_("archivage"),
}


def urgency(name: str | None) -> str:
    """The urgency of a call; one about which nothing was decided is normal."""
    return _worded(URGENCIES, name or "normal")


def outcome(name: str | None) -> str:
    """What became of a call."""
    return _worded(OUTCOMES, name) if name else _("En cours")


def cause(name: str | None) -> str:
    """Who or what ended a call, in a sentence."""
    return _(CAUSES[name]) if name in CAUSES else ""


def alert_state(name: str) -> str:
    """How far an alert has come."""
    return _worded(ALERT_STATES, name)


def situation(name: str | None) -> str:
    """Why the voicebot answered."""
    return _worded(SITUATIONS, name or "")


def intent(name: str | None) -> str:
    """What the caller wants, in a few words."""
    return _worded(INTENTS, name) if name else _("Pas compris")


def slot(name: str) -> str:
    """The name of a fact."""
    return _worded(SLOTS, name)


def voice(channel: int) -> str:
    """Who is heard on a channel of a recording."""
    return _(VOICES[channel]) if channel < len(VOICES) else _("Voix %(n)s", n=channel + 1)


def transfer_reason(name: str | None, by: str | None = None) -> str:
    """Why a person was looked for."""
    if by:
        return _("%(name)s prend l'appel", name=by)
    return _(TRANSFER_REASONS.get(name or "", N_("Une personne est cherchée")))


def transfer_result(name: str | None) -> str:
    """What became of looking for a person."""
    return _worded(TRANSFER_RESULTS, name) if name else _("En cours")


def parted(how: str | None) -> str:
    """How a conversation between two people ended."""
    return _(PARTED.get(how or "", N_("La conversation est finie")))


def part(name: str) -> str:
    """A part of the program, within a sentence."""
    return _(PARTS[name]) if name in PARTS else name


def shown(name: str, value: Any) -> str:
    """The value of a fact, as people write it."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("Oui") if value else _("Non")
    text = str(value)
    if name == "reason":
        return intent(text)
    if text.startswith("+"):
        return number(text)
    return _date(text) or text


def number(text: str | None) -> str:
    """A telephone number, grouped; French ones as they are dialled in France."""
    if not text:
        return _("Numéro masqué")
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


_PARTS_OF_DAY = {
    "matin": N_("matin"),
    "midi": N_("à midi"),
    "apres-midi": N_("après-midi"),
    "soir": N_("soir"),
}


def _date(text: str) -> str | None:
    """ISO 8601 text, or a day and its part ("2026-01-15/matin"), as it is read.

    None when it is something else.
    """
    if len(text) < 10 or text[4:5] != "-":
        return None
    text, _slash, part = text.partition("/")
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    day = times.written(at.date())
    if part:
        return f"{day}, {_(_PARTS_OF_DAY[part]) if part in _PARTS_OF_DAY else part}"
    return times.moment(day, at) if "T" in text else day


def _worded(table: Mapping[str, str], name: str) -> str:
    return _(table[name]) if name in table else _plain(name)


def _plain(name: str | None) -> str:
    """The name itself, made readable, for what has no label."""
    return (name or "").replace("_", " ").capitalize()
