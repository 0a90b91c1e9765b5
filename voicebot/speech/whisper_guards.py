"""Guards against what Whisper writes when nobody spoke, or when it loses its way."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from enum import Enum, auto

MOST_COMPRESSION = 2.4
"""Text that zlib packs tighter than this repeats itself (Whisper's own limit)."""
NO_SPEECH = 0.6
UNSURE = -1.0
"""Mean log-probability under which a `no speech` is believed (Whisper's own limits)."""
MOST_LETTERS_A_SECOND = 35
"""Nobody speaks faster: 20 is fast French."""

_INVENTED = re.compile(
    r"sous[- ]?titr|amara\.?org|merci d'avoir regard|abonnez[- ]vous|radio[- ]?canada|"
    r"la communauté d|thanks? (?:you )?for watching|please subscribe|^\W*(?:\.\.\.|…)?\W*$",
    re.IGNORECASE,
)
"""Captions of the films it was trained on; written on silence, music and noise."""


@dataclass(frozen=True)
class Decoded:
    """What one pass wrote, before anything is believed."""

    text: str
    avg_logprob: float
    no_speech_prob: float


class Verdict(Enum):
    """What a guard makes of it."""

    GOOD = auto()
    SILENT = auto()
    """Nobody spoke."""
    INVENTED = auto()
    """A caption known from films."""
    REPEATS = auto()
    """It lost its way; another window may help."""


def judge(decoded: Decoded, seconds: float) -> Verdict:
    """Says whether `decoded` can be what was said in so many seconds."""
    if decoded.no_speech_prob > NO_SPEECH and decoded.avg_logprob < UNSURE:
        return Verdict.SILENT
    if _INVENTED.search(decoded.text):
        return Verdict.INVENTED
    if repeats(decoded.text) or len(decoded.text) > 10 + MOST_LETTERS_A_SECOND * seconds:
        return Verdict.REPEATS
    return Verdict.GOOD


def repeats(text: str) -> bool:
    """Whether a text goes round in circles: it packs too well, or a phrase comes four times."""
    raw = text.encode()
    if len(raw) > 40 and len(raw) / len(zlib.compress(raw)) > MOST_COMPRESSION:
        return True
    # Digits are said four times over in a row; words of four letters are not.
    return re.search(r"\b(\w[\w' ,.-]{3,40}?)(?:[ ,.!?-]+\1\b){3}", text, re.IGNORECASE) is not None
