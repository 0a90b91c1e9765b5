"""Builds the graphs of an ear in a process of its own.

A graph takes a second or two of Python, which would stop and start the sound of the calls that
are going on. The other process is less urgent than they are, and ends with the one that asks.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

import kaldifst

from voicebot.dialogue.expectation import Expectation
from voicebot.speech.graph import Graph
from voicebot.speech.language_model import speech_graph
from voicebot.speech.ngram import load_ngrams
from voicebot.speech.spoken_names import load_names
from voicebot.speech.tongue import tongue_of

LESS_URGENT = 10
"""Niceness of the other process."""


class Order(NamedTuple):
    """A graph to build: of free speech, or of what is awaited."""

    words: tuple[str, ...]
    expectation: Expectation | None = None


Built = tuple[str, tuple[str, ...], int, int]
"""A graph's file, which the one who asked for it deletes, its words, states and arcs."""


class Workshop:
    """The other process, for one client's graphs; a context manager."""

    def __init__(self, folder: Path) -> None:
        """Starts it when the first graph is ordered; `folder` is the model's."""
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.communicate()

    def build(self, order: Order) -> Graph | None:
        """The graph; None where nothing can be said.

        Raises:
            OSError: the other process is gone.
        """
        self._process = self._process or self._start()
        given, taken = self._process.stdin, self._process.stdout
        assert given is not None and taken is not None
        try:
            pickle.dump(order, given)
            given.flush()
            built: Built | None = pickle.load(taken)
        except (EOFError, pickle.UnpicklingError) as error:
            raise OSError("the workshop closed") from error
        if built is None:
            return None
        file, words, states, arcs = built
        try:
            return Graph(kaldifst.StdConstFst.read(file), words, states, arcs)
        finally:
            Path(file).unlink()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", __name__, str(self._folder.resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the server
        )


def work(folder: Path, orders: BinaryIO, results: BinaryIO) -> None:
    """Builds what is ordered until no more orders come."""
    model, names = load_ngrams(folder / "language_model.npz"), load_names(folder / "names.json")
    tongue = tongue_of(folder)
    while True:
        try:
            words, expectation = pickle.load(orders)
        except EOFError:
            return
        if expectation is None:
            graph: Graph | None = speech_graph(model, words, tongue.builder(model.words))
        else:
            graph = tongue.expected(expectation, words, names)
        pickle.dump(_packed(graph) if graph else None, results)
        results.flush()


def _packed(graph: Graph) -> Built:
    handle, file = tempfile.mkstemp(prefix="voicebot-", suffix=".fst")
    os.close(handle)
    graph.fst.write(file)
    return file, graph.words, graph.states, graph.arcs


if __name__ == "__main__":
    os.nice(LESS_URGENT)
    # Whatever a library prints must not get between the results.
    results = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    work(Path(sys.argv[1]), sys.stdin.buffer, results)
