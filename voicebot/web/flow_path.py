"""The path of a call through its client's flows: which steps, in which order, by which ways."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from voicebot.dialogue.flow import Noop
from voicebot.store.entry import Entry
from voicebot.web.flow_graph import START, Graph, Way


@dataclass(frozen=True)
class Visit:
    """The call came to a step."""

    number: int
    """Counted from 1."""
    flow: str
    step: str
    at: datetime
    known: bool = True
    """Whether the flow still has that step."""


@dataclass(frozen=True)
class Path:
    """Where a call has been."""

    visits: tuple[Visit, ...] = ()
    taken: frozenset[tuple[str, Way]] = field(default_factory=frozenset)
    """The ways, each with its flow. Of two between the same steps it is the first: an answer
    rather than that none was understood; the journal does not tell."""
    crossed: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    """From which flow it went to which."""

    def numbers(self, flow: str) -> Mapping[str, tuple[int, ...]]:
        """The visits to each step of a flow."""
        found: dict[str, tuple[int, ...]] = {}
        for visit in self.visits:
            if visit.flow == flow:
                found[visit.step] = (*found.get(visit.step, ()), visit.number)
        return found

    @property
    def flows(self) -> tuple[str, ...]:
        """The flows it went through, in order, each once."""
        return tuple(dict.fromkeys(visit.flow for visit in self.visits))


def path_of(entries: Iterable[Entry], graphs: Mapping[str, Graph]) -> Path:
    """The path that the journal tells.

    Args:
        entries: of the call, in order.
        graphs: of the client's flows as they are now, by name; they may have changed since.
    """
    visits: list[Visit] = []
    taken: set[tuple[str, Way]] = set()
    crossed: set[tuple[str, str]] = set()
    last: dict[str, str] = {}
    for entry in entries:
        if entry.kind != "moved":
            continue
        flow, step = str(entry.data.get("flow")), str(entry.data.get("step"))
        graph = graphs.get(flow)
        known = graph is not None and step in graph.flow.steps
        if visits and visits[-1].flow != flow:
            crossed.add((visits[-1].flow, flow))
        visits.append(Visit(len(visits) + 1, flow, step, entry.at, known))
        if graph is not None and known:
            # A flow that was left for another goes on where it was, or starts anew.
            way = _way(graph, last.get(flow, START), step) or _way(graph, START, step)
            taken |= {(flow, part) for part in way}
            last[flow] = step
    return Path(tuple(visits), frozenset(taken), frozenset(crossed))


def _way(graph: Graph, source: str, target: str) -> list[Way]:
    """The shortest way between two steps, past steps that only branch: these are not told."""
    came: dict[str, Way] = {}
    ahead = deque([source])
    while ahead:
        here = ahead.popleft()
        for way in graph.ways:
            if way.source != here or way.target in came:
                continue
            came[way.target] = way
            if way.target == target:
                return _back(came, source, target)
            step = graph.flow.steps.get(way.target)
            if step is not None and isinstance(step.does, Noop):
                ahead.append(way.target)
    return []


def _back(came: Mapping[str, Way], source: str, target: str) -> list[Way]:
    found = [came[target]]
    while found[-1].source != source:
        found.append(came[found[-1].source])
    return found[::-1]
