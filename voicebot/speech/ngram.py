"""The word language model: a trigram with absolute discounting, in a compact file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voicebot.errors import BadInput, Place

START, END = "<s>", "</s>"
DISCOUNT = 0.7
UNKNOWN = 14.0
"""What a word costs that is in no sentence: a client's own."""
SELDOM = 0.1
"""What is left of a seldom word's probability after words that it was not seen after."""
LEAST_LEFT = 0.25
"""What a history leaves at least to words never seen after it: templates repeat themselves far
more than people do, so that counts alone would leave them next to nothing."""

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class NGrams:
    """Costs (negative natural logarithms) of words after words.

    Word 0 is START, word 1 is END. `after_two` names its first two words by the row of
    `pairs`; `pairs` and `triples` hold the word that follows in their last column.
    """

    words: tuple[str, ...]
    single: Floats
    """[words] cost of each word after anything."""
    pairs: Ints
    """[n, 2] words seen in a row, sorted."""
    pair_cost: Floats
    one_back_off: Floats
    """[words] cost of forgetting the last word."""
    triples: Ints
    """[n, 2] row of `pairs`, then the word that follows; sorted."""
    triple_cost: Floats
    two_back_off: Floats
    """[pairs] cost of forgetting the last word but one."""

    @cached_property
    def _index(self) -> dict[str, int]:
        return {word: i for i, word in enumerate(self.words)}

    @cached_property
    def _pair_keys(self) -> npt.NDArray[np.int64]:
        return self.pairs[:, 0].astype(np.int64) * len(self.words) + self.pairs[:, 1]

    def end_probability(self, words: Sequence[str]) -> float | None:
        """The probability that a sentence ends behind these words, by the last two of them.

        None where the last word is not known, or there is none.
        """
        last = self._index.get(words[-1]) if words else None
        if last is None:
            return None
        pair = self._row(last, 1)
        cost = self.one_back_off[last] + self.single[1] if pair is None else self.pair_cost[pair]
        before = self._index.get(words[-2]) if len(words) > 1 else 0
        history = None if before is None else self._row(before, last)
        if history is not None:
            triple = np.flatnonzero((self.triples == (history, 1)).all(axis=1))
            cost = self.triple_cost[triple[0]] if len(triple) else self.two_back_off[history] + cost
        return float(np.exp(-cost))

    @cached_property
    def _triple_keys(self) -> npt.NDArray[np.int64]:
        return self.triples[:, 0].astype(np.int64) * len(self.words) + self.triples[:, 1]

    def cost(self, words: Sequence[str]) -> float:
        """What these words and the sentence's end cost, for each of them; UNKNOWN for no word."""
        if not words:
            return UNKNOWN
        total, before, last = 0.0, None, 0
        for word in (*words, END):
            index = self._index.get(word)
            total += UNKNOWN if index is None else self._cost(before, last, index)
            before, last = last, -1 if index is None else index
        return total / (len(words) + 1)

    def _cost(self, before: int | None, last: int, word: int) -> float:
        """Of a word behind two others; -1 is one that is not known, None is none."""
        history = None if before is None or min(before, last) < 0 else self._row(before, last)
        spent = 0.0
        if history is not None:
            key = history * len(self.words) + word
            at = int(np.searchsorted(self._triple_keys, key))
            if at < len(self._triple_keys) and self._triple_keys[at] == key:
                return float(self.triple_cost[at])
            spent = float(self.two_back_off[history])
        pair = self._row(last, word) if last >= 0 else None
        if pair is not None:
            return spent + float(self.pair_cost[pair])
        return spent + float(self.one_back_off[last] if last >= 0 else 0) + float(self.single[word])

    def _row(self, first: int, second: int) -> int | None:
        """The row of `pairs` that holds these two."""
        key = first * len(self.words) + second
        row = int(np.searchsorted(self._pair_keys, key))
        return row if row < len(self._pair_keys) and self._pair_keys[row] == key else None

    def save(self, path: Path) -> None:
        """Writes the model, costs in 16 bits."""
        np.savez_compressed(
            path,
            words=np.array("\n".join(self.words)),
            single=self.single.astype(np.float16),
            pairs=self.pairs.astype(np.uint16),
            pair_cost=self.pair_cost.astype(np.float16),
            one_back_off=self.one_back_off.astype(np.float16),
            triples=self.triples.astype(np.uint32),
            triple_cost=self.triple_cost.astype(np.float16),
            two_back_off=self.two_back_off.astype(np.float16),
        )


