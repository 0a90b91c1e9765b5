from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from voicebot.bench.callers import REQUESTS, caller_script
from voicebot.bench.endpoint import HESITANT, PAUSES_S, hesitating
from voicebot.bench.latency import figures
from voicebot.bench.measure import Answer, Call, seconds
from voicebot.bench.noises import NOISES, noise
from voicebot.bench.report import percentile, report
from voicebot.clock import FakeClock


def test_a_report_is_one_json_object_of_the_known_form() -> None:
    found = json.loads(json.dumps(report("latency", {"turns": 3}, {"client": "x"})))
    assert list(found) == ["bench", "figures", "conditions", "machine", "versions"]
    assert found["figures"] == {"turns": 3}
    assert found["machine"]["cores"] >= 1
    assert found["versions"]["aiortc"][0].isdigit()


def test_a_percentile_is_in_whole_milliseconds() -> None:
    assert percentile([0.1, 0.2, 0.3], 50) == 200
    assert percentile([0.5004], 95) == 500
    assert percentile([], 95) is None


def test_figures_of_calls() -> None:
    answers = tuple(Answer(0.4 + n / 10, 0.3, 0.01, 0.1) for n in range(5))
    calls = [
        Call(0.2, answers, 0, 1, "message_taken"),
        Call(None, answers[:1], 2, 0, "silent"),
    ]
    found = figures(calls)
    assert found["turns"] == 6
    assert found["answer_p50_ms"] == 550
    assert found["pickup_p95_ms"] == 200
    assert found["stage_to_heard_p50_ms"] == 300
    assert (found["answered_early"], found["unheard"], found["messages_taken"]) == (2, 1, 1)


def test_the_servers_instants_on_the_callers_clock() -> None:
    clock = FakeClock(datetime(2026, 1, 14, 21, 30, tzinfo=UTC))
    clock.advance(10)
    assert seconds(datetime(2026, 1, 14, 21, 30, 4, tzinfo=UTC), clock) == pytest.approx(4)
    assert seconds(None, clock) is None
    assert seconds(clock.now() + timedelta(seconds=1), clock) == pytest.approx(11)


def test_twenty_noises_each_different_none_too_loud() -> None:
    made = [noise(number) for number in range(20)]
    assert {name for name, _ in made} == {make.__name__ for make in NOISES}
    for name, sound in made:
        assert sound.dtype == np.float32
        assert 0.1 < len(sound) / 16_000 < 1.5, name
        assert 0.1 < np.abs(sound).max() <= 0.45, name
    assert not np.array_equal(made[1][1], made[4][1])
    assert np.array_equal(noise(3)[1], made[3][1])


def test_the_pauses_are_inside_and_of_the_lengths_asked_for() -> None:
    rng = np.random.default_rng(0)
    for parts in HESITANT:
        line = hesitating(parts, rng)
        assert tuple(part for part in line.parts if isinstance(part, str)) == parts
        pauses = [part for part in line.parts if isinstance(part, float)]
        assert len(pauses) == len(parts) - 1
        assert all(PAUSES_S[0] <= pause <= PAUSES_S[1] for pause in pauses)
        assert isinstance(line.parts[0], str) and isinstance(line.parts[-1], str)


def test_callers_speak_in_different_words() -> None:
    openings = {caller_script(turn).opening[0].text for turn in range(len(REQUESTS))}
    assert len(openings) == len(REQUESTS)
