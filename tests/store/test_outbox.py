"""Expect a letter; fast-forward; expect what became of it."""

import threading
from datetime import timedelta

import pytest

from tests.delivery.conftest import NOW, letter
from tests.store.conftest import alert, answered, start
from voicebot.delivery.letter import Channel
from voicebot.delivery.outcome import Refused, Sent, Trouble
from voicebot.delivery.standing import LEASE
from voicebot.errors import NotFound
from voicebot.oncall.alert import By
from voicebot.store import alerts, dead_letters, links, outbox

SMS = (Channel.SMS,)


@pytest.fixture
def box(database):
    return Box(database)


class Box:
    """The outbox in a few words; each is one transaction."""

    def __init__(self, database):
        self.database = database

    def post(self, **changes):
        with self.database.write() as connection:
            return outbox.post(connection, letter(**changes))

    def claim(self, now=NOW, lease="us", ways=SMS, **options):
        with self.database.write() as connection:
            return outbox.claim(connection, ways, lease, now, **options)

    def settle(self, id, outcome, now=NOW, lease="us"):
        with self.database.write() as connection:
            return outbox.settle(connection, id, lease, outcome, "twilio", now, 0.0)

    def states(self):
        with self.database.read() as connection:
            found = dead_letters.listed(connection)
        return {posted.id: posted.standing.state.value for posted in found}

    def alarm(self, now, client=None):
        with self.database.read() as connection:
            return dead_letters.alarm(connection, now, client)


def test_a_letter_comes_back_as_it_was_posted(box):
    id = box.post(subject="Fuite", html="<p>Fuite</p>", technician="karim")
    (taken,) = box.claim()
    assert taken.id == id
    assert taken.letter == letter(
        subject="Fuite", html="<p>Fuite</p>", technician="karim", until=NOW + timedelta(days=1)
    )


def test_one_key_is_one_letter(box):
    first = box.post()
    assert box.post(text="again") == first
    assert box.post(key="another") != first
    assert len(box.claim()) == 2


def test_a_key_that_is_taken_undoes_nothing_else(box):
    box.post()
    with box.database.write() as connection:
        outbox.post(connection, letter(key="first"))
        outbox.post(connection, letter())
        outbox.post(connection, letter(key="last"))
    assert len(box.claim()) == 3


def test_a_letter_of_no_alert_is_not_taken_for_one_that_is_known(box):
    with pytest.raises(Exception, match="FOREIGN KEY"):
        box.post(alert_id=99)


def test_what_is_claimed_is_claimed_once(box):
    box.post()
    assert len(box.claim(lease="us")) == 1
    assert box.claim(lease="them") == ()
    assert box.claim(lease="them", now=NOW + LEASE - timedelta(seconds=1)) == ()
    (again,) = box.claim(lease="them", now=NOW + LEASE)
    assert again.standing.attempts == 2


@pytest.mark.parametrize("behind_s", [0.001, 5, 60])
def test_a_worker_whose_now_is_older_than_the_claim_takes_nothing_away(box, behind_s):
    """He asked the time, and then waited for the store while the other one claimed."""
    box.post(at=NOW - timedelta(minutes=5))
    earlier = NOW - timedelta(seconds=behind_s)
    assert len(box.claim(lease="us")) == 1
    with box.database.read() as connection:
        assert not outbox.waiting(connection, SMS, earlier)
    assert box.claim(lease="them", now=earlier) == ()


