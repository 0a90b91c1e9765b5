"""A bakery as a client: one short flow, so that a test speaks of its own matter alone."""

from zoneinfo import ZoneInfo

from voicebot.clients.client import Client
from voicebot.dialogue.loader import load_flows
from voicebot.oncall.hours import Hours
from voicebot.oncall.urgency import Criteria

GREETING = "Boulangerie Petit, bonjour."
FLOWS = """
slots:
  caller_name: {type: name, mappings: [{type: from_entity, entity: person}]}
  callback_number: {type: phone_number, mappings: [{type: from_entity, entity: phone_number}]}
  urgency: {message: false}
  situation: {message: false}
  caller_number: {message: false}
flows:
  answer:
    steps:
      - action: utter_greet
COLLECTS
      - action: action_save_message
      - action: utter_thanks
      - action: action_hang_up
        outcome: message_taken
responses:
  utter_greet: [{text: "{greeting}"}]
  utter_ask_caller_name: [{text: "Votre nom ?"}]
  utter_ask_caller_name_silence: [{text: "Votre nom, je vous prie ?"}]
  utter_ask_caller_name_unclear: [{text: "Pardon, votre nom ?"}]
  utter_ask_callback_number: [{text: "Votre numéro ?"}]
  utter_ask_callback_number_silence: [{text: "Votre numéro, je vous prie ?"}]
  utter_ask_callback_number_unclear: [{text: "Pardon, votre numéro ?"}]
  utter_thanks: [{text: "Merci {caller_name}, c'est noté. Au revoir."}]
"""


def bakery(folder, *, greeting=GREETING, asks=("caller_name",), rules=()):
    """The client, whose flows are written to `folder`; `asks` names the slots it collects."""
    own = folder / "clients" / "boulangerie"
    own.mkdir(parents=True, exist_ok=True)
    collects = "\n".join(f"      - collect: {slot}" for slot in asks)
    (folder / "flows.yml").write_text(FLOWS.replace("COLLECTS", collects))
    zone = ZoneInfo("Europe/Paris")
    facts = {"greeting": greeting}
    return Client(
        name="boulangerie",
        company="Boulangerie Petit",
        sector="commerce",
        language="fr",
        timezone=zone,
        greeting=greeting,
        facts=facts,
        hours=Hours(zone),
        criteria=Criteria(tuple(rules)),
        flows=load_flows(folder, own, facts),
        words=(),
        folder=own,
    )
