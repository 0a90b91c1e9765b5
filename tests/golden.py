"""The golden tables: what people say, and what is to be read in it.

Each file is a list of tables: `about`, what holds for all its cases (`expected`, `now`, …), and
`cases`, from the words to the value. Everything is text but null, true and false.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

WEDNESDAY_EVENING = "2026-01-14T21:30"
PARIS = ZoneInfo("Europe/Paris")
_MEANT = {"null": None, "true": True, "false": False}


def cases(folder: Path, name: str) -> Iterator[Any]:
    """Each case of a file: its words, what holds for them, and the value."""
    for table in yaml.load((folder / f"{name}.yml").read_text(), Loader=yaml.BaseLoader):
        holds = {key: value for key, value in table.items() if key not in ("about", "cases")}
        if "expected" in holds:
            holds["expected"] = holds["expected"] == "true"
        for text, value in table["cases"].items():
            meant = _MEANT.get(value, value) if isinstance(value, str) else value
            yield pytest.param(text, holds, meant, id=f"{table['about']}: {text}")


def now_of(holds: dict[str, Any]) -> datetime:
    """When the words are said, in Paris."""
    return datetime.fromisoformat(holds.get("now", WEDNESDAY_EVENING)).replace(tzinfo=PARIS)
