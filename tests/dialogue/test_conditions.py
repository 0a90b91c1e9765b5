import pytest

from voicebot.dialogue.conditions import ConditionError, parse

KNOWN = {
    ("slots", "urgency"): "vital",
    ("slots", "nights"): 3,
    ("slots", "ok"): False,
    ("facts", "address"): "27, avenue Jean Jaurès",
    ("call", "message"): "partial",
}


def look(space, name):
    return KNOWN.get((space, name))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("slots.urgency = vital", True),
        ("slots.urgency == 'vital'", True),
        ("slots.urgency != vital", False),
        ("slots.urgency = vital and not slots.caller_name", True),
        ("slots.caller_name", False),
        ("slots.ok", False),
        ("slots.ok = false", True),
        ("slots.ok is not null", True),
        ("slots.caller_name is null", True),
        ("slots.nights > 2 and slots.nights <= 3", True),
        ("slots.urgency > 2", False),
        ("slots.urgency in (urgent, vital)", True),
        ("slots.urgency in [normal]", False),
        ("facts.address contains jaurès", True),
        ("slots.ok or slots.urgency = vital", True),
        ("not (slots.ok or slots.urgency = vital)", False),
        ("slots.ok and slots.ok or slots.nights", True),
        ("call.message = partial", True),
    ],
)
def test_holds(text, expected):
    assert parse(text).holds(look) is expected


@pytest.mark.parametrize(
    "text",
    ["", "urgency = vital", "slots.a =", "slots.a = b c", "(slots.a", "slots.a in b", "slots.a ~ b",
     "__import__('os')", "slots.a and", "not"],
)  # fmt: skip
def test_what_is_no_condition_is_an_error(text):
    with pytest.raises(ConditionError):
        parse(text)


def test_names():
    assert parse("slots.a = b and not facts.c").names() == {("slots", "a"), ("facts", "c")}
