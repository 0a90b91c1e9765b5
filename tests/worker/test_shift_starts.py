"""Expect to be asked; an hour later, expect the client's people to be rung, or not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.delivery.conftest import server as server
from tests.oncall.rotas import at, rota, rotation
from tests.web.conftest import client as company
from tests.worker.night import NUMBERS, Night, client, step
from voicebot.calls.live import Live
from voicebot.delivery.http_sms import HttpSms
from voicebot.delivery.letter import Channel
from voicebot.handoff.simulated import NO_ANSWER
from voicebot.oncall.alert import SHIFT_START
from voicebot.oncall.on_call import ConfirmationRule
from voicebot.store import alerts, confirmations
from voicebot.web.app import create_app
from voicebot.worker.confirm import ShiftStarts, letter_key
from voicebot.worker.deliver import Postman
from voicebot.worker.worker import at_once

PUBLIC = "https://astreinte.exemple.fr"
HOUR, QUARTER = 3600, 900
BEGINS = at("2026-01-12T08:00").astimezone(UTC)
"""Léa takes over from Karim."""


class Shift(Night):
    """A night whose workers ask who begins a shift whether he is there; half past six."""

    def __init__(self, database, **policy):
        nights = rota(rotation("karim lea"))
        made = client(step("thomas"), rotas=(nights,), **policy).on_call
        rule = ConfirmationRule(frozenset({"nuit"}), timedelta(hours=1), timedelta(minutes=15))
        plumber = company("plomberie", "Plomberie Moreau", "plomberie")
        super().__init__(database, replace(plumber, on_call=replace(made, confirmation=rule)))
        self.clock.advance((BEGINS - timedelta(minutes=90) - self.clock.now()).total_seconds())

    def hire(self, owner=None):
        worker = super().hire(owner)
        worker.chores = (at_once(ShiftStarts(self.database, self.clients).tick),)
        return worker

    def kept(self):
        """The confirmation of Léa's shift, or None while nobody was asked."""
        with self.database.read() as connection:
            known = confirmations.known(connection, "plomberie", BEGINS)
        return known.get(("nuit", "lea", BEGINS))

    def alarms(self):
        with self.database.read() as connection:
            found = alerts.listed(connection, "plomberie", all_states=True)
        return [(alert.rule, alert.state, alert.flagged_at is not None) for alert in found]

    async def forward(self, seconds=0.0, *workers):
        """Lets time go by a minute at a time: nothing tells of the shifts ahead."""
        while seconds > 60:
            await super().forward(60, *workers)
            seconds -= 60
        await super().forward(seconds, *workers)


@pytest.fixture
def shift(database):
    return Shift(database, people=["moreau"])


@pytest.fixture
async def telephone(shift, tmp_path):
    """Opens the links of letters, as a browser."""
    app = create_app(
        clients=shift.clients,
        switchboard=None,
        live=Live(),
        database=shift.database,
        recordings=tmp_path,
        clock=shift.clock,
        hosts=["astreinte.exemple.fr"],
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=PUBLIC) as asking:
        yield asking


async def expect_link(shift, server):
    """The link of the one SMS that leaves now."""
    server.will(200, {"id": "G1"})
    gateways = {Channel.SMS: HttpSms(server.url, "Astreinte", shift.clock)}
    postman = Postman(shift.database, gateways, shift.clock, public_url=PUBLIC)
    await postman.deliver(shift.clock.now())
    await postman.idle()
    await postman.close()
    (request,) = server.requests
    assert request.json["to"] == NUMBERS["lea"]
    words, _, link = request.json["text"].rpartition(" ")
    assert words == (
        "Plomberie Moreau : votre astreinte commence à 8 h. Confirmez votre prise de poste :"
    )
    return link


async def test_asked_an_hour_before_and_once(shift):
    await shift.forward(HOUR / 2 - 20)
    assert shift.letters() == []

    other = shift.hire(owner="elsewhere:1:abc")
    await shift.forward(40, shift.worker, other)
    assert shift.letters() == [("lea", "sms")]

    # A worker that begins in between, as after a stop, asks nobody a second time.
    await shift.forward(HOUR, shift.worker, shift.hire(owner="elsewhere:2:def"))
    assert shift.letters() == [("lea", "sms")]
    assert shift.alarms() == []


