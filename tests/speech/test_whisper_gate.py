"""What passes the gate, by tables and by properties."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.dialogue.expectation import ANYTHING, Expectation, Kind
from voicebot.speech.whisper_captions import load_captions, plain
from voicebot.speech.whisper_gate import Decoded, Gate, Judged, Sound, judge
from voicebot.speech.whisper_prompt import NO_PROMPT, prompt_for

CAPTIONS = load_captions()
SPOKEN = Sound(3.0, 2.0)
SILENT = Sound(3.0, 0.0)


def judged(
    text: str, logprob: float = -0.2, no_speech: float = 0.02, sound: Sound = SPOKEN
) -> Judged:
    return judge(Decoded(text, logprob, no_speech), sound, CAPTIONS)


@pytest.mark.parametrize(
    "text",
    [
        "J'ai une fuite d'eau dans la cuisine.",
        "Non, non, non, non, ce n'est pas ça.",
        "06 12 12 12 12",
        "Allô, allô, allô, allô ?",
        "Au secours, au secours, au secours, au secours !",
        "Ma télé n'affiche plus les sous-titres.",
        "Bonjour, merci d'avoir regardé mon dossier, je rappelle pour le devis.",
        "Je suis journaliste à Radio-Canada.",
        "Merci beaucoup, au revoir.",
        "Oui.",
        "N° 12, 1er étage, chez Mme Nuñez-Łabędź.",
    ],
)
def test_what_callers_say_passes_whole(text: str) -> None:
    assert judged(text) == Judged(text, None)


@pytest.mark.parametrize(
    ("text", "logprob", "no_speech", "sound", "gate"),
    [
        ("Sous-titres réalisés par la communauté d'Amara.org", -0.1, 0.0, SPOKEN, Gate.CAPTION),
        ("SOUS-TITRES RÉALISÉS PARA LA COMMUNAUTÉ", -0.1, 0.0, SPOKEN, Gate.CAPTION),
        ("Sous-titrage ST' 501", -0.1, 0.0, SPOKEN, Gate.CAPTION),
        ("Sous-titrage Société Radio-Canada", -0.1, 0.0, SPOKEN, Gate.CAPTION),
        ("Merci d’avoir regardé cette vidéo !", -0.1, 0.0, SPOKEN, Gate.CAPTION),
        ("❤️ par SousTitreur.com", -0.1, 0.0, SPOKEN, Gate.CAPTION),
        ("N'oubliez pas de vous abonner ! Amara.org.", -0.1, 0.0, SPOKEN, Gate.CAPTION),
        ("Thank you for watching!", -0.1, 0.0, SPOKEN, Gate.CAPTION),
        ("...", -0.1, 0.0, SPOKEN, Gate.WORDLESS),
        ("♪♪♪", -0.1, 0.0, SPOKEN, Gate.WORDLESS),
        ("Продолжение следует...", -0.1, 0.0, SPOKEN, Gate.SCRIPT),
        ("ご視聴ありがとうございました", -0.1, 0.0, SPOKEN, Gate.SCRIPT),
        ("J'ai une fuite d'eau.", -1.1, 0.7, SPOKEN, Gate.NO_SPEECH),
        ("J'ai une fuite d'eau.", -0.1, 0.7, SILENT, Gate.NO_SPEECH),
        ("J'ai une fuite d'eau.", -0.1, 0.1, SILENT, Gate.NO_VOICE),
        ("Oui.", -0.9, 0.1, SILENT, Gate.NO_VOICE),
        ("Oui.", -0.1, 0.4, SILENT, Gate.NO_VOICE),
        ("Merci.", -0.1, 0.0, SILENT, Gate.HABIT),
        ("Merci.", -0.8, 0.0, SPOKEN, Gate.HABIT),
        ("Au revoir !", -0.1, 0.5, SPOKEN, Gate.HABIT),
        ("J'ai une fuite d'eau.", -1.4, 0.0, SPOKEN, Gate.UNSURE),
        ("et puis après, " * 12, -0.1, 0.0, SPOKEN, Gate.REPEATS),
        ("bla" * 40, -0.1, 0.0, SPOKEN, Gate.REPEATS),
        (
            "une phrase bien trop longue, où chaque mot est neuf, pour que quelqu'un ait pu la "
            "dire en si peu de temps, fût-il pressé comme jamais personne ne l'a été",
            -0.1,
            0.0,
            SPOKEN,
            Gate.TOO_FAST,
        ),
    ],
)
def test_what_whisper_invents_is_dropped(
    text: str, logprob: float, no_speech: float, sound: Sound, gate: Gate
) -> None:
    assert judged(text, logprob, no_speech, sound) == Judged("", gate)


@pytest.mark.parametrize(
    ("text", "logprob", "no_speech", "sound"),
    [
        ("Oui.", -0.2, 0.9, SPOKEN),  # sure of the word, and there is a voice
        ("Oui.", -0.2, 0.1, SILENT),  # too short for the voice detector
        ("J'ai une fuite d'eau.", -0.9, 0.3, SPOKEN),
        ("Merci.", -0.4, 0.1, SPOKEN),
    ],
)
def test_doubt_alone_drops_nothing(
    text: str, logprob: float, no_speech: float, sound: Sound
) -> None:
    assert judged(text, logprob, no_speech, sound).text == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("J'ai une fuite d'eau. Sous-titrage ST' 501", "J'ai une fuite d'eau."),
        ("J'ai une fuite sous-titrage ST' 501", "J'ai une fuite"),
        ("Sous-titrage ST' 501. J'ai une fuite.", "J'ai une fuite."),
        ("Oui. Merci d'avoir regardé cette vidéo ! C'est ça.", "Oui. C'est ça."),
    ],
)
def test_captions_are_cut_out_of_what_was_said(text: str, kept: str) -> None:
    assert judged(text) == Judged(kept, Gate.CAPTION)


def test_nothing_written_is_nothing_dropped() -> None:
    assert judged("") == Judged("", None)


def test_a_caption_is_no_part_of_a_word(tmp_path: Path) -> None:
    own = tmp_path / "captions.yml"
    own.write_text("never: [nous par]\nhabits: []")
    captions = load_captions(own)
    assert captions.cut("Genous par ici, nous parlons") == "Genous par ici, nous parlons"
    assert captions.cut("Venez, nous, par ici") == "Venez"


def test_its_own_prompt_is_dropped_and_a_name_out_of_it_is_not() -> None:
    words = ("Moreau", "Loctudy", "Le Goff", "Kervella")
    prompt = prompt_for(Expectation(Kind.NAME), words)
    sound, good = SPOKEN, Decoded("", -0.2, 0.0)

    def of(text: str) -> Judged:
        return judge(replace(good, text=text), sound, CAPTIONS, prompt)

    assert of("Moreau, Loctudy, Le Goff").gate is Gate.ECHO
    assert of("Votre prénom et votre nom").gate is Gate.ECHO
    assert of("Votre prénom et votre nom, s'il vous plaît ? Moreau").gate is Gate.ECHO
    assert of("Madame Le Goff, Loctudy").gate is None
    assert judge(replace(good, text="Moreau, Loctudy, Le Goff"), sound, CAPTIONS).gate is None


# Words that Whisper does not write on silence, in any order.
WORDS = "bonjour fuite cuisine chaudière depuis hier appelez panne porte clé monsieur étage rue"
WORD = st.sampled_from(WORDS.split())
SENTENCE = st.lists(WORD, min_size=3, max_size=8, unique=True).map(" ".join)
PROBABILITY = st.floats(0, 1)
LOGPROB = st.floats(-4, 0)
SOUND = st.builds(
    lambda seconds, share: Sound(seconds, seconds * share), st.floats(0.2, 30), PROBABILITY
)
NEVER = st.sampled_from(
    [
        "Sous-titres réalisés par la communauté d'Amara.org",
        "Sous-titrage ST' 501",
        "Merci d'avoir regardé cette vidéo !",
        "N'oubliez pas de vous abonner",
        "Please subscribe to my channel.",
    ]
)
DISGUISE = st.sampled_from(
    [
        str.upper,
        str.lower,
        lambda text: text.replace("'", "’"),
        lambda text: f"♪ {text} ♪",
        lambda text: text.replace(" ", "  "),
        lambda text: f"- {text}...",
    ]
)


@given(NEVER, DISGUISE, LOGPROB, PROBABILITY, SOUND)
def test_a_caption_never_passes_however_it_is_written(
    caption, disguise, logprob, no_speech, sound
) -> None:
    assert judged(disguise(caption), logprob, no_speech, sound) == Judged("", Gate.CAPTION)


@given(SENTENCE, NEVER, st.booleans())
def test_what_was_said_beside_a_caption_is_kept_word_for_word(said, caption, before) -> None:
    text = f"{caption}. {said}." if before else f"{said}. {caption}"
    assert plain(judged(text, sound=Sound(10.0, 6.0)).text) == said


@given(st.text(max_size=80), LOGPROB, PROBABILITY, SOUND)
def test_nothing_is_added_and_a_refusal_leaves_nothing(text, logprob, no_speech, sound) -> None:
    found = judged(text, logprob, no_speech, sound)
    assert set(plain(found.text).split()) <= set(plain(text).split())
    if found.gate not in (None, Gate.CAPTION):
        assert found.text == ""


@given(SENTENCE, LOGPROB, PROBABILITY, SOUND, PROBABILITY, PROBABILITY, PROBABILITY)
def test_surer_words_with_more_voice_pass_all_the_more(
    text, logprob, no_speech, sound, better, less, more
) -> None:
    if not judged(text, logprob, no_speech, sound).text:
        return
    voice = sound.voice_s + more * (sound.seconds - sound.voice_s)
    surer = judged(text, logprob * better, no_speech * less, Sound(sound.seconds, voice))
    assert surer.text == text


@given(SENTENCE, st.integers(8, 40), st.floats(0.5, 2.0))
def test_a_loop_that_no_mouth_could_say_never_passes(text, times, seconds) -> None:
    assert judged(f"{text}, " * times, sound=Sound(seconds, seconds)).text == ""


@given(st.sampled_from(["au secours", "s'il vous plaît", "allô", "venez vite"]), st.integers(1, 9))
def test_who_shouts_the_same_again_and_again_is_heard(cry, times) -> None:
    text = ", ".join([cry] * times)
    needed = len(text) / 15  # at the usual pace of French
    assert judged(text, sound=Sound(needed + 1, needed)).text == text


@given(SENTENCE, PROBABILITY)
def test_a_sentence_without_any_voice_never_passes(text, no_speech) -> None:
    assert judged(f"{text} voilà", 0.0, no_speech, SILENT).text == ""


def test_without_a_prompt_nothing_is_an_echo() -> None:
    assert not NO_PROMPT.echoed("À quelle adresse faut-il venir ?")
    assert not prompt_for(ANYTHING, ()).echoed("À quelle adresse faut-il venir ?")
