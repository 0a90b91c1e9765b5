"""Who gets the ear first."""

import asyncio
import threading

import pytest

from voicebot.voice.earpool import EarPool, Rank


@pytest.fixture
def pool():
    pool = EarPool(1)
    yield pool
    pool.close()


@pytest.fixture
async def busy(pool):
    """The only thread is busy until the event is set."""
    go, begun = threading.Event(), threading.Event()

    def work():
        begun.set()
        go.wait(30)

    task = asyncio.create_task(pool.run("someone", Rank.FINAL, work))
    await asyncio.to_thread(begun.wait, 30)
    yield go
    go.set()
    await task


async def test_work_is_done_and_its_result_given(pool):
    assert await pool.run("a", Rank.FINAL, lambda: "bonjour") == "bonjour"


async def test_a_failure_is_raised_where_it_is_awaited_and_the_thread_lives_on(pool):
    with pytest.raises(ZeroDivisionError):
        await pool.run("a", Rank.FINAL, lambda: 1 // 0)
    assert await pool.run("a", Rank.FINAL, lambda: 2) == 2


async def test_partial_text_is_refused_while_the_ear_is_busy(pool, busy):
    assert not pool.idle
    assert await pool.run("a", Rank.PARTIAL, lambda: "never") is None


async def test_final_passes_wait_their_turn_in_order(pool, busy):
    done = []
    tasks = [
        asyncio.create_task(pool.run(name, Rank.FINAL, lambda name=name: done.append(name)))
        for name in "abc"
    ]
    await asyncio.sleep(0)
    assert pool.waiting == 3
    busy.set()
    await asyncio.gather(*tasks)
    assert done == ["a", "b", "c"]


async def test_a_newer_pass_of_a_call_replaces_its_older_one(pool, busy):
    old = asyncio.create_task(pool.run("a", Rank.FINAL, lambda: "old"))
    await asyncio.sleep(0)
    new = asyncio.create_task(pool.run("a", Rank.FINAL, lambda: "new"))
    await asyncio.sleep(0)
    busy.set()
    assert (await old, await new) == (None, "new")


async def test_what_is_withdrawn_is_not_done(pool, busy):
    task = asyncio.create_task(pool.run("a", Rank.FINAL, lambda: "never"))
    await asyncio.sleep(0)
    pool.withdraw("a")
    assert await task is None


async def test_a_closed_pool_drops_what_waits():
    pool = EarPool(1)
    pool.close()
    assert await pool.run("a", Rank.FINAL, lambda: "never") is None
