"""A flow drawn: where its boxes and lines are, ready for SVG."""

from __future__ import annotations

import textwrap
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from voicebot.dialogue.flow import END, FlowSet
from voicebot.web.flow_graph import START, Graph, Way, left
from voicebot.web.flow_path import Path
from voicebot.web.flow_words import WAYS, Said, condition, flow_title, said
from voicebot.web.layered import Placed, Point, Size, placed
from voicebot.web.tongue import _, pgettext

WIDTH = 224.0
LETTERS = 27
"""On a line of a box; the letters are as wide as the style sheet makes them."""
LABEL_LETTERS = 26
MOST_LINES = 3
TITLE, LINE, PADDING = 18.0, 18.0, 12.0
LABEL_LINE, LABEL_LETTER = 15.0, 6.9
MARGIN = 14.0
DOT, DIAMOND = Size(14, 14), Size(26, 26)
BEND = 0.5
"""How far down a line goes straight before it bends, as a share of the way."""


@dataclass(frozen=True)
class Box:
    """A step."""

    id: str
    said: Said
    x: float
    """Left."""
    y: float
    """Top."""
    width: float
    height: float
    lines: tuple[str, ...] = ()
    visits: tuple[int, ...] = ()


@dataclass(frozen=True)
class Line:
    """A way from step to step."""

    path: str
    """As SVG draws it."""
    kind: str
    taken: bool
    label: tuple[str, ...] = ()
    full: str = ""
    """The whole label, where it does not fit."""
    x: float = 0.0
    y: float = 0.0
    """Where the label's first line stands."""


@dataclass(frozen=True)
class Drawing:
    """A flow."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: float
    height: float


def drawn(flows: FlowSet, graph: Graph, path: Path | None = None) -> Drawing:
    """Draws a flow, with the path of a call on it where there is one."""
    boxes = _boxes(flows, graph)
    labels = {n: _label(way) for n, way in enumerate(graph.ways)}
    sizes: dict[Hashable, Size] = {START: DOT}
    sizes |= {box.id: Size(box.width, box.height) for box in boxes}
    edges: list[tuple[Hashable, Hashable]] = []
    for number, way in enumerate(graph.ways):
        if label := labels[number]:
            sizes[number] = _label_size(label)
            edges += [(way.source, number), (number, way.target)]
        else:
            edges.append((way.source, way.target))
    where = placed(sizes, edges)
    visits = path.numbers(graph.flow.name) if path else {}
    taken = path.taken if path else frozenset()
    lines, rest = [], iter(where.ways)
    for number, way in enumerate(graph.ways):
        parts = [next(rest), next(rest)] if labels[number] else [next(rest)]
        line = Line(
            curve([[moved(point) for point in part] for part in parts]),
            way.kind,
            (graph.flow.name, way) in taken,
        )
        lines.append(_labelled(line, way, labels[number], where, number))
    return Drawing(
        tuple(_put(box, where.centres[box.id], visits) for box in [_start(), *boxes]),
        # Those that were taken lie on top.
        tuple(sorted(lines, key=lambda line: line.taken)),
        round(where.width + 2 * MARGIN, 1),
        round(where.height + 2 * MARGIN, 1),
    )


def _start() -> Box:
    return Box(START, Said("start", pgettext("of a flow", "Début")), 0, 0, DOT.width, DOT.height)


def _boxes(flows: FlowSet, graph: Graph) -> list[Box]:
    found = [_box(step.id, said(flows, step)) for step in graph.flow.steps.values()]
    for way in graph.ways:
        known = {box.id for box in found}
        if way.target in known:
            continue
        if way.target == END:
            found.append(
                Box(END, Said("over", pgettext("of a flow", "Fin")), 0, 0, DOT.width, DOT.height)
            )
        else:
            name = left(way.target)
            found.append(_box(way.target, Said("go", _("Passe à"), flow_title(name), name)))
    return found


def _box(id: str, words: Said) -> Box:
    if words.kind == "branch":
        return Box(id, words, 0, 0, DIAMOND.width, DIAMOND.height)
    lines = _wrapped(words.text, LETTERS)
    return Box(id, words, 0, 0, WIDTH, TITLE + LINE * len(lines) + PADDING, lines)


def _label(way: Way) -> tuple[str, ...]:
    text = condition(way.condition) or (_(WAYS[way.kind]) if way.kind in WAYS else "")
    return _wrapped(text, LABEL_LETTERS)


def _label_size(label: Sequence[str]) -> Size:
    return Size(max(map(len, label)) * LABEL_LETTER + 8, LABEL_LINE * len(label) + 4)


def _wrapped(text: str, letters: int) -> tuple[str, ...]:
    if not text:
        return ()
    return tuple(textwrap.wrap(text, letters, max_lines=MOST_LINES, placeholder=" …"))


def _put(box: Box, centre: Point, visits: Mapping[str, tuple[int, ...]]) -> Box:
    x, y = moved(centre)
    return replace(
        box,
        x=round(x - box.width / 2, 1),
        y=round(y - box.height / 2, 1),
        visits=visits.get(box.id, ()),
    )


def _labelled(
    line: Line, way: Way, label: tuple[str, ...], where: Placed, number: Hashable
) -> Line:
    if not label:
        return line
    x, y = moved(where.centres[number])
    first = y - LABEL_LINE * (len(label) - 1) / 2 + 4
    return replace(line, label=label, full=way.condition, x=round(x, 1), y=round(first, 1))


def moved(point: Point) -> Point:
    """Inside the margin."""
    return point[0] + MARGIN, point[1] + MARGIN


def curve(parts: Sequence[Sequence[Point]]) -> str:
    """A soft line through the points of each part, upright where it comes and where it goes."""
    found = []
    for points in parts:
        (x, y), *others = points
        found.append(f"M{x:.1f} {y:.1f}")
        for to_x, to_y in others:
            bend = (to_y - y) * BEND
            found.append(
                f"C{x:.1f} {y + bend:.1f} {to_x:.1f} {to_y - bend:.1f} {to_x:.1f} {to_y:.1f}"
            )
            x, y = to_x, to_y
    return "".join(found)
