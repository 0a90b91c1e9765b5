from datetime import UTC, datetime

import pytest

from voicebot.store.archive import Archive
from voicebot.store.entry import CallStart, Entry

NOW = datetime(2026, 1, 14, 21, 30, tzinfo=UTC)


@pytest.fixture
def archive(database):
    return Archive(database)


@pytest.fixture
def opened(journal):
    """The id of a call that was picked up."""
    journal.open(start("c1"), [answered()])
    return "c1"


def start(call_id, client="plomberie-moreau", at=NOW, caller_number="+33612345678"):
    return CallStart(call_id, client, caller_number, None, at)


def answered(at=NOW, situation="closed"):
    return Entry("answered", at, {"client": "plomberie-moreau", "situation": situation})


def heard(text, at=NOW):
    return Entry("heard", at, {"text": text, "confidence": 0.9, "speech_ms": 900})


def decided(urgency, rule="fuite", at=NOW):
    data = {"urgency": urgency, "rule": rule, "because": "Il y a une fuite.", "words": ("fuite",)}
    return Entry("decided", at, data)


def message(complete=False, at=NOW, **fields):
    return Entry("message", at, {"fields": fields, "complete": complete})


def alert(rule="fuite", at=NOW, **fields):
    data = {"urgency": "urgent", "rule": rule, "because": "Il y a une fuite.", "fields": fields}
    return Entry("alert", at, data)


def ended(outcome="message_taken", at=NOW):
    return Entry("ended", at, {"outcome": outcome, "cause": "caller"})
