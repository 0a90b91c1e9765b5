"""What a telephone conversation needs, turn by turn, on the shared flows."""

from dataclasses import replace

import pytest

from tests.dialogue.talk import URGENT, VITAL, Talk
from voicebot.dialogue.action import HangUp, Moved, RaiseAlert, SaveMessage, Say
from voicebot.dialogue.event import Silent, Spoke
from voicebot.dialogue.expectation import Kind
from voicebot.dialogue.interpretation import Entity, Interpretation

LEAK = ("mon robinet goutte depuis hier", "report_leak")
NUMBER = ("phone_number", "+33612345678")


def asked_for_number(**kwargs):
    talk = Talk(**kwargs)
    talk.say(*LEAK, ("person", "Martin Dupont"))
    assert talk.expected.kind is Kind.PHONE_NUMBER
    return talk


def part(digits):
    return Entity("phone_number", digits, digits, 1.0, complete=False)


def test_the_greeting_then_one_open_question():
    talk = Talk()
    assert talk.responses == ["utter_greeting", "utter_ask_request"]
    assert talk.expected.slot == "request" and talk.expected.kind is Kind.ANYTHING


def test_what_was_said_in_one_sentence_is_not_asked_again():
    talk = Talk()
    talk.say(*LEAK, ("person", "Martin Dupont"), NUMBER, ("date", "2026-01-15"))
    assert talk.responses == ["utter_confirm_callback_number"]
    talk.say("oui", "affirm")
    assert talk.responses == ["utter_ask_callback_when"]
    talk.say("demain", "inform", ("date", "2026-01-15"))
    assert talk.outcome == "message_taken"
    assert talk.message.complete
    assert talk.message.fields["caller_name"] == "Martin Dupont"
    assert talk.message.fields["reason"] == "report_leak"


def test_the_message_is_kept_as_it_grows():
    talk = Talk()
    assert talk.message is None
    talk.say(*LEAK)
    assert talk.message == SaveMessage({"request": LEAK[0], "reason": LEAK[1]}, complete=False)
    talk.say("Martin Dupont", "inform", ("person", "Martin Dupont"))
    assert talk.message.fields["caller_name"] == "Martin Dupont" and not talk.message.complete


def test_silence_is_met_with_other_words_each_time_then_a_way_out():
    talk = Talk()
    first, second = talk.silence(), talk.silence()
    assert first and second and first != second
    talk.silence()
    assert talk.outcome == "silent"


def test_not_understood_thrice_ends_in_a_message_with_the_own_words():
    talk = Talk()
    said = [talk.say(words) for words in ("gloubi", "boulga")]
    assert said[0] != said[1]
    talk.say("casimir")
    assert talk.slots["request"] == "gloubi / boulga / casimir"
    assert "request" in talk.message.fields["unsure"]
    assert talk.responses == ["utter_ask_caller_name"]


def test_a_long_explanation_that_no_intent_fits_is_taken_as_it_is():
    talk = Talk()
    talk.say("c'est au sujet de la machine que vous aviez posée chez ma tante")
    assert talk.responses == ["utter_ask_caller_name"]


def test_a_number_dictated_in_parts():
    talk = asked_for_number()
    talk.say("zéro six douze", "inform", part("0612"))
    assert talk.responses == ["utter_partial"] and talk.state.partial == "0612"
    talk.say("trente-quatre cinquante-six", "inform", part("3456"))
    talk.say("soixante-dix-huit", "inform", ("number", 78))
    assert talk.slots["callback_number"] == "+33612345678"
    assert "06, 12, 34, 56, 78" in talk.said


def test_the_end_of_a_number_is_corrected():
    talk = asked_for_number()
    talk.say("06 12 34 56 78", "inform", NUMBER)
    talk.say("non quarante-deux à la fin", "deny", ("yes_no", False), part("42"))
    assert "06, 12, 34, 56, 42" in talk.said
    talk.say("oui", "affirm")
    assert talk.slots["callback_number"] == "+33612345642"
    assert "unsure" not in talk.message.fields


def test_a_whole_number_corrects():
    talk = asked_for_number()
    talk.say("06 12 34 56 78", "inform", NUMBER)
    talk.say("non le 06 99 99 99 99", "correct", ("phone_number", "+33699999999"))
    assert "06, 99, 99, 99, 99" in talk.said


def test_denied_twice_the_number_is_typed():
    talk = asked_for_number()
    talk.say("06 12 34 56 78", "inform", NUMBER)
    talk.say("non", "deny")
    assert talk.responses == ["utter_ask_callback_number_retry"]
    talk.say("06 12 34 56 79", "inform", ("phone_number", "+33612345679"))
    talk.say("non", "deny")
    assert talk.responses == ["utter_ask_callback_number_keys"]
    talk.press("0612345670")
    assert talk.slots["callback_number"] == "+33612345670"
    assert talk.responses == ["utter_ask_callback_when"]


