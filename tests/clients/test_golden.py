"""What people say, by sector, with the NLU off: the words alone decide."""

from collections import Counter
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from voicebot.clients.golden import NIGHT, Golden, read_golden
from voicebot.clients.loader import load_criteria
from voicebot.errors import FlowError, NotFound
from voicebot.oncall.urgency import CONTRACT, Criteria, decide

FLOWS = Path("flows")
ZONE = ZoneInfo("Europe/Paris")
UNSEEN = "unseen"
ALL = read_golden(FLOWS)
CASES = [row for row in ALL if row.set != UNSEEN]


@cache
def criteria(name: str) -> Criteria:
    return load_criteria(FLOWS / "clients" / name)


def decided(row: Golden):
    return decide(
        criteria(row.client),
        text=row.text,
        intent=None,
        slots={CONTRACT: "Clinique Saint-Yves"} if row.contract else {},
        now_local=row.at.replace(tzinfo=ZONE),
    )


@pytest.mark.parametrize("row", CASES, ids=[f"{c.client}: {c.text}" for c in CASES])
def test_decides_by_the_words(row):
    found = decided(row)
    if row.wanted == "doubt":
        assert found.doubt is not None, f"{found.rule}: {found.words}"
        assert found.doubt.question.endswith("?")
        return
    assert found.urgency == row.wanted, f"{found.rule}: {found.words} {found.doubt}"
    assert row.rule in ("", found.rule)
    if row.wanted == "vital":
        assert found.advice
    if row.wanted in ("vital", "urgent"):
        assert found.words
        assert found.doubt is None


def test_few_ordinary_calls_are_asked_a_question():
    calm = [row for row in CASES if row.wanted == "normal"]
    asked = [row.text for row in calm if decided(row).doubt]
    assert len(asked) < 0.05 * len(calm), asked


def test_there_are_enough_of_them_in_each_sector():
    vital = Counter(row.client for row in CASES if row.wanted == "vital")
    assert len(CASES) >= 1000
    assert len(vital) == 6
    assert min(vital.values()) >= 25, vital


def test_most_words_that_no_rule_was_written_for_are_not_lost():
    """A measure, not a promise: docs/urgency.md has the figures, the command prints them."""
    unseen = [decided(row) for row in ALL if row.set == UNSEEN and row.wanted == "vital"]
    kept = [found for found in unseen if found.urgency == "vital" or found.doubt]
    assert len(unseen) >= 60
    assert len(kept) >= 0.75 * len(unseen)


def test_a_row_tells_its_circumstances(tmp_path):
    write(tmp_path, '- [vital, "au feu", {rule: fire, at: "2026-07-14T15:00", contract: true}]')
    write(tmp_path, "- [normal, bonjour]\n  - [urgent, la fuite, leak]", "b")
    first, second, third = read_golden(tmp_path)
    when = datetime(2026, 7, 14, 15)
    assert first == Golden("a", "garage", "vital", "au feu", "fire", when, True)
    assert second == Golden("b", "garage", "normal", "bonjour", at=NIGHT)
    assert third.rule == "leak"


@pytest.mark.parametrize(
    "row", ["- [grave, au feu]", "- [vital]", '- [vital, "x", {when: now}]', "- vital"]
)
def test_a_wrong_row_is_told_with_its_file(tmp_path, row):
    write(tmp_path, row)
    with pytest.raises(FlowError) as error:
        read_golden(tmp_path)
    assert "a.yml" in str(error.value)


def test_no_golden_utterances(tmp_path):
    with pytest.raises(NotFound, match="golden"):
        read_golden(tmp_path)


def write(flows: Path, rows: str, name: str = "a") -> None:
    folder = flows / "golden"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yml").write_text(f"garage:\n  {rows}\n", encoding="utf-8")
