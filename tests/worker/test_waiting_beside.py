"""The worker in its thread, the caller in the calls' loop, one telephone between them."""

import asyncio
from dataclasses import replace

import pytest

from tests.bakery import bakery
from tests.handoff.evening import Understands
from tests.worker import night
from tests.worker.night import NUMBERS, step
from tests.worker.test_waiting_caller import LEAK, ON_CALL, Running
from voicebot.calls.handed import Done, Result
from voicebot.calls.live import Live
from voicebot.calls.session import CallSession, Utterance
from voicebot.clients.transfer import Instructions
from voicebot.clock import SystemClock
from voicebot.handoff.alertwatch import AlertWatch
from voicebot.handoff.elsewhere import ElsewhereTelephone
from voicebot.handoff.house import House
from voicebot.handoff.ongoing import Request
from voicebot.handoff.pool import Operators
from voicebot.handoff.reception import Reception
from voicebot.handoff.ringing import TelephoneLegs
from voicebot.handoff.simulated import Manner, SimulatedTelephone
from voicebot.handoff.simulated_call import SimulatedBridge, SimulatedCaller
from voicebot.handoff.telephone import Heard
from voicebot.store import alerts
from voicebot.store.journal import StoredJournal
from voicebot.worker.beside import Beside
from voicebot.worker.escalator import Escalator
from voicebot.worker.ringer import Ringer
from voicebot.worker.worker import Worker


@pytest.mark.parametrize("quicker", [False, True])
def test_a_technician_rung_by_the_worker_speaks_with_the_caller(tmp_path, database, quicker):
    """`quicker`: he accepts while the bot still speaks with the caller."""
    client = bakery(tmp_path / "flows", rules=(LEAK,))
    on_call = night.client(step("karim")).on_call
    client = replace(client, on_call=on_call, transfer=Instructions((ON_CALL,)))
    clients, clock, live = {client.name: client}, SystemClock(), Live()

    async def quickly(seconds):
        await asyncio.sleep(seconds / 20)

    at_once = Manner("at once", picks_up_s=1.0, answers=(Heard(key="1"),))
    told = []
    telephone = SimulatedTelephone(
        {NUMBERS["karim"]: at_once}, quickly, told=lambda who, what: told.append(what)
    )
    bridge = SimulatedBridge()
    house = House(
        Operators(live, clock),
        bridge,
        clock,
        telephone=telephone,
        alerts=AlertWatch(database, clients, clock),
        escalates=True,
    )
    far = ElsewhereTelephone(telephone)

    def hire():
        ringer = Ringer(database, clients, TelephoneLegs(far), clock)
        ringer.waiting = house.waiting
        return Worker(Escalator(database, clients), ringer, clock)

    async def story():
        far.loop = asyncio.get_running_loop()
        session = CallSession(
            client, Understands(), StoredJournal(database), clock, call_id="c1", live=live
        )
        session.answer()
        caller = SimulatedCaller(quickly)
        house.ongoing.enter(Running(session))
        session.hear(Utterance("j'ai une fuite"))
        while quicker and not any("Un instant" in what for what in told):
            await asyncio.sleep(0.01)
        waits = asyncio.ensure_future(
            Reception(house).hand_over(caller, session, Request("urgent"))
        )
        while bridge.joined is None:
            assert not waits.done(), waits.result()
            await asyncio.sleep(0.01)
        caller.leaves()
        assert await waits == Done(Result.SPOKEN, "Karim", caller_left=True)
        while telephone.engaged:
            await asyncio.sleep(0.01)

    with Beside(hire, live):
        asyncio.run(asyncio.wait_for(story(), 240))
    with database.read() as connection:
        assert alerts.read(connection, "c1")[0].acknowledged_by == "karim"
