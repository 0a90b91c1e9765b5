"""Synthesised callers that the shipped ear never heard in training.

The recipe that trains the ear leaves these voices out, so that the demo, the benches and the
test set measure the ear on voices it does not know.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from voicebot.speech.ear import Samples
from voicebot.speech.espeak import EspeakMouth
from voicebot.speech.telephone import Law, in_quiet, telephone

HELD_OUT_VARIANTS = (
    "klatt", "klatt2", "klatt3", "klatt4", "klatt5", "klatt6", "f4", "steph", "m6", "benjamin",
)  # fmt: skip
"""Variants of eSpeak NG kept out of training. Klatt is another synthesiser than the others."""


@dataclass(frozen=True)
class Caller:
    """A synthesised person on a telephone line."""

    mouth: EspeakMouth
    snr_db: float = 20.0
    """How far the line's noise lies below the speech."""
    law: Law = Law.A
    language: str = "fr"

    def say(self, text: str, seed: int = 0) -> Samples:
        """What the called side hears: float32 [n], 16 kHz, telephone band, G.711, noise.

        The line alone is heard for QUIET_S before and behind the words.
        """
        sound = in_quiet(self.mouth.speak(text, self.language))
        return telephone(sound, np.random.default_rng(seed), snr_db=self.snr_db, law=self.law)


CALLERS = (
    Caller(EspeakMouth(variant="klatt4", rate=150, pitch=45)),
    Caller(EspeakMouth(variant="f4", rate=155, pitch=55)),
    Caller(EspeakMouth(variant="m6", rate=145, pitch=40)),
    Caller(EspeakMouth(voice="fr-be", variant="steph", rate=150, pitch=60)),
    Caller(EspeakMouth(voice="fr-ch", variant="benjamin", rate=150, pitch=35)),
    Caller(EspeakMouth(variant="klatt6", rate=160, pitch=60)),
)
"""Six callers, men and women, for the demo and the benches.

The variants klatt and klatt2 are not among them: they begin below the line's noise, as no person
does. They stay in the ear's test set.
"""

ENGLISH_CALLERS = (
    Caller(EspeakMouth(voice="en", variant="klatt4", rate=150, pitch=45), language="en"),
    Caller(EspeakMouth(voice="en-us", variant="f4", rate=155, pitch=55), language="en"),
    Caller(EspeakMouth(voice="en-gb-scotland", variant="m6", rate=145, pitch=40), language="en"),
    Caller(EspeakMouth(voice="en-us", variant="klatt6", rate=160, pitch=60), language="en"),
)
"""Four who speak English."""