def load_ngrams(path: Path) -> NGrams:
    """Reads what `save` wrote."""
    try:
        with np.load(path, allow_pickle=False) as file:
            data = {name: file[name] for name in file.files}
        return NGrams(
            words=tuple(str(data["words"]).split("\n")),
            single=data["single"].astype(np.float32),
            pairs=data["pairs"].astype(np.int32),
            pair_cost=data["pair_cost"].astype(np.float32),
            one_back_off=data["one_back_off"].astype(np.float32),
            triples=data["triples"].astype(np.int32),
            triple_cost=data["triple_cost"].astype(np.float32),
            two_back_off=data["two_back_off"].astype(np.float32),
        )
    except (OSError, ValueError, KeyError) as error:
        raise BadInput("this is no language model", where=Place(path)) from error


def count_ngrams(
    sentences: Iterable[str],
    extra_words: Iterable[str] = (),
    *,
    least_triple: int = 2,
    seldom: frozenset[str] = frozenset(),
) -> NGrams:
    """Estimates the model.

    Args:
        sentences: tokens with spaces between (see `words.normalise`).
        extra_words: words that may be said and are in no sentence.
        least_triple: triples seen less often are forgotten.
        seldom: words that are common where templates have them (names, spelt letters) and rare
            anywhere else.
    """
    single: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    triples: Counter[tuple[str, str, str]] = Counter()
    for sentence in sentences:
        row = [START, *sentence.split(), END]
        single.update(row[1:])
        pairs.update(pairwise(row))
        triples.update(zip(row, row[1:], row[2:], strict=False))
    for word in extra_words:
        single[word] += 0
    words = (START, END, *sorted(set(single) - {END}))
    index = {word: i for i, word in enumerate(words)}
    p1 = _single(pairs, words, index, seldom)
    pair_rows = sorted((index[a], index[b]) for a, b in pairs)
    row_of = {pair: i for i, pair in enumerate(pair_rows)}
    p2, kept1 = _discounted(
        {(index[a], index[b]): c for (a, b), c in pairs.items()}, lambda key: p1[key[1]]
    )
    kept = {
        (row_of[index[a], index[b]], index[c]): n
        for (a, b, c), n in triples.items()
        if n >= least_triple
    }
    totals = {row_of[index[a], index[b]]: n for (a, b), n in pairs.items()}
    p3, kept2 = _discounted(kept, lambda key: p2.get((pair_rows[key[0]][1], key[1]), 1e-6), totals)
    triple_rows = sorted(p3)
    return NGrams(
        words,
        _cost(p1),
        np.array(pair_rows, np.int32).reshape(-1, 2),
        _cost([p2[row] for row in pair_rows]),
        _cost([kept1.get(i, 1.0) for i in range(len(words))]),
        np.array(triple_rows, np.int32).reshape(-1, 2),
        _cost([p3[row] for row in triple_rows]),
        _cost([kept2.get(i, 1.0) for i in range(len(pair_rows))]),
    )


def _cost(probabilities: Iterable[float]) -> Floats:
    return -np.log(np.maximum(np.array(list(probabilities), np.float64), 1e-7)).astype(np.float32)


def _single(
    pairs: Counter[tuple[str, str]],
    words: tuple[str, ...],
    index: dict[str, int],
    seldom: frozenset[str],
) -> npt.NDArray[np.float64]:
    """Kneser and Ney's: after how many different words each word was seen, plus a little."""
    weight = np.full(len(words), 0.35)
    for _, word in pairs:
        weight[index[word]] += 1
    for word in seldom & index.keys():
        weight[index[word]] *= SELDOM
    weight[0] = 0
    return np.asarray(weight / weight.sum())


def _discounted(
    counts: dict[tuple[int, int], int],
    lower: object,
    totals: dict[int, int] | None = None,
) -> tuple[dict[tuple[int, int], float], dict[int, float]]:
    """Probabilities of (history, word), and what each history leaves to the lower order."""
    assert callable(lower)
    sums: dict[int, int] = defaultdict(int)
    mass: dict[int, float] = defaultdict(float)
    for (history, _), count in counts.items():
        sums[history] += count
    if totals:
        sums.update({h: max(totals[h], n) for h, n in sums.items()})
    for (history, _), count in counts.items():
        mass[history] += (count - DISCOUNT) / sums[history]
    left = {h: max(1.0 - m, LEAST_LEFT) for h, m in mass.items()}
    found = {
        (h, w): (count - DISCOUNT) / sums[h] * (1 - left[h]) / mass[h]
        + left[h] * float(lower((h, w)))
        for (h, w), count in counts.items()
    }
    return found, left
