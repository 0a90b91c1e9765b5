"""The gate between Whisper and the dialogue: what it writes when nobody spoke stays outside.

Whisper was trained on films and their subtitles. On silence, noise and music it writes what
stands there: thanks for watching, who made the subtitles, its own prompt. Pure: what one pass
wrote and what is known of the sound go in, what may be believed comes out, with the gate that
refused the rest.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from voicebot.speech.whisper_captions import Captions, plain
from voicebot.speech.whisper_prompt import NO_PROMPT, Prompt

NO_SPEECH = 0.6
"""Probability of `no speech` that is believed where the text is unsure, or no voice was found."""
PERHAPS_NO_SPEECH = 0.3
"""The same, for a text that is suspect for another reason."""
UNSURE = -1.0
"""Mean log-probability under which Whisper's authors give a text up; together with NO_SPEECH."""
LEAST_SURE = -1.3
"""Mean log-probability under which a text is given up whatever else is known of it."""
HALF_SURE = -0.6
"""Mean log-probability asked of a text that is suspect for another reason."""
NO_VOICE_S = 0.1
"""Seconds of voice that are none: three windows of the detector."""
SHORT = 12
"""Letters that a voice too short for the detector can hold: "oui", "c'est moi"."""
LETTERS_A_SECOND = 35
"""Nobody speaks faster; 15 is usual, 20 is fast French."""
REPEATED_A_SECOND = 20
"""Who shouts "au secours" four times needs the time for it; a text that loops takes none."""
COMPRESSION = 2.4
"""Text that zlib packs tighter than this goes round in circles (Whisper's own limit)."""
_LOOP = re.compile(r"\b(\w[\w' ,.-]{3,40}?)(?:[ ,.!?-]+\1\b){3}", re.IGNORECASE)
"""Four times the same; shorter words are the digits of a number, or "non, non, non"."""


@dataclass(frozen=True)
class Decoded:
    """What one pass wrote, before anything is believed."""

    text: str
    avg_logprob: float
    """Over its tokens, natural logarithm."""
    no_speech_prob: float


@dataclass(frozen=True)
class Sound:
    """What is known of the sound without Whisper."""

    seconds: float
    voice_s: float
    """Seconds in which a voice detector finds a voice."""


class Gate(StrEnum):
    """Why a text is not believed; in the log's words."""

    WORDLESS = "no word in it"
    SCRIPT = "letters of another script"
    CAPTION = "a caption of films"
    ECHO = "its own prompt"
    NO_SPEECH = "no speech, by its own account"
    NO_VOICE = "no voice in the sound"
    HABIT = "a phrase it likes on silence"
    UNSURE = "too unsure"
    REPEATS = "it repeats itself"
    TOO_FAST = "more than can be said in that time"

    @property
    def lost_its_way(self) -> bool:
        """Whether there may be speech all the same: another window may help."""
        return self in (Gate.REPEATS, Gate.TOO_FAST)


@dataclass(frozen=True)
class Judged:
    """What may be believed."""

    text: str
    gate: Gate | None = None
    """What refused the text, or cut the captions off its end; None where it is whole."""


@dataclass(frozen=True)
class _Case:
    text: str
    decoded: Decoded
    sound: Sound
    captions: Captions
    prompt: Prompt

    @property
    def voiceless(self) -> bool:
        return self.sound.voice_s < NO_VOICE_S

    @property
    def half_sure(self) -> bool:
        """Surer than what a suspect text must be."""
        decoded = self.decoded
        return decoded.avg_logprob >= HALF_SURE and decoded.no_speech_prob <= PERHAPS_NO_SPEECH

    @property
    def speaking_s(self) -> float:
        """Half of the sound at least: in noise, the detector misses much of a voice."""
        return max(self.sound.voice_s, self.sound.seconds / 2)


def _no_speech(case: _Case) -> bool:
    doubtful = case.decoded.avg_logprob < UNSURE or case.voiceless
    return case.decoded.no_speech_prob > NO_SPEECH and doubtful


def _no_voice(case: _Case) -> bool:
    return case.voiceless and (len(case.text) > SHORT or not case.half_sure)


def _habit(case: _Case) -> bool:
    suspect = case.voiceless or not case.half_sure
    return suspect and case.captions.habitual(case.text)


def _repeats(case: _Case) -> bool:
    too_fast = len(case.text) > 10 + REPEATED_A_SECOND * case.speaking_s
    return too_fast and repeats(case.text)


_GATES: tuple[tuple[Gate, Callable[[_Case], bool]], ...] = (
    (Gate.SCRIPT, lambda case: foreign(case.text)),
    (Gate.ECHO, lambda case: case.prompt.echoed(case.text)),
    (Gate.NO_SPEECH, _no_speech),
    (Gate.NO_VOICE, _no_voice),
    (Gate.HABIT, _habit),
    (Gate.UNSURE, lambda case: case.decoded.avg_logprob < LEAST_SURE),
    (Gate.REPEATS, _repeats),
    (
        Gate.TOO_FAST,
        lambda case: len(case.text) > 10 + LETTERS_A_SECOND * case.sound.seconds,
    ),
)


def judge(decoded: Decoded, sound: Sound, captions: Captions, prompt: Prompt = NO_PROMPT) -> Judged:
    """Says how much of a text can be what was said; the first gate that refuses it is named."""
    if not plain(decoded.text):
        return Judged("", Gate.WORDLESS if decoded.text else None)
    text = captions.cut(decoded.text)
    if not plain(text):
        return Judged("", Gate.CAPTION)
    case = _Case(text, decoded, sound, captions, prompt)
    for gate, refuses in _GATES:
        if refuses(case):
            return Judged("", gate)
    whole = plain(text) == plain(decoded.text)
    return Judged(text, None if whole else Gate.CAPTION)


def repeats(text: str) -> bool:
    """Whether a text goes round in circles: it packs too well, or a phrase comes four times."""
    raw = text.encode()
    packed = len(raw) > 40 and len(raw) / len(zlib.compress(raw)) > COMPRESSION
    return packed or _LOOP.search(text) is not None


def foreign(text: str) -> bool:
    """Whether letters are not Latin: no French or English word has them."""
    letters = (letter for letter in text if letter.isalpha())
    return any(not unicodedata.name(letter, "LATIN").startswith(_LATIN) for letter in letters)


_LATIN = ("LATIN", "MODIFIER", "FEMININE", "MASCULINE")  # the last two: 1ª, n°
