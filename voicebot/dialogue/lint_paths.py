"""Paths through the flows: steps never reached, flows never started, rounds without a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from voicebot.dialogue.finding import Finding, error, warning
from voicebot.dialogue.flow import (
    END,
    FIRST_FLOW,
    LAST_FLOW,
    QUIET_FLOW,
    TRANSFER_FLOW,
    Act,
    Call,
    Collect,
    Flow,
    FlowSet,
    Link,
    SetSlots,
    Step,
)

Point = tuple[str, str]
"""A flow and a step of it."""


def path_findings(flows: FlowSet) -> Iterator[Finding]:
    """What cannot be reached and what cannot be left."""
    if FIRST_FLOW not in flows.flows:
        yield error(f"no flow is called {FIRST_FLOW!r}, so that nothing answers a call", None)
    yield from _never_started(flows)
    for flow in flows.flows.values():
        reached = _reached(flow)
        for step in flow.steps.values():
            if step.id not in reached:
                yield error(f"step {step.id!r} of flow {flow.name!r} is never reached", step.where)
    yield from _rounds(flows)


def _never_started(flows: FlowSet) -> Iterator[Finding]:
    named = {
        FIRST_FLOW,
        LAST_FLOW,
        QUIET_FLOW,
        TRANSFER_FLOW,
        *(o.flow for o in flows.openings.values()),
    }
    for _, step in flows.steps():
        if isinstance(step.does, Link | Call):
            named.add(step.does.flow)
        if isinstance(step.does, Collect):
            named |= {step.does.give_up_silence, step.does.give_up_unclear}
    for flow in flows.flows.values():
        if flow.name not in named and not flow.triggers and flow.trigger_if is None:
            todo = "give it nlu_trigger or trigger_if, or link to it"
            yield warning(f"nothing starts flow {flow.name!r}", flow.where, todo)


def _reached(flow: Flow) -> set[str]:
    reached: set[str] = set()
    ahead = [flow.first]
    while ahead:
        step = flow.steps.get(ahead.pop())
        if step is not None and step.id not in reached:
            reached.add(step.id)
            ahead += _targets(step)
    return reached


def _targets(step: Step) -> list[str]:
    """Steps that may follow in the same flow."""
    if isinstance(step.does, Link):
        return []
    if isinstance(step.does, Act) and step.does.action == "action_hang_up":
        return []
    found = [branch.target for branch in step.next]
    if isinstance(step.does, Collect):
        found += [step.does.give_up_silence, step.does.give_up_unclear]
    return found


def _rounds(flows: FlowSet) -> Iterator[Finding]:
    """Ways that come back to where they were without anything being asked."""
    graph = {
        (flow.name, step.id): _passed_to(flows, flow, step)
        for flow, step in flows.steps()
        if not _always_asks(flow, step)
    }
    while round_ := _round(graph):
        flow_name, step_id = min(round_, key=lambda point: _line(flows, point))
        step = flows.flows[flow_name].steps[step_id]
        way = " → ".join(f"{flow}.{name}" for flow, name in round_)
        yield error(
            f"this goes round without asking anything: {way}",
            step.where,
            "let a collect on the way ask again (ask_before_filling, or set its slot to null)",
        )
        for point in round_:
            graph.pop(point, None)


def _line(flows: FlowSet, point: Point) -> tuple[str, int]:
    where = flows.flows[point[0]].steps[point[1]].where
    return (str(where.file), where.line or 0) if where else ("", 0)


def _always_asks(flow: Flow, step: Step) -> bool:
    """Whether the step asks each time: a slot that is known already is not asked for again."""
    if not isinstance(step.does, Collect):
        return False
    if step.does.ask_before_filling:
        return True
    emptied = {
        name
        for other in flow.steps.values()
        if isinstance(other.does, SetSlots)
        for name, value in other.does.values
        if value is None
    }
    return step.does.slot in emptied


def _passed_to(flows: FlowSet, flow: Flow, step: Step) -> tuple[Point, ...]:
    """Where one may come from a step without a word from the caller."""
    found = [] if isinstance(step.does, Collect) else _targets(step)
    if isinstance(step.does, Collect):
        found = [branch.target for branch in step.next]
    points = [(flow.name, target) for target in found if target in flow.steps]
    if isinstance(step.does, Link | Call) and step.does.flow in flows.flows:
        other = flows.flows[step.does.flow]
        if other.first != END:
            points.append((other.name, other.first))
    return tuple(points)


def _round(graph: Mapping[Point, tuple[Point, ...]]) -> tuple[Point, ...]:
    """One way that ends where it began, or nothing."""
    left = {point: {to for to in points if to in graph} for point, points in graph.items()}
    while dead := {point for point, points in left.items() if not points}:
        left = {point: points - dead for point, points in left.items() if point not in dead}
    if not left:
        return ()
    way = [min(left)]
    while (following := min(left[way[-1]])) not in way:
        way.append(following)
    return tuple(way[way.index(following) :])
