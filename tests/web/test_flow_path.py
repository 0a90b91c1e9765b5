from datetime import timedelta

import pytest

from tests.web.conftest import NOW
from tests.web.test_flow_graph import flows  # noqa: F401  a fixture
from voicebot.dialogue.flow import FlowSet
from voicebot.store.entry import Entry
from voicebot.web.flow_drawing import drawn
from voicebot.web.flow_graph import START, Way, graph
from voicebot.web.flow_map import mapped
from voicebot.web.flow_path import path_of


@pytest.fixture
def graphs(flows: FlowSet):  # noqa: F811
    return {name: graph(flow) for name, flow in flows.flows.items()}


def moved(*points):
    return [
        Entry("moved", NOW + timedelta(seconds=n), {"flow": flow, "step": step})
        for n, (flow, step) in enumerate(points)
    ]


def test_the_steps_in_order_with_the_ways_between_them(graphs):
    path = path_of(moved(("answer", "action_utter_hello"), ("answer", "name")), graphs)

    assert [(v.number, v.step) for v in path.visits] == [(1, "action_utter_hello"), (2, "name")]
    assert path.taken == {
        ("answer", Way(START, "action_utter_hello")),
        ("answer", Way("action_utter_hello", "name")),
    }


def test_a_flow_that_comes_between_leaves_the_other_where_it_was(graphs):
    points = ("answer", "name"), ("alone", "action_utter_hello"), ("answer", "keep")
    path = path_of(moved(*points), graphs)

    # Two ways lead there; the journal does not tell which: an answer is likelier than none.
    assert ("answer", Way("name", "keep", kind="else")) in path.taken
    assert ("answer", Way("name", "keep", kind="unclear")) not in path.taken
    assert path.crossed == {("answer", "alone"), ("alone", "answer")}
    assert path.flows == ("answer", "alone")


def test_a_step_that_was_come_to_twice(graphs):
    path = path_of(moved(("answer", "name"), ("known", "collect_name"), ("answer", "name")), graphs)

    assert path.numbers("answer") == {"name": (1, 3)}


def test_a_step_that_is_gone_since_is_told_and_not_drawn(graphs):
    path = path_of(moved(("answer", "old"), ("older", "x"), ("answer", "name")), graphs)

    assert [visit.known for visit in path.visits] == [False, False, True]


def test_the_path_is_on_the_drawing(flows, graphs):  # noqa: F811
    path = path_of(moved(("answer", "action_utter_hello"), ("answer", "name")), graphs)
    drawing = drawn(flows, graphs["answer"], path)

    assert {box.id: box.visits for box in drawing.boxes if box.visits} == {
        "action_utter_hello": (1,),
        "name": (2,),
    }
    assert sum(line.taken for line in drawing.lines) == 2
    assert drawing.lines[-1].taken  # on top


def test_a_jump_that_a_word_caused_is_on_the_map(flows, graphs):  # noqa: F811
    points = ("answer", "name"), ("alone", "action_utter_hello"), ("answer", "keep")
    chart = mapped(flows.flows, path_of(moved(*points), graphs))

    assert [line.kind for line in chart.drawing.lines if line.taken] == ["jump"]
    assert {box.id: box.visits for box in chart.drawing.boxes}["alone"] == (2,)
    assert chart.anytime == ()
