"""Voices and lines under which the ear is measured."""

from dataclasses import replace

import numpy as np
import pytest

from voicebot.models.bench import bench_conditions, read_manifest
from voicebot.models.conditions import CONDITIONS, LINE, find_condition
from voicebot.models.recordings import HOW_TO_GET, has_recordings
from voicebot.models.testset import By, make
from voicebot.speech.audiofile import read_audio
from voicebot.speech.espeak import EspeakMouth
from voicebot.speech.telephone import Law

SOUND = EspeakMouth().speak("la chaudière est en panne")


def heard(condition, seed=1):
    return condition.heard(condition.spoken(SOUND), Law.A, np.random.default_rng(seed))


def test_each_condition_has_a_name_of_its_own():
    assert len({c.name for c in CONDITIONS}) == len(CONDITIONS)
    assert find_condition("child").tract < 1
    assert find_condition("underwater") is None


def test_only_the_clean_sound_has_anything_above_4_khz():
    def above(samples):
        power = np.abs(np.fft.rfft(samples)) ** 2
        return power[len(power) * 9 // 16 :].sum() / power.sum()

    assert above(heard(find_condition("clean"))) > 100 * above(heard(LINE))


def test_more_noise_is_more_noise():
    quiet, loud = heard(LINE), heard(find_condition("noise_10_db"))
    assert np.sqrt(np.mean(loud[:3_000] ** 2)) > 2 * np.sqrt(np.mean(quiet[:3_000] ** 2))


def test_a_childs_tract_is_shorter_at_the_same_pace():
    child = find_condition("child")
    assert len(child.spoken(SOUND).samples) == pytest.approx(0.8 * len(SOUND.samples), rel=0.02)
    assert child.words_a_minute(150) == 120
    assert replace(LINE, pace=1.5).words_a_minute(150) == 225


def test_a_test_set_by_condition_has_the_same_sentences(tmp_path):
    lines = [
        read_manifest(make(tmp_path / c.name, condition=c, every=100))
        for c in (LINE, find_condition("fast"))
    ]
    assert [case.text for case in lines[0]] == [case.text for case in lines[1]]
    assert len(read_audio(lines[1][0].path)) < len(read_audio(lines[0][0].path))


def test_figures_by_condition(tmp_path):
    report = bench_conditions("lite-fr", every=150)
    figures = report["figures"]
    missing = [line.partition(":")[0] for line in report["conditions"]["missing"]]
    named = [c.name for c in CONDITIONS] + ["mbrola", "people"]
    assert {f"wer_{name}" for name in named if name not in missing} == figures.keys() - {
        "utterances"
    }
    assert figures["utterances"] == 3


@pytest.mark.skipif(not has_recordings(), reason=f"no recordings of people: {HOW_TO_GET}")
def test_people_say_what_was_kept_out_of_training(tmp_path):
    cases = read_manifest(make(tmp_path, by=By.PEOPLE, every=40))
    assert len(cases) > 1
    assert all(len(read_audio(case.path)) > 8_000 for case in cases)