def test_a_read_back_that_gets_no_answer_is_kept_as_unsure():
    talk = asked_for_number()
    talk.say("06 12 34 56 78", "inform", NUMBER)
    talk.silence()
    talk.silence()
    assert talk.responses == ["utter_ask_callback_when"]
    assert talk.message.fields["unsure"] == "callback_number"


def test_keys_of_a_number():
    talk = asked_for_number()
    assert talk.press("061234") == "" and talk.state.partial == "061234"
    talk.press("*")
    assert talk.state.partial == ""
    talk.press("0612345678")
    assert talk.responses == ["utter_confirm_callback_number"]
    talk.press("1")
    assert talk.responses == ["utter_ask_callback_when"]


def test_keys_that_make_no_number():
    talk = asked_for_number()
    talk.press("0612#")
    assert talk.expected.kind is Kind.PHONE_NUMBER and talk.said


def test_key_for_urgent_and_for_message():
    urgent = Talk()
    urgent.press("1")
    assert urgent.alert.rule == "pressed_1"
    assert urgent.responses == ["utter_ask_what_happens"]
    message = Talk()
    message.press("2")
    assert message.responses == ["utter_ask_message"] and message.alert is None


def test_the_number_called_from_is_offered():
    talk = Talk(caller_number="+33611223344")
    talk.say(*LEAK, ("person", "Martin"))
    assert "44" in talk.said
    talk.say("oui", "affirm")
    assert talk.slots["callback_number"] == "+33611223344"


def test_another_number_than_the_one_called_from():
    talk = Talk(caller_number="+33611223344")
    talk.say(*LEAK, ("person", "Martin"))
    talk.say("non plutôt le 06 12 34 56 78", "deny", ("yes_no", False), NUMBER)
    assert talk.responses == ["utter_confirm_callback_number"]


def test_the_number_called_from_named_by_the_caller():
    talk = Talk(caller_number="+33611223344")
    talk.say("rappelez-moi sur ce numéro pour mon robinet", "report_leak", ("own_number", True))
    talk.say("Martin", "inform", ("person", "Martin"))
    assert talk.slots["callback_number"] == "+33611223344"
    assert talk.responses == ["utter_ask_callback_when"]


def test_the_number_called_from_is_hidden():
    talk = asked_for_number()
    talk.say("le numéro d'où j'appelle", "inform", ("own_number", True))
    assert talk.responses[0] == "utter_own_number_unknown"
    assert talk.expected.kind is Kind.PHONE_NUMBER


@pytest.mark.parametrize(
    ("value", "response"),
    [("2026-01-13", "utter_day_gone"), ("impossible", "utter_no_such_day")],
)
def test_a_day_that_will_not_come_is_said_so_and_asked_again(value, response):
    talk = Talk(caller_number="+33611223344")
    talk.say("rappelez-moi sur ce numéro pour mon robinet", "report_leak", ("own_number", True))
    talk.say("Martin", "inform", ("person", "Martin"))
    talk.say("hier", "inform", Entity("date", value, "hier", 0.3, False))
    assert talk.responses[0] == response
    assert talk.expected.kind is Kind.DATE
    assert "callback_when" not in talk.slots


def test_a_digression_answers_then_returns_to_the_question():
    talk = asked_for_number()
    talk.say("vous ouvrez quand", "ask_hours")
    assert talk.responses == ["utter_hours", "utter_ask_callback_number"]
    assert talk.expected.kind is Kind.PHONE_NUMBER


def test_an_answer_and_a_question_at_once():
    talk = asked_for_number()
    talk.say("06 12 34 56 78 vous ouvrez quand", "ask_hours", NUMBER)
    assert talk.responses == ["utter_hours", "utter_confirm_callback_number"]


def test_an_answer_that_looks_a_little_like_something_else_is_the_answer():
    talk = Talk()
    talk.say(*LEAK)
    talk.say("Martin Bonjour", "goodbye", ("person", "Martin Bonjour"), confidence=0.5)
    assert talk.slots["caller_name"] == "Martin Bonjour" and talk.outcome is None


def test_repeat_says_the_information_and_the_question_again():
    talk = Talk()
    talk.say("vous ouvrez quand", "ask_hours")
    told = talk.said
    assert talk.say("répétez", "repeat") == told


def test_repeat_does_not_go_back_to_what_was_told_long_ago():
    talk = asked_for_number()
    talk.say("répétez", "repeat")
    assert talk.responses == ["utter_ask_callback_number"]


def test_repeat_in_a_message_asks_in_fewer_words():
    talk = Talk()
    talk.say("un message", "leave_message")
    talk.say("dites que je passe demain")
    assert talk.responses == ["utter_ask_caller_name"]
    talk.say("répétez", "repeat")
    assert talk.responses[-1] == "utter_ask_caller_name_again"


