"""The ears that ship: phonemes from smart-turn's encoder, words from a graph."""

from __future__ import annotations

from functools import partial
from pathlib import Path as FilePath
from typing import NamedTuple

import numpy as np

from voicebot.dialogue.expectation import ANYTHING, Expectation, Kind
from voicebot.errors import NotFound, Place, WrongModel
from voicebot.speech.decoder import (
    LogProbabilities,
    Path,
    alternatives,
    best_path,
    without_pauses,
)
from voicebot.speech.ear import Heard, Samples
from voicebot.speech.encoder import Encoder
from voicebot.speech.graph import Graph
from voicebot.speech.graphs import Graphs
from voicebot.speech.language_model import speech_graph
from voicebot.speech.ngram import load_ngrams
from voicebot.speech.posteriors import Encoded, Listener
from voicebot.speech.spoken_names import load_names
from voicebot.speech.tongue import tongue_of
from voicebot.speech.which_language import Reading
from voicebot.speech.workshop import Order, Workshop

SILENCE = 1e-3
"""Loudest sample under which nobody spoke (-60 dB)."""
EXPECTED_BONUS = 4.0
"""How much cheaper the awaited answer is: e^4, it comes in 98 of 100 answers."""
UNSURE = 0.2
"""Confidence under which the ear says honestly that it recognised nothing."""
UNSURE_AWAITED = 0.17
"""The same for an answer that was awaited: it is likely before anything is heard."""
_DICTATED, _OTHERS = 5, 6
"""Words from which an answer to a value read back is that value said again; alternatives kept."""
_SPARE_GRAPHS = 48
_SPARE_SPEECH_GRAPHS = 12
"""Kept besides those that `prepare` asked for; one of free speech takes 22 MB."""
FILES = ("head.onnx", "language_model.npz", "names.json")