async def test_confirmed_by_the_link_of_the_letter(shift, server, telephone):
    await shift.forward(HOUR / 2 + 20)
    link = await expect_link(shift, server)
    pressed = await telephone.post(link, data={"do": "present"}, headers={"Origin": PUBLIC})
    assert pressed.status_code == 303
    assert shift.kept().confirmed_at == shift.clock.now()

    await shift.forward(HOUR + HOUR / 2)
    assert shift.alarms() == []
    shift.expect_rings()


async def test_an_alarm_is_taken_back_however_many_alerts_came_since(shift, database):
    await shift.forward(2 * HOUR)
    assert shift.alarms() == [(SHIFT_START, "acknowledged", False)]
    for number in range(101):
        shift.urgent_call(caller=f"+336123{number:05}", rule=f"fuite-{number}")
    with database.write() as connection:
        confirmations.confirm(connection, "plomberie", "lea", by="page", at=shift.clock.now())
    await shift.forward(60)
    with database.read() as connection:
        (alarm,) = alerts.listed(connection, rule=SHIFT_START, all_states=True, most=None)
    assert alarm.state == "closed"


async def test_missed_the_procedure_rings_before_any_call(shift):
    await shift.forward(HOUR / 2 + HOUR + QUARTER - 40)
    shift.expect_rings()
    assert shift.alarms() == []

    await shift.forward(140)
    shift.expect_rings("moreau")  # not thomas: it is no call that the policy is for
    found = shift.expect_state("acknowledged", by="moreau")
    assert found.rule == SHIFT_START
    assert found.because == (
        "Lea n'a pas confirmé sa prise de poste de 8 h. Il faut s'assurer que quelqu'un est "
        "d'astreinte."
    )

    await shift.forward(QUARTER)
    shift.expect_rings()
    assert len(shift.alarms()) == 1


async def test_who_shows_up_late_takes_the_alarm_back(shift, server, telephone):
    shift.behave(moreau=NO_ANSWER)
    await shift.forward(HOUR / 2 + 20)
    link = await expect_link(shift, server)
    await shift.forward(HOUR + QUARTER + 20)
    shift.expect_rings("moreau")
    assert shift.alarms() == [(SHIFT_START, "triggered", False)]

    await telephone.post(link, data={"do": "present"}, headers={"Origin": PUBLIC})
    await shift.forward(40)
    assert [state for _, state, _ in shift.alarms()] == ["closed"]
    assert shift.kept().missed_at < shift.kept().confirmed_at
    await shift.forward(QUARTER)
    shift.expect_rings()


async def test_without_people_in_the_procedure_the_policy_is_gone_through(database):
    shift = Shift(database)
    await shift.forward(HOUR / 2 + HOUR + QUARTER + 60)
    shift.expect_rings("thomas")
    shift.expect_state("acknowledged", by="thomas")


LONG = "plomberie-chauffage-depannage-" + "x" * 34
"""As long as a name may be: more than a letter's key has room for."""


@pytest.mark.parametrize(
    "other",
    [
        (LONG[:-1] + "y", ("nuit", "lea", BEGINS)),
        (LONG, (LONG, "lea", BEGINS)),
        (LONG, ("nuit", LONG, BEGINS)),
        (LONG, ("nuit", "lea", BEGINS + timedelta(milliseconds=1))),
        (LONG + "-nuit", ("", "lea", BEGINS)),
    ],
)
def test_no_two_shifts_share_a_letter(other):
    mine = letter_key(LONG, ("nuit", "lea", BEGINS))
    assert letter_key(*other) != mine
    assert len(mine) <= 128


def test_one_shift_has_one_letter_in_whatever_zone_its_start_is_written():
    start = datetime.fromisoformat("2026-01-12T08:00+01:00")
    assert letter_key("a", ("b", "c", start)) == letter_key("a", ("b", "c", BEGINS))
