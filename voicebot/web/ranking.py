"""In which layer each box of a drawing is: below everything that leads to it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

Edge = tuple[Hashable, Hashable]


@dataclass(frozen=True)
class Rank:
    """The layers, with something in each layer that a line goes through."""

    layer: dict[Hashable, int]
    """Of each box, and of each place where a line passes through a layer: (line, layer)."""
    chains: tuple[tuple[tuple[Hashable, ...], bool], ...]
    """For each line what it goes through from top to bottom, and whether it leads back up."""


def ranked(boxes: Sequence[Hashable], edges: Sequence[Edge]) -> Rank:
    """The layer of each box; `boxes` in the order in which they should be read."""
    upward = _upward(boxes, edges)
    downward = [(b, a) if n in upward else (a, b) for n, (a, b) in enumerate(edges)]
    layer = _longest(boxes, [(a, b) for a, b in downward if a != b])
    chains = []
    for number, (one, other) in enumerate(downward):
        between = range(layer[one] + 1, layer[other])
        through = [("line", number, at) for at in between]
        layer |= {place: place[2] for place in through}
        chains.append(((one, *through, other), number in upward))
    return Rank(layer, tuple(chains))


def _upward(boxes: Sequence[Hashable], edges: Sequence[Edge]) -> set[int]:
    """The lines that lead back to where one came from; without them nothing goes round."""
    leaving: dict[Hashable, list[int]] = {box: [] for box in boxes}
    for number, (one, _) in enumerate(edges):
        leaving[one].append(number)
    found: set[int] = set()
    done: set[Hashable] = set()
    for box in boxes:
        if box in done:
            continue
        under_way = {box}
        stack = [(box, iter(leaving[box]))]
        while stack:
            here, ahead = stack[-1]
            line = next(ahead, None)
            if line is None:
                stack.pop()
                under_way.discard(here)
                done.add(here)
                continue
            to = edges[line][1]
            if to in under_way:
                found.add(line)
            elif to not in done:
                under_way.add(to)
                stack.append((to, iter(leaving[to])))
    return found


def _longest(boxes: Sequence[Hashable], edges: Sequence[Edge]) -> dict[Hashable, int]:
    """One more than the deepest of those above."""
    above: dict[Hashable, list[Hashable]] = {box: [] for box in boxes}
    for one, other in edges:
        above[other].append(one)
    layer: dict[Hashable, int] = {}
    left = list(boxes)
    while left:
        ready = [box for box in left if all(one in layer for one in above[box])]
        layer |= {box: 1 + max((layer[one] for one in above[box]), default=-1) for box in ready}
        left = [box for box in left if box not in layer]
    return layer
