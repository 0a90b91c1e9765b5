import pytest

from tests.oncall.rotas import at, rota, rotation
from voicebot.oncall.override import Override, OverrideKind
from voicebot.oncall.rota import on_call
from voicebot.oncall.swap import Swap, SwapState, answer, objection, overrides

WEEKS = rota(rotation("karim lea"))
NOW = at("2026-01-01T00:00")


def swap(start="2026-01-06T08:00", end="2026-01-07T08:00", back=None):
    returned = (at(back[0]), at(back[1])) if back else None
    return Swap("nuit", "karim", "lea", at(start), at(end), returned)


def test_hours_against_hours():
    asked = swap(back=("2026-01-13T08:00", "2026-01-14T08:00"))
    assert objection(asked, WEEKS, (), NOW) == ""
    accepted = answer(asked, "lea", accepted=True)
    made = overrides(accepted)
    assert on_call(WEEKS, at("2026-01-06T12:00"), made) == ("lea",)
    assert on_call(WEEKS, at("2026-01-07T12:00"), made) == ("karim",)
    assert on_call(WEEKS, at("2026-01-13T12:00"), made) == ("karim",)


def test_who_may_answer():
    assert answer(swap(), "lea", accepted=False).state is SwapState.DECLINED
    assert answer(swap(), "karim", accepted=False).state is SwapState.WITHDRAWN
    for who in ("karim", "thomas"):
        with pytest.raises(ValueError, match="was not asked"):
            answer(swap(), who, accepted=True)


def test_an_answer_is_given_once():
    with pytest.raises(ValueError, match="declined before"):
        answer(answer(swap(), "lea", accepted=False), "lea", accepted=True)


@pytest.mark.parametrize(
    ("asked", "now", "why"),
    [
        (swap("2026-01-11T08:00", "2026-01-13T08:00"), NOW, "karim is not on call during all"),
        (swap(back=("2026-01-06T08:00", "2026-01-07T08:00")), NOW, "lea is not on call"),
        (swap(), at("2026-01-06T08:00"), "have begun"),
    ],
)
def test_hours_that_are_not_theirs_to_swap(asked, now, why):
    assert why in objection(asked, WEEKS, (), now)


def test_hours_that_were_changed_meanwhile():
    ill = Override(
        "nuit", OverrideKind.REMOVE, at("2026-01-06T10:00"), at("2026-01-06T12:00"), None, "karim"
    )
    assert "karim is not on call" in objection(swap(), WEEKS, [ill], NOW)


def test_nobody_swaps_with_himself():
    with pytest.raises(ValueError, match="himself"):
        Swap("nuit", "karim", "karim", at("2026-01-06"), at("2026-01-07"))
