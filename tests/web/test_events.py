import asyncio
import json
from datetime import timedelta

import pytest

from tests.web.conftest import NOW, urgent
from voicebot.handoff.ongoing import Ongoing
from voicebot.handoff.pool import Operators
from voicebot.store.archive import Archive
from voicebot.store.entry import CallStart, Entry
from voicebot.web import events
from voicebot.web.events import Feed
from voicebot.web.parts import Parts

START = CallStart("c7", "plomberie-moreau", None, None, NOW)
ENDED = Entry("ended", NOW + timedelta(seconds=50), {"outcome": "informed", "cause": "bot"})


@pytest.fixture
def parts(clients, switchboard, live, database, tmp_path, clock):
    board = Operators(live, clock), Ongoing()
    return Parts(clients, switchboard, live, Archive(database), tmp_path, clock, database, *board)


@pytest.fixture
def watcher(parts):
    """What a watcher of c7 is sent, one by one."""
    return Feed(parts, "c7").events()


async def sent(watcher):
    text = await asyncio.wait_for(anext(watcher), 10)
    assert text.startswith("data: ")
    assert text.endswith("\n\n")
    return json.loads(text[6:])


async def test_a_call_that_is_over_is_told_whole(browser, urgent_call):
    answer = await browser.get("/api/calls/c1/events")

    told = [json.loads(line[6:]) for line in answer.text.splitlines() if line]
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert [event["kind"] for event in told] == [entry.kind for entry in urgent(NOW)]


async def test_what_came_before_then_what_comes(watcher, journal, live):
    journal.open(START, urgent(NOW)[:2])
    assert [(await sent(watcher))["kind"] for _ in range(2)] == ["answered", "said"]

    live.publish("c7", Entry("hearing", NOW, {"text": "bonjour j'ai"}))
    live.publish("c8", Entry("heard", NOW, {"text": "another call"}))
    live.publish("c7", urgent(NOW)[2])
    live.publish("c7", ENDED)

    assert (await sent(watcher))["data"] == {"text": "bonjour j'ai"}
    assert (await sent(watcher))["kind"] == "heard"
    assert (await sent(watcher))["kind"] == "ended"
    with pytest.raises(StopAsyncIteration):
        await anext(watcher)


async def test_nothing_twice_of_what_is_written_while_the_watcher_comes(watcher, journal, live):
    first, second = urgent(NOW)[:2]
    journal.open(START, [first, second])
    assert (await sent(watcher))["kind"] == "answered"
    live.publish("c7", second)  # it is in the journal that was read, and announced only now
    live.publish("c7", ENDED)

    assert [(await sent(watcher))["kind"] for _ in range(2)] == ["said", "ended"]


async def test_a_watcher_may_come_before_the_call_is_answered(watcher, live):
    first = asyncio.create_task(sent(watcher))
    while not live._watchers:
        await asyncio.sleep(0.001)
    live.publish("c7", urgent(NOW)[0])

    assert (await first)["kind"] == "answered"


async def test_lines_are_shown_in_the_client_s_zone_and_escaped(watcher, journal):
    journal.open(START, urgent(NOW)[:3])
    told = [await sent(watcher) for _ in range(3)]

    assert told[0]["html"] == ""
    assert "22:30:00" in told[1]["html"]
    assert "&lt;b&gt;" in told[2]["html"]


async def test_facts_and_decisions_carry_their_names(watcher, journal):
    journal.open(START, urgent(NOW)[:10])
    told = [await sent(watcher) for _ in range(10)]

    named = {event["data"].get("name"): event for event in told if event["kind"] == "slot"}
    assert named["callback_number"]["label"] == "À rappeler au"
    assert named["callback_number"]["shown"] == "06 12 34 56 78"
    assert "label" not in named["urgency"]
    [decided] = [event for event in told if event["kind"] == "decided"]
    assert decided["label"] == "Urgent"


async def test_a_quiet_call_keeps_its_watcher(watcher, journal, live, monkeypatch):
    monkeypatch.setattr(events, "BEAT_S", 0.01)
    journal.open(START, urgent(NOW)[:1])
    await sent(watcher)

    for _ in range(events.PATIENCE + 2):
        assert await anext(watcher) == events.BEAT


async def test_a_call_that_never_begins_lets_its_watcher_go(watcher, monkeypatch):
    monkeypatch.setattr(events, "BEAT_S", 0.01)

    told = [text async for text in watcher]

    assert told == [*[events.BEAT] * (events.PATIENCE - 1), 'data: {"kind": "gone"}\n\n']


async def test_a_watcher_who_leaves_is_forgotten(watcher, journal, live):
    journal.open(START, urgent(NOW)[:1])
    await sent(watcher)
    assert live._watchers
    await watcher.aclose()

    assert not live._watchers
