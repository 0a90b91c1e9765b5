"""Places boxes in layers from top to bottom, after Sugiyama: few crossings, straight ways.

Four stages: each box gets a layer below those that lead to it; each layer gets an order in which
few lines cross; each box comes as near as it may to those it is joined to; lines go from layer to
layer between the boxes.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from voicebot.web.ranking import Rank, ranked

GAP_X, GAP_Y = 26.0, 30.0
SWEEPS = 12
THIN = 14.0
"""The room that a line takes between two boxes."""
STRAIGHT = 4.0
"""How much more a line wants to be straight than a box wants to be in the middle."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Size:
    """A box."""

    width: float
    height: float


@dataclass(frozen=True)
class Placed:
    """Where everything is; y grows downwards."""

    centres: Mapping[Hashable, Point]
    ways: Sequence[Sequence[Point]]
    """For each line the points that it goes through, from its source's edge to its target's."""
    width: float
    height: float


@dataclass
class _Columns:
    """The layers while they are being put in order."""

    layers: list[list[Hashable]]
    above: dict[Hashable, list[Hashable]] = field(default_factory=dict)
    below: dict[Hashable, list[Hashable]] = field(default_factory=dict)

    def crossings(self) -> int:
        """How many pairs of lines cross."""
        found = 0
        for layer, other in pairwise(self.layers):
            place = {box: n for n, box in enumerate(other)}
            ends = [place[to] for box in layer for to in sorted(self.below[box], key=place.get)]  # type: ignore[arg-type]
            found += sum(a > b for n, a in enumerate(ends) for b in ends[n + 1 :])
        return found


def placed(sizes: Mapping[Hashable, Size], edges: Sequence[tuple[Hashable, Hashable]]) -> Placed:
    """Places the boxes.

    Args:
        sizes: of each box, in the order in which they should be read; the first is on top.
        edges: from box to box; one that leads back up is drawn upwards.
    """
    rank = ranked(list(sizes), edges)
    columns = _columns(rank)
    _ordered(columns)
    wide = {box: sizes[box].width if box in sizes else THIN for box in columns.above}
    x = _across(columns, wide)
    left = min((x[box] - wide[box] / 2 for box in x), default=0.0)
    right = max((x[box] + wide[box] / 2 for box in x), default=0.0)
    rows = _down(columns, sizes)
    centres = {box: (x[box] - left, sum(rows[layer]) / 2) for box, layer in rank.layer.items()}
    ways = [_way(chain, rank, rows, centres, sizes, back=back) for chain, back in rank.chains]
    return Placed({box: centres[box] for box in sizes}, ways, right - left, rows[-1][1])


def _columns(rank: Rank) -> _Columns:
    columns = _Columns([[] for _ in range(1 + max(rank.layer.values(), default=0))])
    for box, layer in rank.layer.items():
        columns.layers[layer].append(box)
        columns.above[box], columns.below[box] = [], []
    for chain, _ in rank.chains:
        for one, other in pairwise(chain):
            columns.below[one].append(other)
            columns.above[other].append(one)
    return columns


def _ordered(columns: _Columns) -> None:
    """Puts each box between those it is joined to, layer by layer, and keeps the best order."""
    best, fewest = [list(layer) for layer in columns.layers], columns.crossings()
    for sweep in range(SWEEPS):
        if not fewest:
            break
        down = sweep % 2 == 0
        numbers = range(1, len(best)) if down else range(len(best) - 2, -1, -1)
        for number in numbers:
            other = columns.layers[number - 1 if down else number + 1]
            place = {box: n for n, box in enumerate(other)}
            joined = columns.above if down else columns.below
            layer = columns.layers[number]
            middle = {
                box: _mean([place[to] for to in joined[box]], n) for n, box in enumerate(layer)
            }
            layer.sort(key=lambda box, middle=middle: middle[box])  # type: ignore[misc]
        if (found := columns.crossings()) < fewest:
            best, fewest = [list(layer) for layer in columns.layers], found
    columns.layers = best


def _across(columns: _Columns, wide: Mapping[Hashable, float]) -> dict[Hashable, float]:
    """How far to the right each box is: as near to those it is joined to as its neighbours let."""
    x: dict[Hashable, float] = {}
    for layer in columns.layers:
        at = 0.0
        for box in layer:
            x[box] = at + wide[box] / 2
            at += wide[box] + GAP_X
    for sweep in range(2 * SWEEPS):
        down = sweep % 2 == 0
        for layer in columns.layers if down else reversed(columns.layers):
            joined = columns.above if down else columns.below
            wished = [_mean([x[to] for to in joined[box]], x[box]) for box in layer]
            weights = [STRAIGHT if wide[box] == THIN else 1.0 + len(joined[box]) for box in layer]
            for box, found in zip(layer, _apart(layer, wished, weights, wide), strict=True):
                x[box] = found
    return x


def _apart(
    layer: Sequence[Hashable],
    wished: Sequence[float],
    weights: Sequence[float],
    wide: Mapping[Hashable, float],
) -> list[float]:
    """The places nearest to the wished ones (least squares) that leave room between neighbours.

    Boxes that would overlap are pooled and moved together (isotonic regression).
    """
    offsets, at = [], 0.0
    for before, box in zip([None, *layer], layer, strict=False):
        at += 0.0 if before is None else (wide[before] + wide[box]) / 2 + GAP_X
        offsets.append(at)
    pools: list[tuple[float, float, int]] = []
    for wish, offset, weight in zip(wished, offsets, weights, strict=True):
        mean, total, count = wish - offset, weight, 1
        while pools and pools[-1][0] > mean:
            other, more, few = pools.pop()
            mean = (mean * total + other * more) / (total + more)
            total, count = total + more, count + few
        pools.append((mean, total, count))
    level = [mean for mean, _, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(level, offsets, strict=True)]


def _down(columns: _Columns, sizes: Mapping[Hashable, Size]) -> list[tuple[float, float]]:
    """Where each layer begins and ends."""
    rows, top = [], 0.0
    for layer in columns.layers:
        tall = max((sizes[box].height for box in layer if box in sizes), default=0.0)
        rows.append((top, top + tall))
        top += tall + GAP_Y
    return rows


def _way(
    chain: Sequence[Hashable],
    rank: Rank,
    rows: Sequence[tuple[float, float]],
    centres: Mapping[Hashable, Point],
    sizes: Mapping[Hashable, Size],
    *,
    back: bool,
) -> list[Point]:
    """A line's points, from the bottom of the upper box to the top of the lower one.

    It goes straight through every layer, and bends between them, where no box stands.
    """
    points: list[Point] = []
    for box in chain:
        x, y = centres[box]
        top, bottom = rows[rank.layer[box]]
        half = sizes[box].height / 2 if box in sizes else 0.0
        if box != chain[0]:
            points += [(x, top), (x, y - half)]
        if box != chain[-1]:
            points += [(x, y + half), (x, bottom)]
    straight = [point for n, point in enumerate(points) if n == 0 or point != points[n - 1]]
    return straight[::-1] if back else straight


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
