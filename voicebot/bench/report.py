"""The form in which every bench gives its figures, and the machine they were taken on."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from voicebot import __version__

PARTS = ("pipecat-ai", "aiortc", "onnxruntime", "faster-whisper", "piper-tts", "espeakng-loader")


def report(
    bench: str, figures: Mapping[str, float | int | None], conditions: Mapping[str, Any]
) -> dict[str, Any]:
    """One JSON object."""
    return {
        "bench": bench,
        "figures": dict(figures),
        "conditions": dict(conditions),
        "machine": machine(),
        "versions": versions(),
    }


def percentile(values: Sequence[float], share: float) -> float | None:
    """The percentile of some seconds, in whole milliseconds; None of none."""
    if not values:
        return None
    return float(round(1000 * float(np.percentile(values, share))))


def machine() -> dict[str, Any]:
    """What the figures depend on."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": _processor(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "load": round(os.getloadavg()[0], 2),
    }


def versions() -> dict[str, str]:
    """Of this program, of Python, and of what the sound goes through."""
    found = {"voicebot": __version__, "python": platform.python_version()}
    for part in PARTS:
        try:
            found[part] = version(part)
        except PackageNotFoundError:
            found[part] = "not installed"
    return found


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"
