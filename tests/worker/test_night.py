"""Nights on call: expect, fast-forward, expect."""

import pytest

from tests.worker.night import Night, client, step, without
from voicebot.handoff.simulated import (
    ACCEPTS,
    BUSY,
    DECLINES,
    GREETING,
    HANGS_UP,
    NO_ANSWER,
    SAYS_YES,
    UNKNOWN,
    VOICEMAIL,
)
from voicebot.oncall.alert import By
from voicebot.oncall.technician import Way
from voicebot.store import alerts

CHAIN = (step("karim"), step("lea"), step("thomas"))


async def test_the_first_does_not_answer_the_second_is_busy_the_third_accepts(database):
    night = Night(database, client(*CHAIN), karim=NO_ANSWER, lea=BUSY, thomas=ACCEPTS)
    night.urgent_call()

    await night.forward()
    night.expect_rings("karim")

    await night.forward(24)
    night.expect_rings()

    await night.forward(2)
    night.expect_rings("lea", "thomas")

    await night.forward(30)
    night.expect_state("acknowledged", by="thomas")
    assert night.outcomes() == [
        ("karim", "ring", "no_answer"),
        ("lea", "ring", "busy"),
        ("thomas", "ring", "accepted"),
    ]
    await night.forward(3600)
    night.expect_rings()


async def test_the_time_line_says_who_was_rung_and_how_it_ended(database):
    night = Night(database, client(*CHAIN), karim=DECLINES)
    night.urgent_call()
    await night.forward(90)

    assert night.lines() == [
        ("triggered", "", None),
        ("rung", "karim", None),
        ("ring_ended", "karim", "declined"),
        ("rung", "lea", None),
        ("acknowledged", "lea", None),
        ("ring_ended", "lea", "accepted"),
    ]


@pytest.mark.parametrize(
    ("manner", "outcome"),
    [
        (VOICEMAIL, "voicemail"),
        (GREETING, "voicemail"),
        (UNKNOWN, "failed"),
        (DECLINES, "declined"),
        (HANGS_UP, "answered"),
        (NO_ANSWER, "no_answer"),
        (BUSY, "busy"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
async def test_who_does_not_accept_is_followed_by_the_next(database, manner, outcome):
    night = Night(database, client(*CHAIN), karim=manner)
    night.urgent_call()
    await night.forward(119)

    assert night.outcomes()[0] == ("karim", "ring", outcome)
    night.expect_rings("karim", "lea")
    night.expect_state("acknowledged", by="lea")


async def test_oui_takes_it_as_well_as_the_key(database):
    night = Night(database, client(*CHAIN), karim=SAYS_YES)
    night.urgent_call()
    await night.forward(60)
    night.expect_state("acknowledged", by="karim")


async def test_who_takes_it_has_the_address_in_writing(database):
    night = Night(database, client(*CHAIN))
    night.urgent_call(address="12 rue des Lilas")
    await night.forward(60)
    assert night.letters() == [("karim", "sms")]


async def test_letters_go_out_at_once_and_their_time_is_waited_for(database):
    night = Night(database, client(step("karim", by=(Way.SMS, Way.EMAIL), wait=600), step("lea")))
    night.urgent_call()

    await night.forward(599)
    night.expect_rings()
    assert night.letters() == [("karim", "sms"), ("karim", "email")]

    await night.forward(2)
    night.expect_rings("lea")


async def test_who_declines_by_the_link_is_not_waited_for(database):
    night = Night(database, client(step("karim", by=(Way.SMS,), wait=600), step("lea")))
    alert = night.urgent_call()
    await night.forward(10)
    with database.write() as connection:
        at = night.clock.now()
        assert alerts.decline(connection, alert, who="karim", by=By.LINK, at=at)

    await night.forward(1)
    night.expect_rings("lea")


async def test_an_acknowledgement_on_the_page_stops_the_telephone(database):
    night = Night(database, client(*CHAIN), karim=NO_ANSWER)
    alert = night.urgent_call()
    await night.forward(5)
    with database.write() as connection:
        at = night.clock.now()
        assert alerts.acknowledge(connection, alert, who="Anne", by=By.PAGE, at=at)

    await night.forward(2)
    assert night.outcomes() == [("karim", "ring", "caller_left")]
    await night.forward(3600)
    night.expect_rings("karim")


async def test_several_at_once_and_the_first_yes_counts(database):
    night = Night(database, client(step("karim", "lea", "thomas")), lea=NO_ANSWER)
    night.urgent_call()
    await night.forward(60)

    night.expect_rings("karim", "lea", "thomas")
    night.expect_state("acknowledged", by="karim")
    assert [o for _, _, o in night.outcomes()] == ["accepted", "caller_left", "caller_left"]


async def test_repeated_then_the_procedure_then_nobody_is_left(database):
    night = Night(
        database,
        client(step("karim"), repeat=1, people=["moreau"], promise="Nous continuons d'essayer."),
        karim=NO_ANSWER,
        moreau=VOICEMAIL,
    )
    night.urgent_call(callback_number="+33612345678")

    await night.forward(60)
    night.expect_rings("karim", "karim", "moreau")
    assert night.expect_state("triggered").flagged_at is not None
    assert night.letters() == [(None, "sms")]

    await night.forward(600)
    night.expect_rings()
    assert [kind for kind, _, _ in night.lines()][-1] == "exhausted"


async def test_somebody_of_the_procedure_takes_it(database):
    night = Night(database, client(step("karim"), people=["moreau"]), karim=BUSY)
    night.urgent_call()
    await night.forward(60)
    night.expect_state("acknowledged", by="moreau")


async def test_a_person_removed_while_he_is_being_rung(database):
    chain = client(*CHAIN)
    night = Night(database, chain, karim=NO_ANSWER)
    night.urgent_call()
    await night.forward(1)
    night.expect_rings("karim")

    night.clients["plomberie"] = without(chain, "karim")
    await night.forward(16)

    assert night.outcomes()[0] == ("karim", "ring", "caller_left")
    night.expect_rings("lea")


async def test_nobody_known_at_a_step_makes_the_next_one_due_at_once(database):
    night = Night(database, client(step("karim"), step("lea"), known=("lea",)))
    night.urgent_call()
    await night.forward()
    night.expect_rings("lea")
    assert ("nobody", "", None) in night.lines()


async def test_a_client_that_is_gone_has_its_alert_flagged(database):
    night = Night(database, client(*CHAIN))
    night.urgent_call()
    night.clients.clear()
    await night.forward(5)
    assert night.expect_state("triggered").flagged_at is not None
    assert night.escalation().due is None


async def test_an_exchange_that_is_down_is_tried_again_until_it_rings(database):
    night = Night(database, client(*CHAIN))
    night.telephone.down = True
    night.urgent_call()
    await night.forward(10)
    night.expect_rings()

    night.telephone.down = False
    await night.forward(40)
    night.expect_rings("karim")
    night.expect_state("acknowledged", by="karim")


async def test_a_telephone_that_rings_for_one_alert_is_not_rung_for_another(database):
    night = Night(database, client(step("karim")), karim=NO_ANSWER)
    night.urgent_call("+33611111111")
    night.urgent_call("+33622222222")
    await night.forward(10)
    night.expect_rings("karim")
    await night.forward(20)
    night.expect_rings("karim")
