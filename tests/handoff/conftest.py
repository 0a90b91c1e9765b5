"""A house with operators, a client, and a call in it."""

import pytest

from tests.bakery import bakery
from tests.handoff.evening import Evening
from voicebot.oncall.pattern import compile_pattern
from voicebot.oncall.urgency import Rule, Urgency

LEAK = Rule("leak", Urgency.URGENT, "Une fuite.", any=(compile_pattern("fuite"),))


@pytest.fixture
def client(tmp_path):
    return bakery(tmp_path, rules=(LEAK,))


@pytest.fixture
def evening(client, database):
    return Evening(client, database)
