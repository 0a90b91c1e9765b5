"""A client with one short flow, so that these tests speak of the session alone."""

from zoneinfo import ZoneInfo

import pytest

from voicebot.clients.client import Client
from voicebot.dialogue.loader import load_flows
from voicebot.oncall.hours import Hours
from voicebot.oncall.pattern import compile_pattern
from voicebot.oncall.urgency import Criteria, Rule, Urgency

FLOWS = """
slots:
  caller_name: {type: name, mappings: [{type: from_entity, entity: person}]}
  urgency: {message: false}
  situation: {message: false}
flows:
  answer:
    steps:
      - action: utter_greet
      - collect: caller_name
      - action: action_save_message
      - action: utter_thanks
      - action: action_hang_up
        outcome: message_taken
responses:
  utter_greet: [{text: "{greeting}"}]
  utter_ask_caller_name: [{text: "Votre nom ?"}]
  utter_ask_caller_name_silence: [{text: "Votre nom, je vous prie ?"}]
  utter_ask_caller_name_unclear: [{text: "Pardon, votre nom ?"}]
  utter_thanks: [{text: "Merci {caller_name}, au revoir."}]
"""


@pytest.fixture
def client(tmp_path):
    own = tmp_path / "clients" / "boulangerie"
    own.mkdir(parents=True)
    (tmp_path / "flows.yml").write_text(FLOWS)
    zone = ZoneInfo("Europe/Paris")
    facts = {"greeting": "Boulangerie Petit, bonjour."}
    fire = Rule("fire", Urgency.VITAL, "Il y a le feu.", any=(compile_pattern("feu"),))
    leak = Rule("leak", Urgency.URGENT, "Une fuite.", any=(compile_pattern("fuite"),))
    return Client(
        name="boulangerie",
        company="Boulangerie Petit",
        sector="commerce",
        language="fr",
        timezone=zone,
        greeting=facts["greeting"],
        facts=facts,
        hours=Hours(zone),
        criteria=Criteria((fire, leak)),
        flows=load_flows(tmp_path, own, facts),
        words=(),
        folder=own,
    )
