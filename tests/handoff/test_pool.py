"""The operators who are there: what is true of them, and what is told of it."""

import asyncio

import pytest

from tests.handoff.evening import CLAIRE, SOPHIE
from voicebot.calls.live import Live
from voicebot.errors import BadInput
from voicebot.handoff.incoming import Shown
from voicebot.handoff.jumping import JumpingClock
from voicebot.handoff.leg import Outcome
from voicebot.handoff.pool import Operators
from voicebot.handoff.presence import Operator, Presence, Wish
from voicebot.handoff.simulated_call import SimulatedParty

WISH = Wish("boulangerie")
SHOWN = Shown(
    "c1", "boulangerie", "Boulangerie Petit", "fr", None, "", "", "Client Petit.", {}, "asked"
)


def run(story):
    """Runs a story with a pool on a clock that jumps."""

    async def told():
        clock = JumpingClock()
        live, kept = Live(), []
        pool = Operators(live, clock, lambda o, p, at: kept.append((o.name, p)), clock.sleep)
        with live.watch() as events:
            await story(pool, clock, events, kept)

    asyncio.run(asyncio.wait_for(told(), 240))


async def heard(events):
    await asyncio.sleep(0)
    return [events.get_nowait()[1] for _ in range(events.qsize())]


def test_nobody_is_available_before_she_says_so():
    async def story(pool, clock, events, kept):
        with pool.console(CLAIRE) as seat:
            assert seat().seen is Presence.BREAK and pool.free(WISH) == ()
            pool.turn(1, Presence.AVAILABLE)
            assert [s.operator.name for s in pool.free(WISH)] == ["Claire"]
            told = await heard(events)
            assert [e.data["presence"] for e in told] == ["break", "available"]
        assert pool.free(WISH) == () and pool.seats() == ()

    run(story)


def test_she_is_as_she_was_when_her_page_comes_back():
    async def story(pool, clock, events, kept):
        with pool.console(CLAIRE, Presence.AVAILABLE):
            pool.turn(1, Presence.AFTER_CALL)
        with pool.console(CLAIRE, Presence.AVAILABLE) as seat:
            assert seat().seen is Presence.AFTER_CALL

    run(story)


def test_two_pages_of_hers_and_one_is_closed():
    async def story(pool, clock, events, kept):
        with pool.console(CLAIRE, Presence.AVAILABLE):
            with pool.console(CLAIRE):
                pass
            await clock.move(10)
            assert pool.free(WISH)
        await clock.settle()
        await clock.move(3)
        assert kept[-1] == ("Claire", Presence.OFFLINE)

    run(story)


@pytest.mark.parametrize("presence", [Presence.AWAY, Presence.OFFLINE])
def test_what_nobody_can_choose(presence):
    async def story(pool, clock, events, kept):
        with pool.console(CLAIRE), pytest.raises(BadInput):
            pool.turn(1, presence)

    run(story)


def test_who_has_no_console_open_cannot_say_what_she_is():
    async def story(pool, clock, events, kept):
        with pytest.raises(BadInput):
            pool.turn(1, Presence.AVAILABLE)

    run(story)


@pytest.mark.parametrize(
    ("operator", "suits"),
    [
        (Operator(3, "A"), True),
        (Operator(3, "A", languages=frozenset({"en"})), False),
        (Operator(3, "A", clients=frozenset({"boulangerie"})), True),
        (Operator(3, "A", clients=frozenset({"other"})), False),
    ],
)
def test_who_suits(operator, suits):
    assert WISH.suits(operator) is suits


def test_skills_all_of_them_and_not_who_was_tried():
    wish = Wish("b", skills=frozenset({"pain", "lait"}), but=frozenset({4}))
    assert wish.suits(Operator(3, "A", skills=frozenset({"pain", "lait", "sel"})))
    assert not wish.suits(Operator(3, "A", skills=frozenset({"pain"})))
    assert not wish.suits(Operator(4, "B", skills=frozenset({"pain", "lait"})))


def test_how_many_at_once():
    async def story(pool, clock, events, kept):
        double = Operator(1, "Claire", at_once=2)
        with pool.console(double, Presence.AVAILABLE), pool.talking(1, "c8"):
            assert pool.free(WISH)
            with pool.talking(1, "c9"):
                assert not pool.free(WISH) and pool.soon(WISH)

    run(story)


def test_more_at_once_than_anybody_can():
    with pytest.raises(ValueError, match="1 to 5"):
        Operator(1, "Claire", at_once=6)


def test_who_has_rested_longest_comes_first():
    async def story(pool, clock, events, kept):
        with pool.console(CLAIRE, Presence.AVAILABLE), pool.console(SOPHIE, Presence.AVAILABLE):
            with pool.talking(1, "c8"):
                await clock.move(60)
            pool.turn(1, Presence.AVAILABLE)
            assert [s.operator.name for s in pool.free(WISH)] == ["Sophie", "Claire"]

    run(story)


def test_what_rings_is_told_and_shown():
    async def story(pool, clock, events, kept):
        with pool.console(CLAIRE, Presence.AVAILABLE):
            await heard(events)
            ring = asyncio.ensure_future(pool.ring(1, SHOWN, 15))
            await clock.settle()
            (incoming,) = pool.incoming(1)
            assert pool.find(1, incoming.id) is incoming and pool.find(2, incoming.id) is None
            assert not pool.free(WISH) and pool.soon(WISH)
            incoming.decline("  je  mange  ")
            await clock.settle()
            assert ring.result().reason == "je mange"
            told = [(e.kind, e.data.get("outcome")) for e in await heard(events)]
            assert told == [("incoming", None), ("incoming_over", "declined")]

    run(story)


def test_a_headset_that_is_quicker_than_the_page():
    async def story(pool, clock, events, kept):
        line = SimulatedParty("Claire", clock.sleep)
        pool.connect(1, line)
        with pool.console(CLAIRE, Presence.AVAILABLE) as seat:
            assert seat().line is line
            other = SimulatedParty("Claire", clock.sleep)
            pool.connect(1, other)
            pool.disconnect(1, line)
            assert seat().line is other
            pool.disconnect(1, other)
            assert seat().line is None

    run(story)


def test_nothing_is_said_into_an_ear_that_talks():
    async def story(pool, clock, events, kept):
        told = []
        line = SimulatedParty("Claire", clock.sleep, lambda who, what: told.append(what))
        with pool.console(Operator(1, "Claire", at_once=2), Presence.AVAILABLE):
            pool.connect(1, line)
            with pool.talking(1, "c9"):
                ring = asyncio.ensure_future(pool.ring(1, SHOWN, 15))
                await clock.settle()
                assert told == []
                await clock.move(15)
                await clock.settle()
                assert ring.result().outcome is Outcome.NO_ANSWER

    run(story)


def test_rung_without_a_console():
    async def story(pool, clock, events, kept):
        assert (await pool.ring(7, SHOWN, 15)).outcome is Outcome.FAILED
        assert (await pool.take(7)).outcome is Outcome.FAILED

    run(story)
