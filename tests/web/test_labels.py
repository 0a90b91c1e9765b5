import re
from pathlib import Path

import pytest
import yaml

from voicebot.oncall.hours import Situation
from voicebot.oncall.urgency import Urgency
from voicebot.web import labels

DOMAIN = Path(__file__).parents[2] / "nlu" / "domain.yml"


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("callback_number", "+33612345678", "06 12 34 56 78"),
        ("callback_number", "+41223456789", "+41 22 345 67 89"),
        ("callback_when", "2026-01-15", "jeudi 15 janvier 2026"),
        ("callback_when", "2026-03-01T14:30", "dimanche 1er mars 2026 à 14\xa0h\xa030"),
        ("reason", "report_leak", "Signale une fuite d'eau"),
        ("reference", "2026-XY-01", "2026-XY-01"),
        ("insured", True, "Oui"),
        ("insured", False, "Non"),
        ("floor", 0, "0"),
        ("address", None, "—"),
        ("callback_number", "+", "+"),
    ],
)
def test_values_as_people_write_them(name, value, shown):
    assert labels.shown(name, value) == shown


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("callback_number", "+33612345678", "06 12 34 56 78"),
        ("callback_when", "2026-03-01T14:30", "Sunday 1 March 2026 at 14:30"),
        ("callback_when", "2026-01-15/apres-midi", "Thursday 15 January 2026, afternoon"),
        ("reason", "report_leak", "Reports a water leak"),
        ("insured", True, "Yes"),
        ("address", "12 rue de l'Église", "12 rue de l'Église"),
    ],
)
def test_the_same_in_english(english, name, value, shown):
    assert labels.shown(name, value) == shown


def test_names_in_english(english):
    assert labels.urgency(None) == "Normal"
    assert labels.outcome("alert_raised") == "Alert raised"
    assert labels.outcome(None) == "In progress"
    assert labels.situation("lunch") == "Lunch break"
    assert labels.slot("callback_number") == "Call back on"
    assert labels.slot("of_a_client_s_own") == "Of a client s own"
    assert labels.transfer_reason(None, by="Claire") == "Claire takes the call"
    assert [labels.voice(0), labels.voice(4)] == ["Caller", "Voice 5"]
    assert labels.number(None) == "Number withheld"


def test_what_has_no_label_is_still_readable():
    assert labels.slot("boiler_model") == "Boiler model"
    assert labels.outcome("sent_to_moon") == "Sent to moon"
    assert labels.intent("order_pizza") == "Order pizza"


def test_nothing_known():
    assert labels.urgency(None) == "Normal"
    assert labels.outcome(None) == "En cours"
    assert labels.number(None) == "Numéro masqué"
    assert labels.cause(None) == ""


def test_every_urgency_and_situation_has_its_label():
    assert set(labels.URGENCIES) == {urgency.value for urgency in Urgency}
    assert set(labels.SITUATIONS) == {situation.value for situation in Situation}


@pytest.mark.skipif(not DOMAIN.exists(), reason="nlu/domain.yml is missing")
def test_every_intent_has_its_label():
    intents = yaml.safe_load(DOMAIN.read_text())["intents"]
    names = {intent if isinstance(intent, str) else next(iter(intent)) for intent in intents}

    assert names - set(labels.INTENTS) == set()


def test_every_label_is_french_text():
    for table in (labels.INTENTS, labels.OUTCOMES, labels.SLOTS, labels.CAUSES):
        assert all(re.match(r"[A-ZÀÉ]", label) for label in table.values())
