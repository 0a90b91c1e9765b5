"""What flows and their steps are called on a page."""

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
from voicebot.web.times import small
from voicebot.web.tongue import N_, _, pgettext

FLOWS = {
    "answer": N_("Décrocher"),
    "message": N_("Prendre un message"),
    "contact": N_("Où rappeler"),
    "urgent": N_("Urgence"),
    "doubt": N_("Un doute, une question"),
    "danger": N_("Danger vital"),
    "danger_over": N_("Dernier mot après un danger"),
    "goodbye": N_("Prendre congé"),
    "gone": N_("Plus personne au bout du fil"),
    "sales_call": N_("Démarchage"),
    "wrong_number": N_("Faux numéro"),
    "hours": N_("Horaires"),
    "location": N_("Adresse"),
    "price": N_("Tarifs"),
    "greet": N_("Salutations"),
    "repeat": N_("Répéter"),
    "hold_on": N_("Patienter"),
    "thank": N_("Remerciements"),
    "machine": N_("Parler à une machine ?"),
    "person": N_("Parler à quelqu'un"),
    "complaint": N_("Mécontentement"),
    "english": N_("En anglais"),
    "handed_over": N_("Mis en relation"),
    "given_back": N_("Rendu à l'assistant"),
    # The demo clients' own.
    "stop_the_water": N_("Couper l'eau"),
    "booking": N_("Réservation"),
    "noise": N_("Bruit"),
    "which_room": N_("Quelle chambre"),
    "in_the_house": N_("Client de l'hôtel"),
    "outage": N_("Panne"),
    "attack": N_("Attaque informatique"),
    "which_company": N_("Quelle société"),
    "symptom": N_("Symptôme"),
    "custody": N_("Garde à vue"),
    "robot": N_("Robot arrêté"),
    "other_machine": N_("Autre machine"),
    "machine_details": N_("Quelle machine"),
    "digester": N_("Méthaniseur"),
}
SLOTS = {
    "urgency": N_("Urgence"),
    "urgency_rule": N_("Règle"),
    "urgency_because": N_("Pourquoi"),
    "advice": N_("Consigne"),
    "doubt": N_("Doute"),
    "in_doubt": N_("Doute levé"),
    "danger_understood": N_("Consigne comprise"),
    "own_number_ok": N_("Ce numéro-ci"),
    "informed": N_("Renseigné"),
    "transfer": N_("Mise en relation"),
    "transfer_person": N_("Interlocuteur"),
    "caller_number": N_("Numéro d'appel"),
    "wants_to_add": N_("Veut ajouter"),
    "added": N_("Ajouté"),
}
"""What serves the conversation only, and is no fact of the caller."""
ACTIONS = {
    "action_save_message": N_("Enregistre le message"),
    "action_raise_alert": N_("Ouvre l'alerte"),
    "action_hang_up": N_("Raccroche"),
    "action_repeat": N_("Redit la dernière phrase"),
    "action_transfer": N_("Passe l'appel à une personne"),
}
WAYS = {
    "else": N_("sinon"),
    "silence": N_("silence"),
    "unclear": N_("pas compris"),
    "unanswered": N_("sans réponse"),
}
STARTS = {
    FIRST_FLOW: N_("Quand l'appel est décroché"),
    QUIET_FLOW: N_("Quand plus personne ne parle"),
    LAST_FLOW: N_("Quand il ne reste rien à faire"),
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
    return _(FLOWS[name]) if name in FLOWS else name.replace("_", " ").capitalize()


def started(flow: Flow) -> tuple[str, ...]:
    """What makes a flow start, besides another flow that leads to it."""
    found = [_(STARTS[flow.name])] if flow.name in STARTS else []
    found += [
        _("Quand l'appelant : %(intent)s", intent=small(labels.intent(t.intent)))
        for t in flow.triggers
    ]
    if flow.trigger_if:
        found.append(_("Dès que : %(condition)s", condition=condition(flow.trigger_if.text)))
    return tuple(found)


def condition(text: str) -> str:
    """A condition as it is shown: what it is about is clear from where it stands."""
    return text.replace("slots.", "").replace("facts.", "").replace("call.", "")


def said(flows: FlowSet, step: Step) -> Said:
    """A step in words."""
    match step.does:
        case Utter(response):
            return Said("say", pgettext("the assistant", "Dit"), worded(flows, response))
        case Collect() as collect:
            title = _("Question · %(fact)s", fact=slot(collect.slot))
            return Said("ask", title, worded(flows, collect.utter))
        case SetSlots(values):
            facts = ", ".join(_fact(name, value) for name, value in values)
            return Said("set", pgettext("the assistant", "Retient"), facts)
        case Link(name):
            return Said("go", _("Passe à"), flow_title(name), name)
        case Call(name):
            return Said("visit", _("Passe par, puis revient"), flow_title(name), name)
        case Noop():
            return Said("branch", _("Selon ce qui est su"))
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
    return flows.facts.get(bare) or f"[{small(slot(bare))}]"


def slot(name: str) -> str:
    """The name of a fact, or of what the conversation keeps for itself."""
    return _(SLOTS[name]) if name in SLOTS else labels.slot(name)


def _act(act: Act) -> Said:
    if act.action == "action_hang_up":
        return Said(
            "end", _(ACTIONS[act.action]), labels.outcome(act.outcome) if act.outcome else ""
        )
    if act.action == "action_speak":
        return Said("do", _("Parle la langue"), act.language)
    told = _(ACTIONS[act.action]) if act.action in ACTIONS else act.action
    return Said("do", told)


def _fact(name: str, value: Value) -> str:
    if value is None:
        return _("%(fact)s : effacé", fact=slot(name))
    return f"{slot(name)} = {labels.shown(name, value)}"