def test_two_workers_at_once_never_get_the_same_letter(box):
    for number in range(40):
        box.post(key=str(number))
    taken = []

    def work(name):
        while found := box.claim(lease=name, limit=3):
            taken.extend(posted.id for posted in found)

    workers = [threading.Thread(target=work, args=(name,)) for name in ("a", "b", "c")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(taken) == list(range(1, 41))


def test_a_letter_waits_and_is_tried_again(box):
    id = box.post()
    box.claim()
    assert box.settle(id, Trouble("http 503")).state == "pending"
    assert box.claim(NOW + timedelta(seconds=4)) == ()
    assert len(box.claim(NOW + timedelta(seconds=5))) == 1
    assert box.settle(id, Sent("SM1"), NOW + timedelta(seconds=6)).state == "sent"
    assert box.claim(NOW + timedelta(days=9)) == ()


def test_letters_of_alerts_leave_first(box, journal):
    journal.open(start("c1"), [answered(), alert()])
    box.post(key="report")
    box.post(key="alert", alert_id=1, at=NOW + timedelta(seconds=9))
    (taken,) = box.claim(NOW + timedelta(minutes=1), limit=1)
    assert taken.letter.key == "alert"


@pytest.mark.parametrize("ways", [SMS, ()])
def test_nobody_is_asked_for_what_somebody_has_done(box, journal, ways):
    """The gateway was down; meanwhile Léa took the alert by telephone."""
    journal.open(start("c1"), [answered(), alert()])
    asked = box.post(alert_id=1, asks=True)
    told = box.post(alert_id=1, key="address")
    with box.database.write() as connection:
        alerts.acknowledge(connection, 1, who="lea", by=By.RING, at=NOW)
    assert [posted.id for posted in box.claim(ways=ways)] == ([told] if ways else [])
    assert box.states()[asked] == "failed"
    assert not box.alarm(NOW)


def test_until_then_he_is(box, journal):
    journal.open(start("c1"), [answered(), alert()])
    asked = box.post(alert_id=1, asks=True)
    assert [posted.id for posted in box.claim()] == [asked]


def test_a_letter_that_we_send_is_not_taken_from_ourselves(box):
    """A clock that jumps ahead ends the lease while the letter is still on its way."""
    id = box.post()
    box.claim()
    assert box.claim(NOW + timedelta(hours=1), held=(id,)) == ()
    assert len(box.claim(NOW + timedelta(hours=1))) == 1


@pytest.mark.parametrize("jump", [timedelta(minutes=16), timedelta(days=400)])
def test_a_clock_put_back_holds_no_letter(box, jump):
    box.post()
    box.claim()
    assert len(box.claim(NOW - jump, lease="them")) == 1


def test_without_a_gateway_letters_wait_and_alarm_and_are_given_up_in_their_time(box):
    id = box.post(until=NOW + timedelta(hours=1))
    assert box.claim(ways=()) == ()
    assert not box.alarm(NOW + timedelta(minutes=1))
    late = box.alarm(NOW + timedelta(minutes=2))
    assert (late.failed, late.late, late.since) == (0, 1, NOW)

    assert box.claim(NOW + timedelta(minutes=59), ways=()) == ()
    (given_up,) = box.claim(NOW + timedelta(hours=1), ways=())
    assert (given_up.id, given_up.standing.state, given_up.standing.code) == (
        id,
        "failed",
        "too late",
    )
    assert box.alarm(NOW + timedelta(hours=1)).failed == 1


def test_a_dead_letter_alarms_until_a_person_does_something(box):
    lost, noted = box.post(), box.post(key="other", client="hotel-lagon")
    for posted in box.claim():
        box.settle(posted.id, Refused("twilio 21211", "no such number"))
    assert box.alarm(NOW).failed == 2
    assert box.alarm(NOW, "hotel-lagon").failed == 1

    with box.database.write() as connection:
        assert {posted.id for posted in dead_letters.dead(connection)} == {lost, noted}
        dead_letters.dismiss(connection, noted, NOW)
        dead_letters.retry(connection, lost, NOW)
    assert not box.alarm(NOW)
    assert box.states() == {lost: "pending", noted: "failed"}
    assert [posted.id for posted in box.claim()] == [lost]


def test_nobody_can_retry_what_is_not_there(box):
    with pytest.raises(NotFound), box.database.write() as connection:
        dead_letters.retry(connection, 7, NOW)


@pytest.mark.parametrize(("delivered", "state"), [(True, "delivered"), (False, "failed")])
def test_a_receipt_finds_its_letter_by_reference(box, delivered, state):
    id = box.post()
    box.claim()
    box.settle(id, Sent("SM1"))
    with box.database.write() as connection:
        which = outbox.by_reference("twilio", "SM1")
        outbox.receipt(connection, which, delivered, NOW, code="twilio 30005", why="unknown")
    assert box.states() == {id: state}


def test_a_receipt_finds_its_letter_by_key_before_the_answer_is_written(box):
    id = box.post()
    box.claim()
    with box.database.write() as connection:
        outbox.receipt(connection, outbox.by_key("alert-7-karim-1"), True, NOW)
    assert box.settle(id, Sent("SM1")).state == "delivered"


def test_a_receipt_of_another_gateway_is_nobodys(box):
    id = box.post()
    box.claim()
    box.settle(id, Sent("SM1"))
    with pytest.raises(NotFound), box.database.write() as connection:
        outbox.receipt(connection, outbox.by_reference("ovh", "SM1"), True, NOW)


def test_who_erases_a_call_erases_its_letters_and_links(box, journal):
    journal.open(start("c1"), [answered(), alert()])
    box.post(alert_id=1)
    with box.database.write() as connection:
        token = links.make(connection, "plomberie-moreau", "karim", 1, NOW)
        connection.exec_driver_sql("DELETE FROM calls")
    assert box.states() == {}
    with pytest.raises(NotFound), box.database.read() as connection:
        links.find(connection, token)


def test_the_store_does_not_know_its_tokens(box):
    with box.database.write() as connection:
        token = links.make(connection, "plomberie-moreau", "karim", None, NOW)
    for file in box.database.file.parent.glob("voicebot.db*"):
        assert token.encode() not in file.read_bytes()
    with box.database.read() as connection:
        assert links.find(connection, token).technician == "karim"


def test_links_expire_and_are_forgotten(box):
    with box.database.write() as connection:
        token = links.make(connection, "plomberie-moreau", "karim", None, NOW)
        link = links.find(connection, token)
        assert not link.expired(NOW + timedelta(hours=23, minutes=59))
        assert link.expired(NOW + timedelta(hours=24))
        assert link.expired(NOW - timedelta(days=2))
        links.make(connection, "x", "y", None, NOW + timedelta(days=32))
        with pytest.raises(NotFound):
            links.find(connection, token)
