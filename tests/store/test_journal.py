import sqlite3
from datetime import timedelta

import pytest

from tests.store.conftest import NOW, alert, answered, decided, ended, heard, message, start
from voicebot.errors import BadInput, NotFound
from voicebot.store.entry import Entry


def test_entries_come_back_in_the_order_they_were_written(journal, archive, opened):
    later = NOW + timedelta(seconds=3)
    journal.write(opened, [heard("bonjour"), Entry("said", NOW, {"text": "Oui ?"})])
    journal.write(opened, [heard("j'ai une fuite", later)])

    entries = archive.entries(opened)

    assert [entry.kind for entry in entries] == ["answered", "heard", "said", "heard"]
    assert entries[-1].at == later
    assert entries[-1].data["text"] == "j'ai une fuite"


def test_numbers_count_from_one_without_a_gap(journal, database, opened):
    journal.write(opened, [heard("un"), heard("deux")])
    journal.write(opened, [])
    journal.write(opened, [heard("trois")])

    with sqlite3.connect(database.file) as raw:
        assert [row[0] for row in raw.execute("SELECT seq FROM journal")] == [1, 2, 3, 4]


def test_a_pick_up_makes_the_call(archive, opened):
    call = archive.call(opened)

    assert (call.client, call.caller_number) == ("plomberie-moreau", "+33612345678")
    assert (call.started_at, call.answered_at, call.situation) == (NOW, NOW, "closed")
    assert (call.ended_at, call.outcome, call.seconds) == (None, None, None)


def test_a_decision_shows_on_the_call_with_its_rule_and_words(journal, archive, opened):
    journal.write(opened, [decided("urgent", "plomberie.fuite")])

    call = archive.call(opened)

    assert (call.urgency, call.rule) == ("urgent", "plomberie.fuite")
    assert (call.because, call.words) == ("Il y a une fuite.", ("fuite",))


def test_an_end_closes_the_call(journal, archive, opened):
    journal.write(opened, [ended("message_taken", NOW + timedelta(seconds=65))])

    call = archive.call(opened)

    assert (call.outcome, call.cause, call.seconds) == ("message_taken", "caller", 65)


def test_a_later_message_replaces_the_first(journal, archive, opened):
    journal.write(opened, [message(caller_name="Martin")])
    later = NOW + timedelta(seconds=20)
    journal.write(opened, [message(True, later, caller_name="Martin", request="une fuite")])

    kept = archive.whole(opened).message

    assert kept.fields == {"caller_name": "Martin", "request": "une fuite"}
    assert kept.complete
    assert (kept.at, kept.updated_at) == (NOW, later)


def test_what_a_call_says_again_brings_its_one_alert_up_to_date(journal, archive, opened):
    journal.write(opened, [alert("fuite"), alert("fuite", address="12 rue des Lilas")])

    [only] = archive.whole(opened).alerts

    assert (only.rule, only.state) == ("fuite", "triggered")
    assert only.fields == {"address": "12 rue des Lilas"}


def test_an_alert_that_was_acknowledged_is_not_raised_again(journal, archive, opened, database):
    journal.write(opened, [alert("fuite")])
    with sqlite3.connect(database.file) as raw:
        raw.execute("UPDATE alerts SET state = 'acknowledged'")
    journal.write(opened, [alert("fuite", address="12 rue des Lilas")])

    [only] = archive.whole(opened).alerts

    assert only.state == "acknowledged"
    assert only.fields == {"address": "12 rue des Lilas"}


def test_all_entries_or_none(journal, archive, opened):
    broken = Entry("decided", NOW, {"urgency": "urgent"})  # no rule: its row cannot be changed

    with pytest.raises(KeyError):
        journal.write(opened, [heard("au secours"), broken])

    assert [entry.kind for entry in archive.entries(opened)] == ["answered"]


def test_a_call_that_was_never_opened_is_refused(journal):
    with pytest.raises(NotFound, match="no call c9"):
        journal.write("c9", [heard("allô")])


def test_a_call_is_opened_once(journal, archive, opened):
    with pytest.raises(BadInput, match="already a call c1"):
        journal.open(start("c1"), [answered()])

    assert len(archive.entries(opened)) == 1


def test_a_value_that_no_journal_can_keep_is_refused(journal, archive, opened):
    with pytest.raises(Exception, match="cannot keep a object"):
        journal.write(opened, [Entry("slot", NOW, {"value": object()})])

    assert len(archive.entries(opened)) == 1


def test_it_is_on_the_disk_when_write_returns(journal, database, opened):
    journal.write(opened, [heard("j'ai une fuite")])

    with sqlite3.connect(database.file) as other:
        [(text,)] = other.execute("SELECT data FROM journal WHERE kind = 'heard'")
    assert "j'ai une fuite" in text


def test_two_calls_are_kept_apart(journal, archive, opened):
    journal.open(start("c2"), [answered()])
    journal.write("c2", [heard("deux")])
    journal.write(opened, [heard("un")])

    assert [e.data.get("text") for e in archive.entries("c1")] == [None, "un"]
    assert [e.data.get("text") for e in archive.entries("c2")] == [None, "deux"]
