import re

from voicebot.accounts.recovery import CODES, kept, new_codes


def test_codes_differ_and_can_be_read():
    codes = new_codes()
    assert len(set(codes)) == CODES
    assert all(re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", code) for code in codes)


def test_how_it_is_typed_does_not_matter():
    code = new_codes()[0]
    assert kept(code) == kept(code.upper()) == kept(code.replace("-", " "))
    assert kept(code) != kept(code[:-1])
    assert code not in kept(code)
