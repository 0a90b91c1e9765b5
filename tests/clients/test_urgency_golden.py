"""What people say, by sector, with the NLU off: the words alone decide."""

from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from voicebot.clients.loader import load_criteria
from voicebot.oncall.urgency import Criteria, decide

FLOWS = Path("flows")
NIGHT = datetime(2026, 1, 14, 23, 30, tzinfo=ZoneInfo("Europe/Paris"))
GOLDEN = yaml.safe_load(Path(__file__).with_name("urgency.yml").read_text())
CASES = [
    (client, *row, *[None] * (3 - len(row))) for client, rows in GOLDEN.items() for row in rows
]


@cache
def criteria(name: str) -> Criteria:
    return load_criteria(FLOWS / "clients" / name)


@pytest.mark.parametrize(("name", "urgency", "text", "rule"), CASES, ids=[c[2] for c in CASES])
def test_decides_by_the_words(name, urgency, text, rule):
    found = decide(criteria(name), text=text, intent=None, slots={}, now_local=NIGHT)
    assert found.urgency == urgency, f"{found.rule}: {found.words}"
    if rule:
        assert found.rule == rule
    if urgency == "vital":
        assert found.advice
    if urgency in ("vital", "urgent"):
        assert found.words


def test_there_are_enough_of_them():
    assert len(CASES) >= 300
    assert sum(urgency == "vital" for _, urgency, _, _ in CASES) >= 110
