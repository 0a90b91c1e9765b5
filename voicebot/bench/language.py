"""Which language a first sentence is in: how often that is right, and what it costs."""

from __future__ import annotations

from typing import Any

from voicebot.bench.report import report
from voicebot.models.languages import bench


def run(every: int = 1) -> dict[str, Any]:
    """Both ears hear the held-out sentences of both, by voices that neither was trained on."""
    found = bench(every)
    return report("language", found["figures"], found["conditions"])
