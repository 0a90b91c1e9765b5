import numpy as np

from voicebot.models.hearing import hear, held_out, training
from voicebot.speech.callers import CALLERS
from voicebot.speech.ear import SAMPLE_RATE, FakeEar
from voicebot.understanding.training import Example


def test_held_out_sentences_are_said_by_each_caller_in_turn():
    voices = {held_out("bonsoir", number)[1] for number in range(len(CALLERS))}
    assert len(voices) == len(CALLERS)


def test_the_same_sentence_is_said_by_the_same_voice_again():
    for say in (held_out, training):
        lengths = {round(len(say("j'ai une fuite", 3)[0]) / SAMPLE_RATE, 1) for _ in range(3)}
        assert len(lengths) == 1
    lengths = {len(training("j'ai une fuite", number)[0]) for number in range(4)}
    assert len(lengths) == 4


def test_speech_stands_in_a_quiet_moment():
    samples, _ = held_out("bonsoir", 0)
    level = np.abs(samples)
    assert level[:3200].max() < 0.3 * level.max()
    assert level[-3200:].max() < 0.3 * level.max()


def test_what_is_heard_stays_with_its_sentence():
    examples = [Example("greet", "bonsoir"), Example("thank", "merci")]
    told: list[float] = []
    found = hear(examples, held_out, FakeEar("bon soir"), told.append)
    assert [(one.example.intent, one.heard) for one in found] == [
        ("greet", "bon soir"),
        ("thank", ""),
    ]
    assert told == [0.5, 1.0]
