import pytest

from voicebot.models.english_voices import _OF_FLITE
from voicebot.speech.english.lexicon import _BY_HAND, _LETTERS, learn, pronunciations, sound_of
from voicebot.speech.english.phones import INDEX, PHONES, read_ipa, spoken


def ways(word):
    """Every phoneme that may be said at each place, for each row."""
    return [[{phone for phone, _ in sound.phones} for sound in row] for row in pronunciations(word)]


def test_each_phoneme_has_one_output():
    assert len(INDEX) == len(PHONES) + 1
    assert sorted(INDEX.values()) == list(range(len(PHONES) + 1))


@pytest.mark.parametrize(
    ("ipa", "expected"),
    [
        ("tʃ_ˈɜː_tʃ", ["tʃ", "ɜ", "tʃ"]),
        ("h_ə_l_ˈəʊ", ["h", "ə", "l", "oʊ"]),
        ("w_ˈɔː_ɾ_ɚ", ["w", "ɔ", "d", "ɜ"]),
        ("n_ˈiə_l_i", ["n", "ɪ", "ə", "l", "i"]),
        ("m_ˈeː_k", ["m", "eɪ", "k"]),
        ("hɛlˈəʊ", ["h", "ɛ", "l", "oʊ"]),
        ("ʁ_y_ʘ", ["ɹ", "u"]),
    ],
)
def test_ipa_is_read_into_phonemes(ipa, expected):
    assert read_ipa(ipa) == expected


@pytest.mark.parametrize("voice", ["en", "en-us", "en-gb-scotland", "en-029", "en-us-nyc"])
def test_every_accent_is_made_of_the_same_phonemes(voice):
    said = spoken(
        "the boiler's broken, could you call a plumber? thirty degrees, poor mouse", voice
    )
    assert len(said) > 40
    assert set(said) <= set(PHONES)


def test_a_word_is_said_in_britain_and_in_america():
    rows = [[sound.phones[0][0] for sound in row] for row in pronunciations("card")]
    assert ["k", "ɑ", "d"] in rows
    assert ["k", "ɑ", "ɹ", "d"] in rows


def test_a_caller_from_abroad_has_no_th():
    assert {"θ", "t", "s", "f"} <= ways("thing")[0][0]


def test_words_are_reduced_in_running_speech():
    assert ways("and")[0][-1] == {"d", "t"}
    assert pronunciations("and")[0][-1].skip is not None
    assert {"ə", "u", "ʊ"} <= ways("to")[0][1]


def test_an_r_comes_back_before_a_vowel():
    row = pronunciations("order")[0]
    assert row[-1].phones[0][0] == "ɹ"
    assert row[-1].skip == 0.0


def test_every_way_by_hand_is_made_of_phonemes():
    by_hand = [*(row for rows in _BY_HAND.values() for row in rows), *_LETTERS.values()]
    signs = {p for row in by_hand for part in row.split() for p in part.strip("()").split("|")}
    assert signs <= set(PHONES)
    assert set(_OF_FLITE.values()) <= set(PHONES)


def test_letters_have_names():
    assert sound_of("w.") == ["d", "ʌ", "b", "ə", "l", "j", "u"]
    assert [sound_of("z."), len(pronunciations("z."))] == [["z", "ɛ", "d"], 2]


def test_words_learnt_together_are_said_as_one_by_one():
    before = pronunciations("wheelbarrow")
    learn(["wheelbarrow", "the", "b."])
    assert pronunciations("wheelbarrow") == before
