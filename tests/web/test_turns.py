from datetime import timedelta

import pytest

from tests.web.conftest import NOW, urgent
from voicebot.store.entry import KINDS, Entry
from voicebot.web.turns import Transcript, facts


def line(kind, **data):
    return Transcript().line(Entry(kind, NOW, data))


def test_the_whole_transcript():
    lines = [(t.side, t.text, t.detail) for t in Transcript(hidden={"urgency"}).lines(urgent(NOW))]

    assert lines == [
        ("bot", "Plomberie Moreau, bonjour.", ""),
        ("caller", "Bonjour, j'ai <b>de l'eau</b> qui coule du plafond", ""),
        ("note", "Signale une fuite d'eau", "91 %"),
        (
            "note",
            "Urgent",
            "De l'eau coule et ne s'arrête pas. · règle moreau.fuite · « eau », « coule »",
        ),
        ("note", "Nom", "Hélène Noël"),
        ("note", "À rappeler au", "06 12 34 56 78"),
        ("note", "Quand rappeler", "jeudi 15 janvier 2026 à 8\xa0h\xa000"),
        ("note", "Message enregistré", ""),
        ("note", "Alerte enregistrée", "règle moreau.fuite"),
        ("bot", "L'astreinte est prévenue.", ""),
        ("note", "L'appelant a coupé la parole", "non entendu : « est prévenue. »"),
        ("caller", "Touche 1", ""),
        ("note", "Alerte enregistrée", "L'appelant a raccroché."),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_with_nothing_in_it_breaks_no_page(kind):
    Transcript(NOW).line(Entry(kind, NOW, {}))


def test_nothing_understood_is_said_honestly():
    assert line("understood", intent=None, confidence=0.2).text == "Pas compris"


def test_words_heard_badly_are_marked():
    assert line("heard", text="euh", confidence=0.3).detail == "mal entendu"
    assert line("heard", text="").text == "(inaudible)"


def test_no_rule_fired_is_no_line():
    assert line("decided", urgency="normal", rule="default", because="Aucun critère.") is None


def test_a_doubt_is_told_with_its_rule_and_its_words():
    doubt = {"rule": "gas_smell", "because": "Du gaz.", "words": ["sent gaz"]}
    told = line("decided", urgency="normal", rule="default", because="Aucun.", doubt=doubt)
    assert told.text == "Doute, une question"
    assert told.detail == "Du gaz. · règle gas_smell · « sent gaz »"


def test_a_message_half_given_is_no_line():
    assert line("message", fields={"caller_name": "Martin"}, complete=False) is None


def test_what_is_heard_begins_before_it_is_written():
    entry = Entry("heard", NOW + timedelta(seconds=9), {"text": "oui", "speech_ms": 3000})

    assert Transcript(NOW).line(entry).start_s == pytest.approx(5.3)
    assert Transcript().line(entry).start_s is None
    assert Transcript(NOW + timedelta(seconds=8)).line(entry).start_s == 0


def test_facts_are_the_last_values_without_what_came_from_outside():
    entries = [*urgent(NOW), Entry("slot", NOW, {"name": "caller_name", "value": "Noëlle"})]

    assert list(facts(entries, {"urgency"})) == [
        "caller_name",
        "callback_number",
        "request",
        "callback_when",
    ]
    assert facts(entries)["caller_name"] == "Noëlle"


def test_a_fact_taken_back_is_gone():
    entries = [Entry("slot", NOW, {"name": "since", "value": v}) for v in ("hier", None)]

    assert facts(entries) == {}


def test_sentences_said_in_one_go_follow_each_other():
    says = [Entry("said", NOW, {"text": text}) for text in ("Bonjour, ici Durand.", "Oui ?")]
    later = Entry("said", NOW + timedelta(seconds=8), {"text": "Merci."})

    starts = [line.start_s for line in Transcript(NOW).lines([*says, later])]

    assert starts[0] == 0
    assert 1 < starts[1] < 2
    assert starts[2] == 8


def test_an_alert_brought_up_to_date_is_not_shown_again():
    alerts = [Entry("alert", NOW, {"rule": rule}) for rule in ("fuite", "gaz", "fuite")]

    details = [line.detail for line in Transcript().lines(alerts)]

    assert details == ["règle fuite", "règle gaz"]


def test_a_transfer_is_told_step_by_step():
    leg = {"number": 0, "target": "operators", "person": "7", "name": "Claire Petit"}
    entries = [
        Entry("transfer", NOW, {"reason": "asked"}),
        Entry("leg", NOW, {**leg, "state": "ringing"}),
        Entry("leg", NOW, {**leg, "state": "ended", "outcome": "declined", "reason": "En ligne"}),
        Entry("joined", NOW, {"number": 1, "name": "Karim Haddad"}),
        Entry("overheard", NOW, {"who": "caller", "text": "bonjour"}),
        Entry("overheard", NOW, {"who": "person", "text": "j'arrive"}),
        Entry("parted", NOW, {"number": 1, "how": "given_back"}),
        Entry("transferred", NOW, {"result": "given_back", "person": "Karim Haddad"}),
    ]

    assert [(t.side, t.text, t.detail, t.who) for t in Transcript().lines(entries)] == [
        ("note", "L'appelant demande une personne", "", ""),
        ("note", "Appel à Claire Petit : ça sonne…", "", ""),
        ("note", "Appel à Claire Petit : a refusé", "« En ligne »", ""),
        ("note", "En ligne avec Karim Haddad", "", ""),
        ("caller", "bonjour", "", ""),
        ("person", "j'arrive", "", "Karim Haddad"),
        ("note", "L'appel est rendu à l'assistant", "", ""),
        ("note", "Mise en relation : rendu à l'assistant", "", ""),
    ]


def test_an_operator_who_takes_the_call_is_named():
    assert line("transfer", reason="taken_over", by="Claire Petit").text == (
        "Claire Petit prend l'appel"
    )


def test_what_was_whispered_says_by_whom():
    assert line("said", text="Un instant.", by="Claire Petit").detail == "soufflé par Claire Petit"
