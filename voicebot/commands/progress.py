"""Steps of a start, shown as they go."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


@contextlib.contextmanager
def step(console: Console, name: str) -> Iterator[None]:
    """A line when the step is done, with its seconds."""
    began = time.monotonic()
    yield
    console.print(f"  {name:28} {time.monotonic() - began:5.1f} s", style="dim", highlight=False)


@contextlib.contextmanager
def spinning(name: str) -> Iterator[None]:
    """Shows that something of unknown length goes on, on standard error."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    console = Console(stderr=True)
    shown = console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=not shown) as bar:
        bar.add_task(name, total=None)
        yield
