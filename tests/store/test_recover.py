import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest

from tests.store.conftest import NOW, alert, answered, ended, heard, message, start
from voicebot.errors import BadInput
from voicebot.store.archive import Archive
from voicebot.store.database import Database
from voicebot.store.hold import hold
from voicebot.store.recover import recover

LATER = NOW + timedelta(minutes=10)

CALLER = """
import sys
from tests.store.conftest import alert, answered, heard, message, start
from voicebot.store.database import Database
from voicebot.store.hold import hold
from voicebot.store.journal import StoredJournal

database = Database(sys.argv[1])
journal = StoredJournal(database)
with hold(database):
    journal.open(start("c1"), [answered()])
    n = 0
    while True:
        n += 1
        journal.write("c1", [heard(f"phrase {n}"), message(request=f"phrase {n}"), alert()])
        print(n, flush=True)  # only now is it promised
"""


def test_a_call_without_an_end_is_marked_interrupted(database, archive, journal, opened):
    journal.write(opened, [heard("j'ai une fuite"), message(request="une fuite"), alert()])

    assert recover(database, LATER) == ("c1",)

    whole = archive.whole(opened)
    assert (whole.call.outcome, whole.call.cause) == ("interrupted", "interrupted")
    assert whole.call.ended_at == LATER
    assert whole.entries[-1].kind == "ended"
    assert [entry.kind for entry in whole.entries][:2] == ["answered", "heard"]
    assert (whole.message.fields, whole.message.complete) == ({"request": "une fuite"}, False)
    assert whole.alerts[0].state == "triggered"


def test_calls_that_ended_are_left_alone(database, archive, journal, opened):
    journal.write(opened, [ended("message_taken")])
    before = archive.whole(opened)

    assert recover(database, LATER) == ()
    assert archive.whole(opened) == before


def test_a_second_start_finds_nothing_more(database, journal, opened):
    journal.open(start("c0", at=NOW - timedelta(hours=1)), [answered()])

    assert recover(database, LATER) == ("c0", "c1")
    assert recover(database, LATER) == ()


def test_kill_9_in_the_middle_of_a_call_loses_nothing_that_was_promised(database):
    url = str(database.url)
    caller = subprocess.Popen(
        [sys.executable, "-c", CALLER, url], stdout=subprocess.PIPE, text=True
    )
    promised = 0
    for line in caller.stdout:
        promised = int(line)
        if promised == 20:
            os.kill(caller.pid, signal.SIGKILL)
    caller.stdout.close()
    assert caller.wait() == -signal.SIGKILL

    survivor = Database(url)
    with hold(survivor):  # the dead process's lock went with it
        assert recover(survivor, LATER) == ("c1",)
    whole = Archive(survivor).whole("c1")
    survivor.close()

    words = [entry.data["text"] for entry in whole.entries if entry.kind == "heard"]
    assert promised >= 20
    assert len(words) in (promised, promised + 1)  # the last may be kept and not yet said
    assert words == [f"phrase {n}" for n in range(1, len(words) + 1)]
    assert whole.message.fields == {"request": words[-1]}
    assert len(whole.alerts) == 1
    assert whole.call.outcome == "interrupted"


def test_a_second_server_is_kept_away(database):
    second = Database(str(database.url))

    with (
        hold(database),
        pytest.raises(BadInput, match="another voicebot uses this store"),
        hold(second),
    ):
        pass
    with hold(second):
        pass
    second.close()
