from pathlib import Path

import pytest

from voicebot.clients.loader import load_clients
from voicebot.dialogue import flow
from voicebot.dialogue.flow import END
from voicebot.dialogue.loader import load_flows
from voicebot.web.flow_drawing import drawn
from voicebot.web.flow_graph import START, Way, graph, leaving, next_flows
from voicebot.web.flow_map import mapped
from voicebot.web.flow_words import ACTIONS, FLOWS
from voicebot.web.labels import OUTCOMES

WRITTEN = """
flows:
  answer:
    steps:
      - action: utter_hello
      - id: name
        collect: name
        give_up: {silence: gone, unclear: keep}
        next:
          - if: slots.name = Martin
            then:
              - link: known
          - else: keep
      - id: keep
        action: action_save_message
      - call: bye
      - action: action_hang_up
        outcome: message_taken
  known:
    steps:
      - collect: name
        give_up: more
      - id: more
        noop: true
        next: END
  gone:
    steps:
      - action: action_hang_up
        outcome: silent
  bye:
    steps: [{action: utter_hello}]
  alone:
    nlu_trigger: [{intent: greet}]
    steps: [{action: utter_hello}]
slots: {name: {type: text}}
responses: {utter_hello: [{text: "Bonjour {name}, ici {company}."}]}
"""


@pytest.fixture
def flows(tmp_path):
    (tmp_path / "flows.yml").write_text(WRITTEN)
    return load_flows(tmp_path, tmp_path / "client", {"company": "Durand"})


def test_each_way_out_of_a_step(flows):
    ways = graph(flows.flows["answer"]).ways

    assert ways[0] == Way(START, "action_utter_hello")
    assert {way for way in ways if way.source == "name"} == {
        Way("name", "link_known", "slots.name = Martin"),
        Way("name", "keep", kind="else"),
        Way("name", "keep", kind="unclear"),
        Way("name", leaving("gone"), kind="silence"),
    }
    assert not [way for way in ways if way.source in ("link_known", "action_action_hang_up")]


def test_giving_up_is_not_told_apart_where_it_changes_nothing(flows):
    assert graph(flows.flows["known"]).ways == (
        Way(START, "collect_name"),
        Way("collect_name", "more"),
        Way("more", END),
    )


def test_which_flows_may_follow(flows):
    assert next_flows(flows.flows["answer"]) == ("gone", "known", "bye")


def test_a_flow_drawn(flows):
    drawing = drawn(flows, graph(flows.flows["answer"]))
    boxes = {box.id: box for box in drawing.boxes}

    assert boxes["action_utter_hello"].lines == ("Bonjour [name], ici Durand.",)
    assert boxes[leaving("gone")].said.flow == "gone"
    assert boxes["action_action_hang_up"].said.text == "Message pris"
    assert boxes[START].y < boxes["action_utter_hello"].y < boxes["name"].y < boxes["keep"].y
    assert ("name = Martin",) in [line.label for line in drawing.lines]
    assert not any(line.taken for line in drawing.lines)


def test_the_map_sets_apart_what_may_begin_at_any_moment(flows):
    chart = mapped(flows.flows)

    assert [box.id for box in chart.drawing.boxes] == ["answer", "gone", "known", "bye"]
    assert chart.anytime == ("alone",)
    assert len(chart.drawing.lines) == 3


@pytest.mark.parametrize("client", load_clients(Path("flows")).values(), ids=lambda one: one.name)
def test_every_flow_that_ships_can_be_drawn(client):
    chart = mapped(client.flows.flows)
    assert not set(client.flows.flows) - set(FLOWS), "a name in French: voicebot/web/flow_words.py"
    assert set(chart.order) == set(client.flows.flows)
    for one in client.flows.flows.values():
        drawing = drawn(client.flows, graph(one))
        assert {box.id for box in drawing.boxes} >= set(one.steps)
        assert all(box.x >= 0 and box.x + box.width <= drawing.width for box in drawing.boxes)


def test_every_action_and_outcome_has_words():
    assert not set(flow.ACTIONS) - {*ACTIONS, "action_speak"}
    assert not set(flow.OUTCOMES) - set(OUTCOMES)
