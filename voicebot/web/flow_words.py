"""What flows and their steps are called on a French page."""

from __future__ import annotations

from dataclasses import dataclass

from voicebot.dialogue.flow import (
    FIRST_FLOW,
    LAST_FLOW,
    QUIET_FLOW,
    Act,
    Call,
    Collect,
    Flow,
    FlowSet,
    Link,
    Noop,
    SetSlots,
    Step,
    Utter,
)
from voicebot.dialogue.interpretation import Value
from voicebot.dialogue.rendering import PLACEHOLDER
from voicebot.web import labels

FLOWS = {
    "answer": "Décrocher",
    "message": "Prendre un message",
    "contact": "Où rappeler",
    "urgent": "Urgence",
    "doubt": "Un doute, une question",
    "danger": "Danger vital",
    "danger_over": "Dernier mot après un danger",
    "goodbye": "Prendre congé",
    "gone": "Plus personne au bout du fil",
    "sales_call": "Démarchage",
    "wrong_number": "Faux numéro",
    "hours": "Horaires",
    "location": "Adresse",
    "price": "Tarifs",
    "greet": "Salutations",
    "repeat": "Répéter",
    "hold_on": "Patienter",
    "thank": "Remerciements",
    "machine": "Parler à une machine ?",
    "person": "Parler à quelqu'un",
    "complaint": "Mécontentement",
    "english": "En anglais",
    "handed_over": "Mis en relation",
    "given_back": "Rendu à l'assistant",
    # The demo clients' own.
    "stop_the_water": "Couper l'eau",
    "booking": "Réservation",
    "noise": "Bruit",
    "which_room": "Quelle chambre",
    "in_the_house": "Client de l'hôtel",
    "outage": "Panne",
    "attack": "Attaque informatique",
    "which_company": "Quelle société",
    "symptom": "Symptôme",
    "custody": "Garde à vue",
    "robot": "Robot arrêté",
    "other_machine": "Autre machine",
    "machine_details": "Quelle machine",
    "digester": "Méthaniseur",
}
SLOTS = {
    "urgency": "Urgence",
    "urgency_rule": "Règle",
    "urgency_because": "Pourquoi",
    "advice": "Consigne",
    "doubt": "Doute",
    "in_doubt": "Doute levé",
    "danger_understood": "Consigne comprise",
    "own_number_ok": "Ce numéro-ci",
    "informed": "Renseigné",
    "transfer": "Mise en relation",
    "transfer_person": "Interlocuteur",
    "caller_number": "Numéro d'appel",
    "wants_to_add": "Veut ajouter",
    "added": "Ajouté",
}
"""What serves the conversation only, and is no fact of the caller."""
ACTIONS = {
    "action_save_message": "Enregistre le message",
    "action_raise_alert": "Ouvre l'alerte",
    "action_hang_up": "Raccroche",
    "action_repeat": "Redit la dernière phrase",
    "action_transfer": "Passe l'appel à une personne",
}
WAYS = {
    "else": "sinon",
    "silence": "silence",
    "unclear": "pas compris",
    "unanswered": "sans réponse",
}
STARTS = {
    FIRST_FLOW: "Quand l'appel est décroché",
    QUIET_FLOW: "Quand plus personne ne parle",
    LAST_FLOW: "Quand il ne reste rien à faire",
}


@dataclass(frozen=True)
class Said:
    """A step in words."""

    kind: str
    """say, ask, do, set, go, visit or branch: for its look."""
    title: str
    text: str = ""
    flow: str = ""
    """The flow that it leads to."""


def flow_title(name: str) -> str:
    """A flow's name, made readable where there is no word for it."""
    return FLOWS.get(name) or name.replace("_", " ").capitalize()


def started(flow: Flow) -> tuple[str, ...]:
    """What makes a flow start, besides another flow that leads to it."""
    found = [STARTS[flow.name]] if flow.name in STARTS else []
    found += [f"Quand l'appelant : {labels.intent(t.intent).lower()}" for t in flow.triggers]
    if flow.trigger_if:
        found.append(f"Dès que : {condition(flow.trigger_if.text)}")
    return tuple(found)


def condition(text: str) -> str:
    """A condition as it is shown: what it is about is clear from where it stands."""
    return text.replace("slots.", "").replace("facts.", "").replace("call.", "")


def said(flows: FlowSet, step: Step) -> Said:
    """A step in words."""
    match step.does:
        case Utter(response):
            return Said("say", "Dit", worded(flows, response))
        case Collect() as collect:
            title = f"Question · {slot(collect.slot)}"
            return Said("ask", title, worded(flows, collect.utter))
        case SetSlots(values):
            return Said("set", "Retient", ", ".join(_fact(name, value) for name, value in values))
        case Link(name):
            return Said("go", "Passe à", flow_title(name), name)
        case Call(name):
            return Said("visit", "Passe par, puis revient", flow_title(name), name)
        case Noop():
            return Said("branch", "Selon ce qui est su")
        case Act() as act:
            return _act(act)


def worded(flows: FlowSet, response: str) -> str:
    """What a response says when nothing special holds; its name where nobody has written one."""
    found = flows.responses.get(response)
    own = [variation for variation in found.variations if not variation.foreign] if found else []
    plain = [variation for variation in own if variation.condition is None]
    if not own:
        return response
    return PLACEHOLDER.sub(lambda name: _known(flows, name[1]), (plain or own)[0].text)


def _known(flows: FlowSet, name: str) -> str:
    """What stands for a placeholder: the client's fact, or what will be known by then."""
    bare = name.removeprefix("facts.")
    return flows.facts.get(bare) or f"[{slot(bare).lower()}]"


def slot(name: str) -> str:
    """The name of a fact, or of what the conversation keeps for itself."""
    return SLOTS.get(name) or labels.slot(name)


def _act(act: Act) -> Said:
    if act.action == "action_hang_up":
        return Said("end", "Raccroche", labels.outcome(act.outcome) if act.outcome else "")
    if act.action == "action_speak":
        return Said("do", "Parle la langue", act.language)
    return Said("do", ACTIONS.get(act.action, act.action))


def _fact(name: str, value: Value) -> str:
    if value is None:
        return f"{slot(name)} : effacé"
    return f"{slot(name)} = {labels.shown(name, value)}"
