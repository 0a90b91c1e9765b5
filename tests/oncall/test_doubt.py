"""Where the words leave it open: what is asked, what the answer comes to."""

from dataclasses import replace
from datetime import datetime

import pytest

from voicebot.oncall.criteria import Criteria, Rule, Softener, Urgency
from voicebot.oncall.pattern import compile_pattern
from voicebot.oncall.urgency import CONTRACT, decide, settled, worse

NIGHT = datetime(2026, 1, 14, 23, 30)


def patterns(*texts: str):
    return tuple(compile_pattern(text) for text in texts)


GAS = Rule("gas", Urgency.VITAL, "Du gaz.", patterns("sent/sentait gaz"), advice="Sortez.")
LEAK = Rule("leak", Urgency.URGENT, "Une fuite.", patterns("fuite"))
UNWELL = Rule("unwell", Urgency.VITAL, "Un malaise.", patterns("mal"), ask="Une douleur ?")
FEVER = Rule("fever", Urgency.URGENT, "La fièvre.", patterns("fievre"))
PAST = Softener(
    "past",
    {Urgency.VITAL: "En ce moment ?", Urgency.URGENT: "Encore ?"},
    patterns("hier"),
    patterns("encore"),
)
IDLE = Softener("idle", {Urgency.URGENT: "Cette nuit ?"}, patterns("pas +presse"))
ALL = Criteria((GAS, LEAK, UNWELL, FEVER), (PAST, IDLE))


def said(text: str, criteria: Criteria = ALL, **slots: object):
    return decide(criteria, text=text, intent=None, slots=slots, now_local=NIGHT)


def test_a_rule_that_asks_decides_nothing_yet():
    found = said("j'ai mal")
    assert found.urgency == "normal"
    assert found.doubt.rule == "unwell"
    assert found.doubt.question == "Une douleur ?"
    assert found.doubt.words == ("mal",)
    assert found.doubt.said == "j'ai mal"


def test_softened_words_are_asked_about():
    assert said("hier ça sentait le gaz").doubt.question == "En ce moment ?"
    assert said("hier j'avais une fuite").doubt.question == "Encore ?"
    assert said("une fuite c'est pas pressé").doubt.question == "Cette nuit ?"


def test_what_softens_an_urgent_rule_need_not_soften_a_vital_one():
    assert said("ça sent le gaz c'est pas pressé").urgency == "vital"


def test_now_is_now():
    found = said("hier ça sentait le gaz et ça sent encore le gaz")
    assert (found.urgency, found.doubt) == ("vital", None)


def test_only_the_sentence_with_the_words_is_softened():
    assert said("On est arrivés hier. Ça sent le gaz.").urgency == "vital"


def test_certainty_leaves_no_question():
    found = said("j'ai de la fièvre et j'ai mal")
    assert (found.urgency, found.rule, found.doubt) == ("urgent", "fever", None)


def test_the_gravest_doubt_is_asked_about():
    assert said("hier ça sentait le gaz et j'avais une fuite").doubt.rule == "gas"


@pytest.mark.parametrize(
    ("sure", "urgency", "advice"),
    [(True, "vital", "Sortez."), (False, "normal", ""), (None, "urgent", "")],
)
def test_an_answer_settles_it_and_no_answer_is_urgent(sure, urgency, advice):
    found = settled(said("hier ça sentait le gaz"), sure)
    assert (found.urgency, found.rule, found.advice) == (urgency, "gas", advice)
    assert found.doubt is None
    assert found.words == ("sentait le gaz",)
    assert found.because.startswith("Du gaz.")


def test_what_is_in_no_doubt_stays_as_it_is():
    found = said("une fuite")
    assert settled(found, False) is found


def test_a_doubt_outlives_ordinary_words_and_gives_way_to_certainty():
    doubt = said("j'ai mal")
    assert worse(doubt, said("bonjour")).doubt == doubt.doubt
    assert worse(said("bonjour"), doubt).doubt == doubt.doubt
    certain = worse(doubt, said("ça sent le gaz"))
    assert (certain.urgency, certain.doubt) == ("vital", None)
    assert worse(said("une fuite"), doubt).doubt is None


def test_without_keeps_a_rule_from_firing_wherever_it_is_said():
    rule = replace(UNWELL, without=patterns("rendez +vous"))
    criteria = Criteria((rule,))
    assert said("j'ai mal", criteria).doubt
    assert said("j'ai mal depuis lundi il me faudrait un rendez-vous", criteria).doubt is None


@pytest.mark.parametrize(("under", "holder", "fires"), [
    (True, "Clinique", True), (True, None, False), (False, None, True), (False, "Clinique", False),
    (None, None, True), (None, "Clinique", True),
])  # fmt: skip
def test_a_rule_may_ask_who_calls(under, holder, fires):
    criteria = Criteria((replace(LEAK, contract=under),))
    slots = {CONTRACT: holder} if holder else {}
    assert (said("une fuite", criteria, **slots).urgency == "urgent") is fires


def test_groups_of_words():
    groups = {"person": ("mari", "femme")}
    pattern = compile_pattern("$person/moi tombe", groups)
    assert list(pattern.spans(("ma", "femme", "est", "tombee")))
    assert list(pattern.spans(("moi", "je", "tombe")))
    assert not list(pattern.spans(("mon", "robot", "tombe")))
    with pytest.raises(ValueError, match="person"):
        compile_pattern("$persons tombe", groups)


@pytest.mark.parametrize(
    "text", ["le gaz ça sent plus en plus", "ça sent le gaz de plus en plus fort"]
)
def test_more_and_more_is_no_denial(text):
    assert said(text).urgency in ("vital", "normal")
    assert said("ça sent le gaz de plus en plus fort").urgency == "vital"


def test_if_ever_is_no_never():
    assert said("si jamais ça sent le gaz").urgency == "vital"
    assert said("jamais ça sent le gaz").urgency == "normal"


def test_an_intent_without_the_words_is_a_guess_and_asked_about():
    rule = replace(LEAK, intents=frozenset({"report_leak"}))
    guess = Criteria((rule,), meant="Avant l'ouverture ?")
    by_intent = decide(guess, text="ça goutte", intent="report_leak", slots={}, now_local=NIGHT)
    assert by_intent.doubt.question == "Avant l'ouverture ?"
    by_both = decide(guess, text="une fuite", intent="report_leak", slots={}, now_local=NIGHT)
    assert (by_both.urgency, by_both.doubt) == ("urgent", None)
    without_words = Criteria((replace(rule, any=()),), meant="Avant l'ouverture ?")
    found = decide(without_words, text="ça", intent="report_leak", slots={}, now_local=NIGHT)
    assert (found.urgency, found.doubt) == ("urgent", None)
