"""The sentences of nlu/ said by voices on a telephone line, and heard by an ear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import numpy as np

from voicebot.models.voices import random_voice
from voicebot.speech.callers import CALLERS, ENGLISH_CALLERS, Caller
from voicebot.speech.ear import SAMPLE_RATE, Ear, Samples
from voicebot.speech.mouth import Sound
from voicebot.speech.telephone import Law, in_quiet, telephone
from voicebot.speech.words import normalise
from voicebot.understanding.heard import Hearing
from voicebot.understanding.training import Example

SEED = 11
NOISE_DB = (12.0, 30.0)
"""How far the noise of a training voice's line lies below the speech."""
_LAWS = (Law.A, Law.MU)

Say = Callable[[str, int], tuple[Samples, str]]
"""A text and its number to what the called side hears, and who said it."""


def held_out(text: str, number: int) -> tuple[Samples, str]:
    """Said by one of the callers kept out of training, each in turn: G.711, 20 dB noise."""
    return _in_turn(CALLERS, text, number)


def held_out_english(text: str, number: int) -> tuple[Samples, str]:
    """The same by those who speak English."""
    return _in_turn(ENGLISH_CALLERS, text, number)


def _in_turn(people: tuple[Caller, ...], text: str, number: int) -> tuple[Samples, str]:
    person = people[number % len(people)]
    return person.say(text, number), f"{person.mouth.voice}+{person.mouth.variant}"


def training(text: str, number: int) -> tuple[Samples, str]:
    """Said by a voice that the ear was trained on, another for each sentence."""
    chance = Random(SEED * 100_003 + number)
    said = random_voice(chance).say(normalise(text), chance)
    if said is None:
        return np.zeros(0, np.float32), "nobody"
    sound = in_quiet(Sound(said.samples, SAMPLE_RATE))
    line = np.random.default_rng(number)
    law = chance.choice(_LAWS)
    return telephone(sound, line, snr_db=chance.uniform(*NOISE_DB), law=law), "training"


def hear(
    examples: Sequence[Example],
    say: Say,
    ear: Ear,
    progress: Callable[[float], None] = lambda share: None,
) -> list[Hearing]:
    """Says each sentence and listens to it, with nothing awaited."""
    found = []
    for number, example in enumerate(examples):
        samples, voice = say(example.text, number)
        found.append(Hearing(example, ear.listen(samples).text, voice))
        progress((number + 1) / len(examples))
    return found
