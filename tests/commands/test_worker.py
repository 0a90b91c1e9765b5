"""`voicebot worker` as a process of its own, as systemd starts and stops it."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

from voicebot.store import alerts, attempts
from voicebot.store.entry import CallStart, Entry

COMMAND = [sys.executable, "-c", "from voicebot.cli import main; main()", "worker"]


@pytest.fixture
def hired(database, tmp_path):
    """The worker, once it says that it works."""
    settings = {
        "VOICEBOT_STORE": database.url.render_as_string(),
        "VOICEBOT_DATA": str(tmp_path / "var"),
        "VOICEBOT_TELEPHONE": "simulated",
        "VOICEBOT_WORKER_POLL_S": "0.05",
    }
    pipe = subprocess.PIPE
    environment = os.environ | settings
    with subprocess.Popen(
        COMMAND, stdout=pipe, stderr=pipe, text=True, env=environment, cwd=tmp_path
    ) as process:
        said = process.stdout.readline()
        assert said.startswith("Working on "), said + process.stderr.read()
        yield process
        process.kill()


def test_sigterm_in_the_middle_of_a_ring_ends_it_cleanly(hired, database, journal):
    now = datetime.now(UTC)
    data = {"urgency": "urgent", "rule": "fuite", "because": "Une fuite.", "joins_within_s": 0.0}
    call = CallStart("c1", "plomberie-moreau", "+33612345678", None, now)
    journal.open(call, [Entry("alert", now, data)])
    end = time.monotonic() + 60
    while not ringing(database):
        assert hired.poll() is None
        assert time.monotonic() < end
        time.sleep(0.05)

    hired.send_signal(signal.SIGTERM)
    _, complaints = hired.communicate(timeout=60)
    assert hired.returncode == 0, complaints
    assert "Traceback" not in complaints
    assert ringing(database)  # in doubt: the next worker settles it


def ringing(database):
    with database.read() as connection:
        alert = alerts.read(connection, "c1")[0].id
        return any(row.state == "ringing" for row in attempts.of_alert(connection, alert))
