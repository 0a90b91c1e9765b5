"""A flow as a graph: its steps, and the ways from step to step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from voicebot.dialogue.flow import END, Act, Call, Collect, Flow, Link, Step

START = "START"
"""Where a flow begins; its first step may only branch."""


@dataclass(frozen=True)
class Way:
    """From one step to another."""

    source: str
    target: str
    """A step's id, `END`, or `leaving(FLOW)`."""
    condition: str = ""
    """When it is taken; empty where nothing is asked."""
    kind: str = "then"
    """then, else, silence, unclear, or unanswered (both of them)."""


@dataclass(frozen=True)
class Graph:
    """One flow."""

    flow: Flow
    ways: tuple[Way, ...]

    @property
    def ends(self) -> bool:
        """Whether any way leads to the end of the flow."""
        return any(way.target == END for way in self.ways)

    @property
    def leaves(self) -> tuple[str, ...]:
        """Flows that a question gives up to, without a step of their own in between."""
        found = dict.fromkeys(way.target for way in self.ways)
        known = {*self.flow.steps, END}
        return tuple(left(target) for target in found if target not in known)


def graph(flow: Flow) -> Graph:
    """The graph of a flow."""
    ways = [Way(START, flow.first)]
    for step in flow.steps.values():
        ways += (way for way in _ways(flow, step) if way.target != step.id)
    return Graph(flow, tuple(ways))


def leaving(flow: str) -> str:
    """The name of the box that stands for another flow."""
    return f"→ {flow}"


def left(box: str) -> str:
    """The flow that such a box stands for."""
    return box.removeprefix("→ ")


def next_flows(flow: Flow) -> tuple[str, ...]:
    """The flows that this one may go to by itself, in the order of its steps."""
    found: dict[str, None] = {}
    for step in flow.steps.values():
        if isinstance(step.does, Link | Call):
            found[step.does.flow] = None
        if isinstance(step.does, Collect):
            for target in (step.does.give_up_silence, step.does.give_up_unclear):
                if target and target != END and target not in flow.steps:
                    found[target] = None
    return tuple(found)


def _ways(flow: Flow, step: Step) -> Iterator[Way]:
    """The ways out of a step; one that goes where everything else goes too is not told apart."""
    found = list(_all_ways(flow, step))
    plain = {way.target for way in found if way.kind == "then" and not way.condition}
    yield from (way for way in found if way.target not in plain or way.kind == "then")


def _all_ways(flow: Flow, step: Step) -> Iterator[Way]:
    if isinstance(step.does, Link) or _hangs_up(step):
        return
    for branch in step.next:
        if branch.condition is not None:
            yield Way(step.id, branch.target, branch.condition.text)
        else:
            yield Way(step.id, branch.target, kind="else" if len(step.next) > 1 else "then")
    if isinstance(step.does, Collect):
        yield from _given_up(flow, step.id, step.does)


def _given_up(flow: Flow, source: str, collect: Collect) -> Iterator[Way]:
    silence, unclear = (
        target if target in ("", END) or target in flow.steps else leaving(target)
        for target in (collect.give_up_silence, collect.give_up_unclear)
    )
    if silence and silence == unclear:
        yield Way(source, silence, kind="unanswered")
        return
    if silence:
        yield Way(source, silence, kind="silence")
    if unclear:
        yield Way(source, unclear, kind="unclear")


def _hangs_up(step: Step) -> bool:
    return isinstance(step.does, Act) and step.does.action == "action_hang_up"