class LiteEar:
    """The shipped ear. Thread-safe."""

    def __init__(
        self, folder: FilePath, threads: int = 2, encoder: FilePath | Encoder | None = None
    ) -> None:
        """Loads a model.

        Args:
            folder: holds FILES, as `voicebot models train` writes them.
            threads: of one pass.
            encoder: smart-turn's model, or one that is loaded; by default the one inside pipecat.

        Raises:
            NotFound: a file of the model is missing.
            WrongModel: the encoder or the head is not the one that belongs here.
            MissingPart: pipecat is not installed.
        """
        self.name = folder.resolve().name
        for file in FILES:
            if not (folder / file).is_file():
                raise NotFound(
                    f"the ear lacks {file}",
                    where=Place(folder),
                    todo=f"train it with `voicebot models train {self.name}`",
                )
        self._folder = folder
        self.tongue = tongue_of(folder)
        self._listener = Listener(folder / "head.onnx", threads, encoder)
        if self._listener.outputs != len(self.tongue.index):
            raise WrongModel(f"{folder}: this head has other phonemes: train it again")
        self._model = load_ngrams(folder / "language_model.npz")
        self._names = load_names(folder / "names.json")
        self._speech = Graphs(_SPARE_SPEECH_GRAPHS)
        self._expected = Graphs(_SPARE_GRAPHS)

    def prepare(
        self, words: tuple[str, ...] = (), expectations: tuple[Expectation, ...] = ()
    ) -> None:
        """Builds graphs beforehand, and keeps them, so that no caller waits for them."""
        with Workshop(self._folder) as workshop:
            self._speech.want(words)
            self._speech.get(words, lambda: workshop.build(Order(words)))
            for expectation in expectations:
                if expectation.kind is not Kind.ANYTHING:
                    key = _key(expectation, words)
                    order = Order(key.words, expectation)
                    self._expected.want(key)
                    self._expected.get(key, partial(workshop.build, order))

    def listen(
        self, samples: Samples, expectation: Expectation = ANYTHING, words: tuple[str, ...] = ()
    ) -> Heard:
        """Recognises one utterance, or its beginning."""
        if len(samples) == 0 or float(np.abs(samples).max()) < SILENCE:
            return Heard("", 0.0, end_of_turn=self.complete(samples))
        return self.read(self.encode(samples), expectation, words)

    @property
    def encoder(self) -> Encoder:
        """For another ear to share."""
        return self._listener.encoder

    def encode(self, samples: Samples) -> Encoded:
        """What the encoder makes of the sound: the same for every language."""
        return self._listener.encode(np.asarray(samples, np.float32))

    def read(
        self, encoded: Encoded, expectation: Expectation = ANYTHING, words: tuple[str, ...] = ()
    ) -> Heard:
        """Recognises what was encoded."""
        found = self._listener.read(encoded)
        return self.decode(found.logs, expectation, words, found.end_of_turn)

    def reading(self, heard: Heard) -> Reading:
        """How well this ear's language fits what it heard, unsure of it or not."""
        text = heard.text or next(iter(heard.alternatives), "")
        cost = self._model.cost(self.tongue.tokens(text))
        return Reading(text, heard.confidence, cost, given=bool(heard.text))

    def complete(self, samples: Samples) -> float:
        """The probability that the speaker has finished: [0, 1]."""
        if len(samples) == 0:
            return 0.0
        return self._listener.end_of_turn(np.asarray(samples, np.float32))

    def posteriors(self, samples: Samples) -> LogProbabilities:
        """The phoneme probabilities alone: float32 [frames, outputs], logarithms."""
        return self._listener.hear(np.asarray(samples, np.float32)).logs

    def decode(
        self,
        logs: LogProbabilities,
        expectation: Expectation = ANYTHING,
        words: tuple[str, ...] = (),
        end_of_turn: float | None = None,
    ) -> Heard:
        """Finds the words of phoneme probabilities [frames, outputs]."""
        logs = without_pauses(logs)
        graph = self._speech_graph(words)
        free = best_path(graph, logs) if graph else None
        awaited = self._expected_path(logs, expectation, words)
        paths = [path for path in (free, awaited) if path and path.words]
        if not paths or (free and not free.words and free.cost <= min(p.cost for p in paths)):
            return Heard("", 0.0, end_of_turn=end_of_turn)
        best = min(paths, key=lambda path: path.cost)
        sure = confidence(logs, best)
        texts = [
            self.tongue.written(list(path.words)) for path in sorted(paths, key=lambda p: p.cost)
        ]
        others = tuple(text for text in texts[1:] if text != texts[0])
        found = awaited is not None and awaited.words == best.words
        if sure < (UNSURE_AWAITED if found else UNSURE):
            return Heard("", sure, tuple(texts), end_of_turn)
        if found and expectation.value and len(best.words) >= _DICTATED:
            others = (*self._otherwise(logs, expectation, words, texts), *others)
        ends = self._model.end_probability(best.words)
        return Heard(texts[0], sure, others, end_of_turn, found, ends)

    def _speech_graph(self, words: tuple[str, ...]) -> Graph | None:
        return self._speech.get(
            words, lambda: speech_graph(self._model, words, self.tongue.builder(self._model.words))
        )

    def _expected_graph(self, expectation: Expectation, words: tuple[str, ...]) -> Graph | None:
        if expectation.kind is Kind.ANYTHING:
            return None
        key = _key(expectation, words)
        build = self.tongue.expected
        return self._expected.get(key, lambda: build(expectation, key.words, self._names))

    def _otherwise(
        self,
        logs: LogProbabilities,
        expectation: Expectation,
        words: tuple[str, ...],
        told: list[str],
    ) -> list[str]:
        """What else it may have been: who refuses a value says it again, and it sounds the same."""
        graph = self._expected_graph(expectation, words)
        found = alternatives(graph, logs) if graph else []
        texts = dict.fromkeys(self.tongue.written(list(said)) for said in found if said)
        return [text for text in texts if text not in told][:_OTHERS]

    def _expected_path(
        self, logs: LogProbabilities, expectation: Expectation, words: tuple[str, ...]
    ) -> Path | None:
        graph = self._expected_graph(expectation, words)
        path = best_path(graph, logs, whole=True) if graph else None
        return Path(path.words, path.cost - EXPECTED_BONUS, path.labels) if path else None


class _Key(NamedTuple):
    """What makes the grammar of an expectation another one."""

    kind: Kind
    phrases: tuple[str, ...]
    instead: Kind | None
    words: tuple[str, ...]
    """A client's, where they may be the answer."""


def _key(expectation: Expectation, words: tuple[str, ...]) -> _Key:
    own = words if expectation.kind in (Kind.NAME, Kind.ADDRESS) else ()
    return _Key(expectation.kind, expectation.phrases, expectation.instead, own)


def confidence(logs: LogProbabilities, path: Path) -> float:
    """How sure a reading is: 0 to 1, about the share of its words that are right.

    Two things decide, both for each phoneme: what the words had to bend, which is what the
    path costs above the best phonemes without any words, and how unclear the phonemes were.
    The weights are a logistic regression on the development voices.
    """
    count = min(len(logs), len(path.labels))
    labels = path.labels[:count]
    best = logs[:count].max(axis=1)
    taken = logs[np.arange(count), labels]
    phones = max(int(np.count_nonzero((labels > 0) & (np.diff(labels, prepend=0) != 0))), 1)
    bent, unclear = float((best - taken).sum()) / phones, float(-best.sum()) / phones
    return float(1 / (1 + np.exp(1.3 * bent + 2.3 * unclear - 2.6)))
