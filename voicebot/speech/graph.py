"""Decoding graphs: which phonemes may follow each other, and which words they make.

A word is a chain of states, one for each of its sounds; a state loops on its own phonemes and
on the CTC blank. Word histories of the language model are states between the chains. The
result is an OpenFst "const" transducer: phonemes in, words out, costs on the arcs.
"""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import kaldifst
import numpy as np
import numpy.typing as npt

from voicebot.speech.lexicon import Pronunciation, Sound
from voicebot.speech.phones import INDEX
from voicebot.speech.words import tokens

_ARC = np.dtype([("in", "<i4"), ("out", "<i4"), ("cost", "<f4"), ("to", "<i4")])
_STATE = np.dtype(
    [("final", "<f4"), ("pos", "<u4"), ("arcs", "<u4"), ("in_eps", "<u4"), ("out_eps", "<u4")]
)
_ROW = np.dtype([("from", "<i4"), *[(n, _ARC[n]) for n in _ARC.names or ()]])
_BLANK = 1
"""The decoder numbers labels from 1, so the blank is 1 and phoneme i is i + 1."""

Rows = npt.NDArray[np.void]


@dataclass(frozen=True)
class Graph:
    """A graph ready for the decoder."""

    fst: kaldifst.StdConstFst
    words: tuple[str, ...]
    """By output label; label 0 is none."""
    states: int
    arcs: int

    @property
    def size(self) -> int:
        """Bytes in memory, about."""
        return self.states * _STATE.itemsize + self.arcs * _ARC.itemsize


@dataclass
class GraphBuilder:
    """Grows a graph from chains of words."""

    pronounce: Callable[[str], tuple[Pronunciation, ...]]
    index: Mapping[str, int] = field(default_factory=lambda: INDEX)
    """The head's output for each phoneme."""
    tokens: Callable[[str], list[str]] = tokens
    """The words of a text, as `pronounce` knows them."""
    states: int = 0
    _rows: list[Rows] = field(default_factory=list)
    _loose: list[tuple[int, int, int, float, int]] = field(default_factory=list)
    _finals: dict[int, float] = field(default_factory=dict)
    _labels: dict[str, int] = field(default_factory=lambda: {"": 0})
    _molds: dict[str, tuple[Rows, int] | None] = field(default_factory=dict)

    def state(self, count: int = 1) -> int:
        """Adds states, gives the first. State 0 is where the graph starts."""
        first, self.states = self.states, self.states + count
        return first

    def label(self, word: str) -> int:
        """The output label of a word."""
        return self._labels.setdefault(word, len(self._labels))

    def jump(self, source: int, target: int, cost: float = 0.0, word: str = "") -> None:
        """An arc that hears nothing."""
        self._loose.append((source, 0, self.label(word), cost, target))

    def jumps(self, sources: npt.ArrayLike, targets: npt.ArrayLike, costs: npt.ArrayLike) -> None:
        """Many arcs that hear nothing and say nothing."""
        source = np.asarray(sources)
        rows = np.zeros(len(source), _ROW)
        rows["from"], rows["to"], rows["cost"] = source, targets, costs
        self._rows.append(rows)

    def final(self, state: int, cost: float = 0.0) -> None:
        """Speech may end here."""
        self._finals[state] = min(cost, self._finals.get(state, cost))

    def silence(self, state: int) -> None:
        """Blanks may be heard here."""
        self._loose.append((state, _BLANK, 0, 0.0, state))

    def word(self, source: int, word: str, target: int, cost: float = 0.0) -> bool:
        """A word between two states; False if nobody knows how to say it."""
        entries = self.chains(word, [target])
        if entries is None:
            return False
        self.jump(source, int(entries[0]), cost)
        return True

    def chains(self, word: str, targets: Sequence[int]) -> npt.NDArray[np.int64] | None:
        """One chain of `word` to each target; gives the states where they begin."""
        if word not in self._molds:
            self._molds[word] = _mold(self.pronounce(word), self.label(word), self.index)
        mold = self._molds[word]
        if mold is None:
            return None
        rows, size = mold
        count = len(targets)
        first = self.state(size * count) + size * np.arange(count)
        tiled = np.tile(rows, count)
        base = np.repeat(first, len(rows))
        end = tiled["to"] < 0
        tiled["from"] += base.astype(np.int32)
        goal = np.repeat(np.asarray(targets), len(rows))
        tiled["to"] = np.where(end, goal, tiled["to"] + base)
        self._rows.append(tiled)
        return first

    def tree(self, root: int, leaves: Sequence[tuple[str, float, int]]) -> None:
        """Many words from one state, those that begin alike together.

        Args:
            root: where all begin.
            leaves: word, cost, target.
        """
        nodes: dict[tuple[int, Sound], int] = {}
        cheapest: dict[int, float] = {root: 0.0}
        paths: list[tuple[list[int], Pronunciation, str, float, int]] = []
        for word, cost, target in leaves:
            for row in self.pronounce(word):
                path = [root]
                for sound in row:
                    key = (path[-1], sound)
                    if key not in nodes:
                        nodes[key] = self.state()
                        heard = _inputs(sound, self.index)
                        self._loose += [(nodes[key], i, 0, 0.0, nodes[key]) for i in heard]
                    path.append(nodes[key])
                    cheapest[path[-1]] = min(cost, cheapest.get(path[-1], cost))
                paths.append((path, row, word, cost, target))
        seen: set[tuple[int, int]] = set()
        for path, row, word, cost, target in paths:
            for i in range(len(path)):
                for j, skipped in _next(row, i):
                    ahead = cheapest[path[j]] if j < len(path) else cost
                    weight = skipped + ahead - cheapest[path[i]]
                    if j == len(path):
                        self.jump(path[i], target, weight, word)
                    elif (path[i], path[j]) not in seen:
                        seen.add((path[i], path[j]))
                        self._loose += [
                            (path[i], self.index[p] + 1, 0, weight + c, path[j])
                            for p, c in row[j - 1].phones
                        ]

    def build(self, scale: float = 1.0) -> Graph:
        """The graph, as the decoder wants it; all costs times `scale`."""
        loose = np.array(self._loose, _ROW) if self._loose else np.zeros(0, _ROW)
        rows = np.concatenate([*self._rows, loose])
        rows = rows[np.lexsort((rows["in"], rows["from"]))]
        states = np.zeros(self.states, _STATE)
        states["final"] = np.inf
        for state, cost in self._finals.items():
            states["final"][state] = cost
        counts = np.bincount(rows["from"], minlength=self.states)
        states["arcs"] = counts
        states["pos"] = np.concatenate([[0], np.cumsum(counts)[:-1]])
        for column, sign in (("in_eps", "in"), ("out_eps", "out")):
            states[column] = np.bincount(rows["from"][rows[sign] == 0], minlength=self.states)
        arcs = np.zeros(len(rows), _ARC)
        for name in _ARC.names or ():
            arcs[name] = rows[name]
        arcs["cost"] *= scale
        fst = _read(states, arcs)
        return Graph(fst, tuple(self._labels), self.states, len(arcs))


