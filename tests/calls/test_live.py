"""Who watches the calls, from whichever thread."""

import asyncio
import threading
import time
from datetime import UTC, datetime

import pytest

from voicebot.calls.journal import Entry
from voicebot.calls.live import Live

ENTRY = Entry("heard", datetime(2026, 1, 14, tzinfo=UTC), {"text": "Bonjour"})


class Slow(frozenset):
    """A set whose changes take long enough for another thread to come in between."""

    def __or__(self, other):
        time.sleep(0.05)
        return Slow(frozenset.__or__(self, other))

    def __sub__(self, other):
        time.sleep(0.05)
        return Slow(frozenset.__sub__(self, other))


@pytest.fixture
def live():
    made = Live()
    made._watchers = Slow()
    return made


def test_two_threads_that_begin_to_watch_at_once_both_see(live):
    watching, seen = threading.Barrier(3), []

    async def watch():
        with live.watch() as events:
            await asyncio.to_thread(watching.wait, 10)
            seen.append(await asyncio.wait_for(events.get(), 10))

    threads = [threading.Thread(target=asyncio.run, args=(watch(),)) for _ in range(2)]
    for thread in threads:
        thread.start()
    watching.wait(10)
    live.publish("c1", ENTRY)
    for thread in threads:
        thread.join()
    assert seen == [("c1", ENTRY)] * 2
    assert not live._watchers


def test_a_watcher_whose_loop_has_ended_is_no_trouble_to_a_call():
    live, loop = Live(), asyncio.new_event_loop()

    async def begin():
        watching = live.watch()
        watching.__enter__()
        return watching

    watching = loop.run_until_complete(begin())
    loop.close()
    live.publish("c1", ENTRY)
    watching.__exit__(None, None, None)
