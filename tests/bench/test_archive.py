"""The bench of the archive finds the calls that it made."""

from pathlib import Path

from voicebot.bench.archive import run


def test_every_search_is_timed():
    figures = run(Path("flows"), calls=40)["figures"]

    assert figures["calls"] == 40
    assert figures["flows"] > 20
    timed = ("latest", "words", "number", "nothing", "week", "one_client", "hour_again", "flows")
    assert all(figures[f"{name}_p95_ms"] > 0 for name in timed)
    assert figures["hour_first_cpu_ms"] > figures["hour_again_cpu_ms"]
