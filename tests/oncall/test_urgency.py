from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.oncall.pattern import compile_pattern
from voicebot.oncall.urgency import (
    DEFAULT,
    Criteria,
    Decision,
    Rule,
    Urgency,
    When,
    decide,
    worse,
)

NIGHT = datetime(2026, 1, 14, 23, 30)


def rule(id: str, urgency: str, *any: str, **more: object) -> Rule:
    patterns = tuple(compile_pattern(text) for text in any)
    return Rule(id, Urgency(urgency), f"parce que {id}", patterns, **more)  # type: ignore[arg-type]


def said(criteria: Criteria, text: str, intent: str | None = None, now=NIGHT, **slots: object):
    return decide(criteria, text=text, intent=intent, slots=slots, now_local=now)


LEAK = rule("leak", "urgent", "fuite", intents=frozenset({"report_leak"}))
FIRE = rule("fire", "vital", "feu", advice="Composez le 18.")
SALE = rule("sale", "unwanted", intents=frozenset({"sales_call"}))
ALL = Criteria((SALE, LEAK, FIRE))


def test_the_gravest_rule_decides_with_its_words():
    found = said(ALL, "j'ai une fuite et y a le feu")
    assert (found.urgency, found.rule, found.words) == ("vital", "fire", ("feu",))
    assert found.advice == "Composez le 18."
    assert found.because == "parce que fire"


def test_words_suffice_without_an_intent_and_the_intent_without_words():
    assert said(ALL, "une fuite").rule == "leak"
    by_intent = said(ALL, "ça goutte", "report_leak")
    assert (by_intent.rule, by_intent.words) == ("leak", ())


def test_nothing_fired_is_normal():
    found = said(ALL, "bonjour")
    assert (found.urgency, found.rule) == ("normal", DEFAULT)


def test_unwanted_gives_way_to_anything():
    assert said(ALL, "pour vos panneaux", "sales_call").urgency == "unwanted"
    assert said(ALL, "j'ai une fuite", "sales_call").urgency == "urgent"


def test_both_asks_for_words_and_intent():
    both = Criteria((rule("x", "vital", "sang", intents=frozenset({"danger"}), both=True),))
    assert said(both, "du sang").rule == DEFAULT
    assert said(both, "bonjour", "danger").rule == DEFAULT
    assert said(both, "du sang", "danger").rule == "x"


def test_also_needs_a_second_thing_and_unless_covers_the_first():
    also = Criteria((rule("cold", "urgent", "froid", also=(compile_pattern("bebe"),)),))
    assert said(also, "il fait froid").rule == DEFAULT
    assert said(also, "il fait froid et j'ai un bébé").words == ("froid", "bebe")
    unless = (compile_pattern("exercice incendie"),)
    drill = Criteria((rule("fire", "vital", "incendie", unless=unless),))
    assert said(drill, "on fait un exercice incendie").rule == DEFAULT
    assert said(drill, "un incendie après l'exercice").rule == "fire"


def test_slots_said_before_count():
    frail = Criteria((rule("frail", "urgent", "bebe", slots={"reason": "report_no_heating"}),))
    assert said(frail, "j'ai un bébé").rule == DEFAULT
    assert said(frail, "j'ai un bébé", reason="report_no_heating").rule == "frail"


@pytest.mark.parametrize(
    ("when", "now", "holds"),
    [
        (When(months=(10, 4)), datetime(2026, 10, 1), True),
        (When(months=(10, 4)), datetime(2026, 4, 30, 23, 59), True),
        (When(months=(10, 4)), datetime(2026, 5, 1), False),
        (When(months=(3, 5)), datetime(2026, 4, 1), True),
        (When(months=(3, 5)), datetime(2026, 6, 1), False),
        (When(hours=(time(21), time(7, 30))), datetime(2026, 1, 1, 23), True),
        (When(hours=(time(21), time(7, 30))), datetime(2026, 1, 1, 7, 29), True),
        (When(hours=(time(21), time(7, 30))), datetime(2026, 1, 1, 7, 30), False),
        (When(weekdays=frozenset({5, 6})), datetime(2026, 1, 17), True),
        (When(weekdays=frozenset({5, 6})), datetime(2026, 1, 16), False),
        (When(), datetime(2026, 1, 16), True),
    ],
)
def test_seasons_and_hours(when, now, holds):
    assert when.holds(now) is holds
    criteria = Criteria((rule("x", "urgent", "fuite", when=when),))
    assert (said(criteria, "une fuite", now=now).rule == "x") is holds


def decision(urgency: str, id: str = "x") -> Decision:
    return Decision(urgency, id, "")


def test_a_decision_never_gets_milder_within_a_call():
    vital, urgent = decision("vital"), decision("urgent")
    nothing, unwanted = decision("normal", DEFAULT), decision("unwanted")
    assert worse(None, nothing) is nothing
    assert worse(vital, urgent) is vital
    assert worse(urgent, vital) is vital
    assert worse(urgent, nothing) is urgent
    assert worse(nothing, unwanted) is unwanted
    assert worse(unwanted, nothing) is unwanted
    assert worse(unwanted, decision("normal", "request")).rule == "request"
    assert worse(urgent, decision("urgent", "y")) is urgent


@given(st.text(max_size=120))
def test_never_raises(text):
    said(ALL, text)
