"""A progress bar on standard error, so that standard output holds JSON only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from typing import Protocol, TypeVar

from rich.console import Console
from rich.progress import track

Item = TypeVar("Item", covariant=True)


class Many(Sized, Iterable[Item], Protocol[Item]):
    """A sequence whose length is known."""


def shown(items: Many[Item], name: str) -> Iterator[Item]:
    """Each item, with a bar that says how many are done."""
    yield from track(items, name, console=Console(stderr=True), total=len(items))
