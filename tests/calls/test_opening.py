"""The situation of a call chooses its greeting and its first flow."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
import yaml

from tests.calls.test_session import begin
from tests.oncall.rotas import PARIS
from voicebot.clients.check import check
from voicebot.clients.loader import find_client
from voicebot.dialogue.fixed import fixed_texts
from voicebot.dialogue.flow import Opening
from voicebot.oncall.hours import Hours, Overflow, Window

LINE = "+33199001020"
DAY = (Window(time(8), time(18)),)
BUSY = (
    "Bonjour, toutes nos lignes sont occupées. Je suis un assistant vocal, l'appel est enregistré."
)
NOON = datetime(2026, 1, 14, 12, tzinfo=UTC)


@pytest.fixture
def busy(client):
    """The bakery, which calls overflow from."""
    hours = Hours(PARIS, week=(DAY,) * 7, overflow=Overflow(frozenset({LINE})))
    flows = replace(client.flows, openings={"overflow": Opening(BUSY)})
    return replace(client, hours=hours, flows=flows)


def answered(client, called, at=NOON):
    call, journal = begin(client, called=called)
    call._clock.advance((at - call._clock.now()).total_seconds())
    reply = call.answer()
    return reply.says[0].text, journal.entries["c1"][0].data["situation"]


def test_a_line_that_calls_overflow_to_greets_in_its_own_words(busy):
    assert answered(busy, LINE) == (BUSY, "overflow")


def test_another_line_greets_as_ever(busy):
    assert answered(busy, "+33199001021") == (busy.greeting, "open")


def test_at_night_the_same_line_is_closed(busy):
    night = datetime(2026, 1, 14, 23, tzinfo=UTC)
    assert answered(busy, LINE, night) == (busy.greeting, "closed")


def test_a_situation_begins_with_its_own_flow(busy):
    own = replace(busy.flows.flows["answer"], name="busy")
    flows = replace(
        busy.flows,
        flows={**busy.flows.flows, "busy": own},
        openings={"overflow": Opening(flow="busy")},
    )
    for called, first in ((LINE, "busy"), (None, "answer")):
        call, _ = begin(replace(busy, flows=flows), called=called)
        call._clock.advance((NOON - call._clock.now()).total_seconds())
        call.answer()
        assert call._state.stack[0].flow == first


def test_every_greeting_can_be_rendered_before_the_first_call(busy):
    texts = {text for text, _ in fixed_texts(busy.flows)}
    assert {BUSY, busy.greeting} <= texts


def test_a_flow_that_does_not_exist_is_told_with_its_line(tmp_path):
    flows = tmp_path / "flows"
    folder = flows / "clients" / "dubois"
    folder.mkdir(parents=True)
    (flows / "answer.yml").write_text(
        yaml.safe_dump({"flows": {"answer": {"description": "x", "steps": [{"link": "answer"}]}}})
    )
    (folder / "client.yml").write_text(
        "company: X\nsector: x\ngreeting: Bonjour.\nhours: {round_the_clock: true}\n"
        "situations:\n  open: {flow: answr}\n"
    )
    (found,) = [one for one in check(flows) if "answr" in one.what]
    assert (found.severity, found.line, found.todo) == ("error", 6, "did you mean 'answer'?")
    assert find_client(flows, "dubois").flows.opening("open").flow == "answr"
