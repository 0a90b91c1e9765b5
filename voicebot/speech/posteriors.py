"""Phoneme probabilities of speech of any length, and whether the speaker has finished."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voicebot.errors import Place, WrongModel
from voicebot.speech.decoder import LogProbabilities
from voicebot.speech.ear import SAMPLE_RATE, Samples
from voicebot.speech.encoder import FRAME, WIDTH, WINDOW, Encoder, Features, Pass, open_session
from voicebot.speech.noise_reduction import reduce_noise

SHORT = 3 * SAMPLE_RATE
HOP = 6 * SAMPLE_RATE
"""Longer speech is read in windows that overlap by two seconds."""


@dataclass(frozen=True)
class Posteriors:
    """What one pass makes of some speech."""

    logs: LogProbabilities
    """float32 [frames, outputs], natural logarithms; a frame is 20 ms."""
    end_of_turn: float


@dataclass(frozen=True)
class Encoded:
    """What the encoder makes of some speech, whatever language it is in."""

    passes: tuple[Pass, ...]
    starts: tuple[int, ...]
    """The frame at which each begins."""

    @property
    def end_of_turn(self) -> float:
        """The probability that the speaker has finished."""
        return self.passes[-1].end_of_turn


class Listener:
    """The encoder and the trained head. Thread-safe."""

    def __init__(self, head: Path, threads: int = 2, encoder: Path | Encoder | None = None) -> None:
        self.encoder = encoder if isinstance(encoder, Encoder) else Encoder(encoder, threads)
        try:
            self._head = open_session(str(head), threads)
        except Exception as error:  # onnxruntime's errors share no public base
            raise WrongModel(f"{Place(head)}: this is no head of the ear: {error}") from error
        if self._head.get_inputs()[0].shape[-1] != WIDTH:
            raise WrongModel(f"{head}: this head is for another encoder: train it again")

    @property
    def outputs(self) -> int:
        """Of the head."""
        return int(self._head.get_outputs()[0].shape[-1])

    def hear(self, samples: Samples) -> Posteriors:
        """Reads speech of any length; at least one sample."""
        return self.read(self.encode(samples))

    def encode(self, samples: Samples) -> Encoded:
        """The part of `hear` that is the same in every language, and takes nearly all the time."""
        samples = reduce_noise(samples)
        if len(samples) <= WINDOW:
            return Encoded((self.encoder.encode(with_quiet(samples)),), (0,))
        starts = list(range(0, len(samples) - WINDOW, HOP))
        last = (len(samples) - WINDOW) // FRAME * FRAME
        starts.append(last)
        passes = [self.encoder.encode(samples[s : s + WINDOW]) for s in starts]
        return Encoded(tuple(passes), tuple(s // FRAME for s in starts))

    def read(self, encoded: Encoded) -> Posteriors:
        """The phonemes in what was encoded."""
        logs = [self._name(done.features) for done in encoded.passes]
        whole = logs[0] if len(logs) == 1 else stitch(logs, list(encoded.starts))
        return Posteriors(whole, encoded.end_of_turn)

    def _name(self, features: Features) -> LogProbabilities:
        return np.asarray(self._head.run(None, {"features": features})[0], np.float32)

    def end_of_turn(self, samples: Samples) -> float:
        """The probability that the speaker has finished, alone."""
        return self.encoder.encode(reduce_noise(samples)).end_of_turn


def with_quiet(samples: Samples) -> Samples:
    """Short speech with half a second of its own background in front.

    The head measures each channel against the utterance's mean: in a lone "non" there would be
    nothing to measure it against.
    """
    if len(samples) >= SHORT:
        return samples
    floor = float(np.sqrt(np.quantile(samples.astype(np.float64) ** 2, 0.1))) + 1e-4
    quiet = floor * np.random.default_rng(0).standard_normal(SAMPLE_RATE // 2)
    return np.concatenate([quiet.astype(np.float32), samples])


def stitch(parts: list[LogProbabilities], starts: list[int]) -> LogProbabilities:
    """Joins overlapping windows in the middle of each overlap: [frames, outputs].

    At the middle each side has a second of speech around it, so no word is cut by a seam.
    """
    joined, at = [], 0
    for i, part in enumerate(parts):
        end = starts[i] + len(part)
        cut = (starts[i + 1] + end) // 2 if i + 1 < len(parts) else end
        joined.append(part[at - starts[i] : cut - starts[i]])
        at = cut
    return np.concatenate(joined)