def test_hold_on_waits_without_asking():
    talk = asked_for_number()
    talk.say("attendez je cherche", "hold_on")
    assert talk.responses == ["utter_hold_on"] and talk.state.silence_s >= 30
    talk.say("06 12 34 56 78", "inform", NUMBER)
    assert talk.state.silence_s < 30


def test_goodbye_in_the_middle_keeps_what_was_said():
    talk = asked_for_number()
    talk.say("au revoir", "goodbye")
    assert talk.outcome == "message_partial" and not talk.message.complete
    assert "sans numéro" in talk.said


def test_a_correction_of_what_was_given_before():
    talk = asked_for_number()
    talk.say("non c'est Martin Durand", "correct", ("person", "Martin Durand"))
    assert talk.slots["caller_name"] == "Martin Durand"
    assert talk.responses == ["utter_corrected_caller_name", "utter_ask_callback_number"]


def test_another_name_that_corrects_nothing_changes_nothing():
    talk = asked_for_number()
    talk.say("demandez Paul Morin", "inform", ("person", "Paul Morin"))
    assert talk.slots["caller_name"] == "Martin Dupont"


def test_urgent_raises_the_alert_in_the_turn_in_which_it_is_decided():
    talk = Talk()
    talk.say("ça coule partout", "report_leak", facts=URGENT)
    assert [a.rule for a in talk.last if isinstance(a, RaiseAlert)] == ["leak"]
    talk.say("06 12 34 56 78", "inform", NUMBER)
    assert talk.alert.fields["callback_number"] == "+33612345678"
    talk.say("oui", "affirm")
    talk.say("Martin", "inform", ("person", "Martin"))
    assert talk.outcome == "alert_raised" and talk.alert.fields["caller_name"] == "Martin"


def test_urgent_although_nothing_was_understood():
    talk = Talk()
    talk.say("ça coule", facts=URGENT)
    assert talk.alert.fields["request"] == "ça coule"
    assert talk.responses == ["utter_urgent_noted", "utter_ask_callback_number"]


def test_urgent_then_silent_is_an_alert_all_the_same():
    talk = Talk()
    talk.say("ça coule partout", "report_leak", facts=URGENT)
    while talk.outcome is None:
        talk.silence()
    assert talk.outcome == "alert_raised"


def test_a_message_becomes_urgent():
    talk = asked_for_number()
    talk.say("ah et maintenant ça inonde", "report_leak", facts=URGENT)
    assert talk.alert and "inonde" in talk.alert.fields["request"]
    assert talk.responses == ["utter_urgent_noted", "utter_ask_callback_number"]


def test_what_was_urgent_does_not_become_less():
    talk = Talk()
    talk.say("ça coule partout", "report_leak", facts=URGENT)
    talk.say("euh", facts={"urgency": "normal", "urgency_rule": "default"})
    assert talk.slots["urgency"] == "urgent" and talk.slots["urgency_rule"] == "leak"


def test_danger_in_the_middle_of_a_message():
    talk = asked_for_number()
    talk.say("il ne respire plus", "report_danger", facts=VITAL)
    says = [a for a in talk.last if isinstance(a, Say)]
    assert says[0].text == "Composez le 15." and not says[0].interruptible
    assert talk.alert.urgency == "vital"
    talk.say("répétez", "repeat")
    assert "Composez le 15." in talk.said
    talk.say("oui", "affirm")
    talk.say("06 12 34 56 78", "inform", NUMBER)
    talk.say("oui", "affirm")
    assert talk.outcome == "danger"


def test_danger_and_nobody_speaks_any_more():
    talk = Talk()
    talk.say("il ne respire plus", "report_danger", facts=VITAL)
    talk.silence()
    talk.silence()
    assert talk.outcome == "danger"


def test_urgent_becomes_vital_with_a_second_alert():
    talk = Talk()
    talk.say("ça coule partout", "report_leak", facts=URGENT)
    talk.say("il s'est électrocuté", "report_danger", facts=VITAL)
    assert [a.urgency for a in talk.of(RaiseAlert)][-1] == "vital"
    assert {a.rule for a in talk.of(RaiseAlert)} == {"leak", "not_breathing"}


def test_sales_calls_wake_nobody():
    talk = Talk()
    talk.say("c'est pour vos panneaux solaires", "sales_call", facts={"urgency": "unwanted"})
    assert talk.outcome == "unwanted" and talk.alert is None and talk.message is None


def test_english_goes_on_in_english():
    talk = Talk()
    talk.say("do you speak english", "speak_english")
    assert [a.language for a in talk.last if isinstance(a, Say)][-1] == "en"
    talk.say("my boiler is leaking")
    assert talk.said == "Noted. What is your name, please?"


