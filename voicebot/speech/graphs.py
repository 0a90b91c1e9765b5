"""Decoding graphs that were built, kept for those who need them again."""

from __future__ import annotations

import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from voicebot.speech.graph import Graph

log = logging.getLogger(__name__)

_SHARE_OF_MEMORY = 0.2
"""Of the machine's, for the graphs of one keeper."""


class Graphs:
    """Graphs by what they are for; the ones not used for longest are dropped. Thread-safe."""

    def __init__(self, spare: int, budget: int | None = None) -> None:
        """Keeps none yet.

        Args:
            spare: how many to keep besides those that are wanted.
            budget: bytes that all may take together, by default a share of the machine's memory;
                the last one is kept in any case.
        """
        self._spare, self._budget = spare, _budget() if budget is None else budget
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Graph | None] = OrderedDict()
        self._wanted: set[Hashable] = set()
        self._building: dict[Hashable, threading.Lock] = {}
        self._full = False

    def want(self, key: Hashable) -> None:
        """Makes room for one that every call of a client will need."""
        with self._lock:
            self._wanted.add(key)

    def get(self, key: Hashable, build: Callable[[], Graph | None]) -> Graph | None:
        """The graph of a key, built once; while it is built only those who need it wait."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            turn = self._building.setdefault(key, threading.Lock())
        with turn:
            with self._lock:
                if key in self._kept:
                    return self._kept[key]
            graph = build()
            with self._lock:
                self._kept[key] = graph
                self._building.pop(key, None)
                self._drop()
        return graph

    def _drop(self) -> None:
        """Drops what is too much; call it under the lock."""
        while len(self._kept) > self._spare + len(self._wanted):
            self._kept.popitem(last=False)
        size = sum(graph.size for graph in self._kept.values() if graph)
        while size > self._budget and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            size -= dropped.size if dropped else 0
            if not self._full:
                log.warning("memory for %d graphs of the ear: more are built anew each time",
                            len(self._kept))  # fmt: skip
            self._full = True


def _budget() -> int:
    """Bytes for graphs of one sort."""
    return int(_SHARE_OF_MEMORY * os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
