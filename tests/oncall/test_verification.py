from datetime import timedelta

from tests.oncall.rotas import at
from voicebot.oncall.verification import (
    MOST_TRIES,
    VALID_FOR,
    Check,
    Verdict,
    answered,
    code_text,
    opened,
    spaced,
)

NOW = at("2026-01-12T08:00")
CHECK = opened("482913", "salt", NOW)


def test_the_code_verifies_once():
    check, verdict = answered(CHECK, "482 913", "salt", NOW)
    assert (verdict, check.verified_at) == (Verdict.VERIFIED, NOW)
    assert answered(check, "482913", "salt", NOW)[1] is Verdict.NOT_ASKED


def test_a_wrong_code_counts_and_guessing_ends():
    check = CHECK
    for _ in range(MOST_TRIES):
        check, verdict = answered(check, "000000", "salt", NOW)
        assert verdict is Verdict.WRONG
    assert answered(check, "482913", "salt", NOW)[1] is Verdict.TOO_MANY


def test_a_code_of_another_address_is_wrong():
    assert answered(CHECK, "482913", "pepper", NOW)[1] is Verdict.WRONG


def test_a_code_is_valid_for_an_hour():
    assert answered(CHECK, "482913", "salt", NOW + VALID_FOR)[1] is Verdict.EXPIRED
    assert (
        answered(CHECK, "482913", "salt", NOW + VALID_FOR - timedelta(seconds=1))[1] == "verified"
    )


def test_what_was_verified_stays_so_while_a_new_code_is_on_its_way():
    assert opened("111111", "salt", NOW, Check(verified_at=NOW)).verified_at == NOW


def test_the_store_never_sees_the_code():
    assert "482913" not in str(CHECK)


def test_the_letter():
    assert "votre code est 482 913" in code_text("Plomberie Moreau", spaced("482913"))
    assert "your code is 482 913" in code_text("Plomberie Moreau", spaced("482913"), "en")
