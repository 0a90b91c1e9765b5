"""Phoneme probabilities of speech of any length, and whether the speaker has finished."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voicebot.errors import Place, WrongModel
from voicebot.speech.decoder import LogProbabilities
from voicebot.speech.ear import SAMPLE_RATE, Samples
from voicebot.speech.encoder import FRAME, WIDTH, WINDOW, Encoder, Features, open_session
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


class Listener:
    """The encoder and the trained head. Thread-safe."""

    def __init__(self, head: Path, threads: int = 2, encoder: Path | None = None) -> None:
        self._encoder = Encoder(encoder, threads)
        try:
            self._head = open_session(str(head), threads)
        except Exception as error:  # onnxruntime's errors share no public base
            raise WrongModel(f"{Place(head)}: this is no head of the ear: {error}") from error
        if self._head.get_inputs()[0].shape[-1] != WIDTH:
            raise WrongModel(f"{head}: this head is for another encoder: train it again")

    def hear(self, samples: Samples) -> Posteriors:
        """Reads speech of any length; at least one sample."""
        samples = reduce_noise(samples)
        if len(samples) <= WINDOW:
            done = self._encoder.encode(with_quiet(samples))
            return Posteriors(self._name(done.features), done.end_of_turn)
        starts = list(range(0, len(samples) - WINDOW, HOP))
        last = (len(samples) - WINDOW) // FRAME * FRAME
        starts.append(last)
        passes = [self._encoder.encode(samples[s : s + WINDOW]) for s in starts[:-1]]
        passes.append(self._encoder.encode(samples[last : last + WINDOW]))
        logs = [self._name(done.features) for done in passes]
        return Posteriors(stitch(logs, [s // FRAME for s in starts]), passes[-1].end_of_turn)

    def _name(self, features: Features) -> LogProbabilities:
        return np.asarray(self._head.run(None, {"features": features})[0], np.float32)

    def end_of_turn(self, samples: Samples) -> float:
        """The probability that the speaker has finished, alone."""
        return self._encoder.encode(reduce_noise(samples)).end_of_turn


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
