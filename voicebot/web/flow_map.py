"""A client's flows as a map: which one leads to which, and where a call went."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from voicebot.dialogue.flow import FIRST_FLOW, Flow
from voicebot.web.flow_drawing import MARGIN, Box, Drawing, Line, curve, moved
from voicebot.web.flow_graph import next_flows
from voicebot.web.flow_path import Path
from voicebot.web.flow_words import Said, flow_title
from voicebot.web.layered import Size, placed

BOX = Size(226, 40)


@dataclass(frozen=True)
class Map:
    """The map."""

    drawing: Drawing
    anytime: tuple[str, ...]
    """Flows that stand alone: they begin at any moment, and the conversation goes on after."""

    @property
    def order(self) -> tuple[str, ...]:
        """All flows, in the order in which they are shown."""
        return (*(box.id for box in self.drawing.boxes), *self.anytime)


def mapped(flows: Mapping[str, Flow], path: Path | None = None) -> Map:
    """Draws the map.

    Args:
        flows: the client's, by name.
        path: of a call; its way from flow to flow is marked, and added where a word made it jump.
    """
    edges = [(name, to) for name in _reading(flows) for to in next_flows(flows[name])]
    edges = [(one, to) for one, to in edges if to in flows and one != to]
    crossed = path.crossed if path else frozenset()
    jumps = [edge for edge in _jumps(path) if edge not in edges and edge[0] != edge[1]]
    jumps = [(one, to) for one, to in jumps if one in flows and to in flows]
    joined = {name for edge in [*edges, *jumps] for name in edge} | {FIRST_FLOW} & set(flows)
    names = [name for name in _reading(flows) if name in joined]
    sizes: dict[Hashable, Size] = dict.fromkeys(names, BOX)
    every: list[tuple[Hashable, Hashable]] = [*edges, *jumps]
    where = placed(sizes, every)
    order = {name: n for n, name in enumerate(path.flows, start=1)} if path else {}
    boxes = [
        Box(
            name,
            Said("flow", flow_title(name), flow=name),
            round(x - BOX.width / 2 + MARGIN, 1),
            round(y - BOX.height / 2 + MARGIN, 1),
            BOX.width,
            BOX.height,
            visits=(order[name],) if name in order else (),
        )
        for name, (x, y) in ((name, where.centres[name]) for name in names)
    ]
    lines = [
        Line(
            curve([[moved(point) for point in way]]),
            "jump" if edge in jumps else "then",
            edge in crossed,
        )
        for edge, way in zip([*edges, *jumps], where.ways, strict=True)
    ]
    drawing = Drawing(
        tuple(boxes),
        tuple(sorted(lines, key=lambda line: line.taken)),
        round(where.width + 2 * MARGIN, 1),
        round(where.height + 2 * MARGIN, 1),
    )
    return Map(drawing, tuple(name for name in flows if name not in joined))


def _reading(flows: Mapping[str, Flow]) -> Sequence[str]:
    """The flows, first the one that answers, then those that it leads to, and so on."""
    found: list[str] = []
    for root in [FIRST_FLOW, *flows]:
        ahead = [root]
        while ahead:
            name = ahead.pop(0)
            if name in flows and name not in found:
                found.append(name)
                ahead += next_flows(flows[name])
    return found


def _jumps(path: Path | None) -> list[tuple[str, str]]:
    """From which flow a call first came to each: what the caller said made it begin."""
    visits = path.visits if path else ()
    found: dict[str, tuple[str, str]] = {}
    for before, visit in pairwise(visits):
        if visit.flow != before.flow and visit.flow not in found:
            found[visit.flow] = (before.flow, visit.flow)
    if visits:
        found.pop(visits[0].flow, None)
    return list(found.values())
