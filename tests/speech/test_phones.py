import pytest

from voicebot.speech.lexicon import pronunciations, sound_of
from voicebot.speech.phones import INDEX, PHONES, plain, read_ipa, spoken


def test_french_is_read_with_liaison():
    assert "".join(plain(spoken("les amis"))) == "lezami"


def test_every_phone_has_its_own_output():
    assert sorted(INDEX.values()) == list(range(len(PHONES) + 1))


def test_foreign_sounds_become_french_ones_and_unknown_signs_are_dropped():
    assert read_ipa("(en)pˈɑːkɪŋ(fr)") == ["p", "a", "k", "i", "n", "ɡ"]
    assert read_ipa("☎a") == ["a"]


def test_spelt_letters_have_the_names_of_letters():
    assert sound_of("y.") == ["i", "ɡ", "ʁ", "ɛ", "k"]


def test_schwas_may_be_dropped_and_liaisons_made():
    (petit,) = pronunciations("petit")
    assert [s.phones[0][0] for s in petit] == ["p", "ø", "t", "i", "t"]
    assert petit[1].skip is not None
    assert petit[-1].skip == 0.0


def test_a_schwa_after_two_consonants_stays():
    (word,) = pronunciations("vendredi")
    assert all(sound.skip is None for sound in word)


@pytest.mark.parametrize("word", ["j'", "qu'", "l'", "kervella", "delaval", "f.", "août", "dix"])
def test_every_word_can_be_said(word):
    for row in pronunciations(word):
        assert row
        assert all(phone in INDEX for sound in row for phone, _ in sound.phones)


def test_what_has_no_sound_has_no_pronunciation():
    assert pronunciations("…") == ()
