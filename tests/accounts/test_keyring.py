import pytest

from voicebot.accounts.keyring import KeyLost, Keyring, by_chance, is_sealed, new_key

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
OLD, NEW = new_key(), new_key()


def test_what_is_sealed_says_nothing_and_opens_again():
    ring = by_chance()
    sealed = ring.seal(SECRET, "account 1")
    assert SECRET not in sealed and is_sealed(sealed) and not is_sealed(SECRET)
    assert sealed != ring.seal(SECRET, "account 1")
    assert ring.open(sealed, "account 1") == SECRET


def test_in_another_row_it_opens_nothing():
    ring = by_chance()
    with pytest.raises(KeyLost, match="account 2"):
        ring.open(ring.seal(SECRET, "account 1"), "account 2")


@pytest.mark.parametrize(
    "change", [lambda t: t[:-6] + "AAAA" + t[-2:], lambda t: t[:20], str.upper]
)
def test_what_was_tampered_with_does_not_open(change):
    ring = by_chance()
    with pytest.raises(KeyLost):
        ring.open(change(ring.seal(SECRET, "account 1")), "account 1")


def test_what_was_never_sealed_does_not_open():
    with pytest.raises(KeyLost):
        by_chance().open(SECRET, "account 1")


def test_after_a_rotation_the_old_key_opens_and_the_new_one_seals():
    before, after = Keyring([OLD]), Keyring([NEW, OLD])
    sealed = before.seal(SECRET, "account 1")
    assert after.open(sealed, "account 1") == SECRET
    assert before.newest(sealed) and not after.newest(sealed)
    with pytest.raises(KeyLost, match="not here"):
        Keyring([NEW]).open(sealed, "account 1")
    with pytest.raises(KeyLost):
        before.open(after.seal(SECRET, "account 1"), "account 1")


def test_a_signature_is_the_newest_keys():
    ring = Keyring([NEW, OLD])
    assert ring.signed("a", ring.sign("a")) and not ring.signed("b", ring.sign("a"))
    assert not ring.signed("a", Keyring([OLD]).sign("a"))
    assert not ring.signed("a", "") and not ring.signed("a", "é")
