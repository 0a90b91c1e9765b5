from datetime import UTC, datetime, timedelta

from voicebot.accounts import totp

NOW = datetime(2026, 1, 14, 21, 30, tzinfo=UTC)
RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""The secret of RFC 6238's examples."""


def at(seconds):
    return datetime.fromtimestamp(seconds, UTC)


def test_the_examples_of_the_standard():
    assert totp.code(RFC, at(59)) == "287082"
    assert totp.code(RFC, at(1111111109)) == "081804"
    assert totp.code(RFC, at(20000000000)) == "353130"


def test_a_code_of_now_of_the_step_before_and_of_the_step_after():
    for drift in (-30, 0, 30):
        shown = totp.code(RFC, NOW + timedelta(seconds=drift))
        assert totp.step_of(RFC, shown, NOW) is not None
    assert totp.step_of(RFC, totp.code(RFC, NOW - timedelta(seconds=61)), NOW) is None


def test_blanks_do_not_count():
    shown = totp.code(RFC, NOW)
    assert totp.step_of(RFC, f" {shown[:3]} {shown[3:]} ", NOW) is not None


def test_no_code_is_taken_twice():
    shown = totp.code(RFC, NOW)
    step = totp.step_of(RFC, shown, NOW)
    assert totp.step_of(RFC, shown, NOW, last=step) is None
    assert totp.step_of(RFC, shown, NOW, last=step - 1) == step


def test_what_is_no_code():
    for typed in ("", "abcdef", "12345", "é" * 6, "0" * 600):
        assert totp.step_of(RFC, typed, NOW) is None


def test_what_the_telephone_reads():
    secret = totp.new_secret()
    read = totp.address(secret, "claire@exemple.fr")
    assert read.startswith("otpauth://totp/voicebot:claire%40exemple.fr?")
    assert f"secret={secret}" in read and "issuer=voicebot" in read
    assert totp.new_secret() != secret
