"""From phoneme probabilities to words: the cheapest path through a graph."""

from __future__ import annotations

from dataclasses import dataclass

import kaldi_decoder
import kaldifst
import numpy as np
import numpy.typing as npt

from voicebot.speech.graph import Graph

BEAM = 14.0
MAX_ACTIVE = 1_500

LATTICE_BEAM = 6.0
"""Paths dearer than the best by more are no alternatives."""
_ALIGNMENTS = 600
"""Paths looked at for alternatives: most say the same words at other moments."""

SURELY_BLANK = 0.97

LogProbabilities = npt.NDArray[np.float32]


def without_pauses(logs: LogProbabilities) -> LogProbabilities:
    """Leaves out frames that are surely blank, but one of each run.

    CTC says most phonemes in a frame or two and blanks between them: half the frames, and half
    the time of decoding, go without a loss.
    """
    blank = logs[:, 0] > np.log(SURELY_BLANK)
    again = blank & np.concatenate([[False], blank[:-1]])
    return logs[~again]


@dataclass(frozen=True)
class Path:
    """The best path of a graph."""

    words: tuple[str, ...]
    cost: float
    """Of the sound and of the words together: a negative logarithm."""
    labels: npt.NDArray[np.int32]
    """[frames] output of the head taken at each frame."""


def best_path(
    graph: Graph,
    logs: LogProbabilities,
    *,
    whole: bool = False,
    beam: float = BEAM,
    max_active: int = MAX_ACTIVE,
) -> Path | None:
    """Finds the cheapest path.

    Args:
        graph: what may be said.
        logs: float32 [frames, outputs], natural logarithms.
        whole: only a path that reaches an end; otherwise speech may be cut in a word.
        beam: paths dearer than the best by more are given up.
        max_active: paths kept at each frame.

    Returns:
        None where there is no path.
    """
    options = kaldi_decoder.FasterDecoderOptions(beam=beam, max_active=max_active)
    decoder = kaldi_decoder.FasterDecoder(graph.fst, options)
    decoder.decode(kaldi_decoder.DecodableCtc(logs))
    if whole and not decoder.reached_final():
        return None
    ok, lattice = decoder.get_best_path()
    if not ok:
        return None
    _, labels, words, weight = kaldifst.get_linear_symbol_sequence(lattice)
    cost = float(weight.value1 + weight.value2)
    said = tuple(graph.words[word] for word in words)
    return Path(said, cost, np.asarray(labels, np.int32) - 1)


def alternatives(
    graph: Graph, logs: LogProbabilities, *, beam: float = BEAM
) -> list[tuple[str, ...]]:
    """The words of the cheapest whole paths that say different things, the cheapest first.

    Args:
        graph: what may be said.
        logs: float32 [frames, outputs], natural logarithms.
        beam: paths dearer than the best by more are given up.
    """
    config = kaldi_decoder.LatticeSimpleDecoderConfig(beam=beam, lattice_beam=LATTICE_BEAM)
    decoder = kaldi_decoder.LatticeSimpleDecoder(graph.fst, config)
    decoder.decode(kaldi_decoder.DecodableCtc(logs))
    ok, lattice = decoder.get_raw_lattice()
    if not ok:
        return []
    said: dict[tuple[str, ...], None] = {}
    for path in kaldifst.lattice_to_nbest(lattice, n=_ALIGNMENTS):
        words = kaldifst.get_linear_symbol_sequence(path)[2]
        said[tuple(graph.words[word] for word in words)] = None
    return list(said)
