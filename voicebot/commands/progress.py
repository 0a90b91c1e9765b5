"""Steps of a start, shown as they go."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

from rich.console import Console


@contextlib.contextmanager
def step(console: Console, name: str) -> Iterator[None]:
    """A line when the step is done, with its seconds."""
    began = time.monotonic()
    yield
    console.print(f"  {name:28} {time.monotonic() - began:5.1f} s", style="dim", highlight=False)
