"""The bench of the rota holds what it says, with a few clients."""

from voicebot.bench.rota import run
from voicebot.settings import ROOT


def test_the_instant_and_the_shifts_agree():
    report = run(ROOT / "flows", clients=4, technicians=20, instants=60)
    figures = report["figures"]
    assert report["bench"] == "rota"
    assert (figures["clients"], figures["technicians"]) == (4, 20)
    assert figures["disagreements"] == 0
    assert figures["shifts"] > 500
    assert figures["findings"] > 0
    assert {
        "on_call_at_p50_ms",
        "on_call_at_p95_ms",
        "lint_s",
        "naive_p95_ms",
        "page_ms",
    } <= figures.keys()