def _read(states: npt.NDArray[np.void], arcs: npt.NDArray[np.void]) -> kaldifst.StdConstFst:
    """OpenFst's own file format: adding arcs one by one from Python takes seconds."""
    head = struct.pack("<i", 2_125_659_606)
    for text in (b"const", b"standard"):
        head += struct.pack("<i", len(text)) + text
    head += struct.pack("<iiQqqq", 2, 0, 1, 0, len(states), len(arcs))
    with tempfile.TemporaryDirectory(prefix="voicebot-") as folder:
        path = Path(folder) / "graph.fst"
        path.write_bytes(head + states.tobytes() + arcs.tobytes())
        return kaldifst.StdConstFst.read(str(path))


def _inputs(sound: Sound, index: Mapping[str, int]) -> list[int]:
    """What a state that has heard `sound` may go on hearing."""
    return [_BLANK, *(index[phone] + 1 for phone, _ in sound.phones)]


def _next(row: Pronunciation, i: int) -> list[tuple[int, float]]:
    """From the state after sound i: the sounds that may come, and what was skipped.

    Sound len(row) + 1 stands for the end of the word.
    """
    found, skipped = [], 0.0
    for j in range(i, len(row)):
        found.append((j + 1, skipped))
        skip = row[j].skip
        if skip is None:
            return found
        skipped += skip
    if i > 0:
        found.append((len(row) + 1, skipped))
    return found


def _mold(
    rows: tuple[Pronunciation, ...], label: int, index: Mapping[str, int]
) -> tuple[Rows, int] | None:
    """The arcs of a word between its own states; -1 is where it leads to."""
    arcs: list[tuple[int, int, int, float, int]] = []
    size = 1
    for row in rows:
        at = [0, *range(size, size + len(row))]
        size += len(row)
        for i, sound in enumerate(row, start=1):
            arcs += [(at[i], label_in, 0, 0.0, at[i]) for label_in in _inputs(sound, index)]
        for i in range(len(at)):
            for j, skipped in _next(row, i):
                if j == len(at):
                    arcs.append((at[i], 0, label, skipped, -1))
                else:
                    arcs += [
                        (at[i], index[p] + 1, 0, skipped + c, at[j]) for p, c in row[j - 1].phones
                    ]
    return (np.array(arcs, _ROW), size) if arcs else None
