"""The bakery, with two rules of urgency."""

import pytest

from tests.bakery import bakery
from voicebot.oncall.pattern import compile_pattern
from voicebot.oncall.urgency import Rule, Urgency


@pytest.fixture
def client(tmp_path):
    fire = Rule("fire", Urgency.VITAL, "Il y a le feu.", any=(compile_pattern("feu"),))
    leak = Rule("leak", Urgency.URGENT, "Une fuite.", any=(compile_pattern("fuite"),))
    return bakery(tmp_path, rules=(fire, leak))