def test_a_question_that_was_talked_over_is_asked_without_reproach():
    talk = Talk()
    talk.interrupt("Plomberie Moreau", "bonjour, que puis-je pour vous ?")
    talk.say("allô")
    assert talk.responses == ["utter_ask_request_again"]
    talk.say("allô")
    assert talk.responses == ["utter_ask_request_unclear"]


def test_the_rest_of_an_explanation_is_not_repeated():
    talk = Talk()
    talk.say("vous ouvrez quand", "ask_hours")
    talk.interrupt("Nous sommes ouverts", "du lundi au vendredi")
    talk.say(*LEAK)
    assert "utter_hours" not in talk.responses


def test_a_complaint_is_acknowledged_then_taken_as_a_message():
    talk = Talk()
    talk.say("c'est inadmissible ça fait trois fois que j'appelle", "complain")
    assert talk.responses == ["utter_complaint", "utter_ask_caller_name"]
    assert talk.message.fields["complaint"] is True


def test_a_person_is_asked_for():
    talk = Talk()
    talk.say("je veux parler à maître Durand", "talk_to_person", ("person", "Durand"))
    assert talk.responses[0] == "utter_nobody_there"
    assert "caller_name" not in talk.slots


def test_after_the_end_nothing_happens():
    talk = Talk()
    talk.say("au revoir", "goodbye")
    assert isinstance(talk.last[-1], HangUp)
    talk.do(Spoke(Interpretation("allô"), VITAL))
    assert talk.last == ()
    assert talk.do(Silent()) == ""


def test_the_journal_is_told_where_the_conversation_is():
    talk = Talk()
    talk.say("un message", "leave_message")
    assert talk.of(Moved)[-1] == Moved("message", "collect_request")


def test_the_same_state_gives_the_same_answer():
    talk = asked_for_number()
    before = replace(talk.state)
    first = talk.say("allô")
    talk.state = before
    assert talk.say("allô") == first


def test_a_bare_fact_is_no_goodbye():
    talk = asked_for_number()
    talk.say("demain", "goodbye", ("date", "2026-01-15"), Entity("date", "2026-01-15", "demain"))
    assert talk.outcome is None


def test_unsure_intents_change_nothing():
    talk = asked_for_number()
    talk.say("ben où il est", "report_danger", confidence=0.48)
    assert talk.slots["reason"] == "report_leak"
    talk.say("allô vous m'entendez", "complain", confidence=0.33)
    assert "complaint" not in talk.slots


def test_what_a_message_is_about_is_taken_with_it():
    talk = Talk()
    talk.say("c'est pour mon dossier de licenciement", "leave_message")
    assert talk.responses == ["utter_ask_caller_name"]
    other = Talk()
    other.say("je voudrais laisser un message pour vous", "leave_message")
    assert other.responses == ["utter_ask_message"]


def test_who_never_answers_is_not_asked_everything():
    talk = Talk()
    talk.say("ça coule partout", "report_leak", facts=URGENT)
    for _ in range(4):
        assert talk.outcome is None
        talk.silence()
    assert talk.responses == ["utter_gone_alerted"] and talk.outcome == "alert_raised"


def test_no_is_no_goodbye_before_anything_was_told():
    talk = Talk()
    talk.say("non mais je veux quelqu'un", "deny")
    assert talk.outcome is None and talk.expected.slot == "request"


def test_a_bare_yes_is_no_content():
    talk = Talk()
    talk.say("un message", "leave_message")
    talk.say("oui", "affirm")
    assert "request" not in talk.slots


DOUBT = {"urgency": "normal", "doubt": "Est-ce grave ?", "doubt_urgency": "vital",
         "doubt_rule": "gas_smell", "doubt_because": "Du gaz.", "doubt_advice": "Sortez.",
         "doubt_said": "hier ça sentait le gaz"}  # fmt: skip


def in_doubt() -> Talk:
    talk = Talk()
    talk.do(Spoke(Interpretation("hier ça sentait le gaz"), DOUBT))
    assert talk.responses == ["utter_ask_in_doubt"]
    assert talk.expected.slot == "in_doubt"
    return talk


def test_a_question_asked_once_is_not_put_again():
    talk = in_doubt()
    talk.silence()
    assert "utter_ask_in_doubt" not in talk.responses
    assert talk.state.slots["urgency"] == "urgent"


def test_a_slot_set_by_a_step_starts_the_flow_that_waits_for_it():
    talk = in_doubt()
    talk.say("oui", "affirm")
    assert talk.responses[0] == "utter_advice"
    assert [frame.flow for frame in talk.state.stack][-1] == "danger"
    assert talk.state.alert.rule == "gas_smell"


def test_a_no_goes_on_with_the_question_before():
    talk = in_doubt()
    talk.say("non", "deny")
    assert talk.expected.slot == "request"
    assert talk.state.alert is None
