"""A circuit breaker: a server that fails is left alone for a while, then tried again."""

from __future__ import annotations

import threading

FAILURES = 3
"""Quick failures in a row after which nothing is asked; one slow answer is enough."""
REST_S = 1.0
LONGEST_REST_S = 30.0


class Breaker:
    """Whether a server may be asked. Pure: it is told the time. Thread-safe.

    It begins open: a server is asked nothing before a trial has shown that it answers. While it
    is open, `begin_trial` gives one trial at a time, each after a rest twice as long as the last.
    """

    def __init__(
        self,
        failures: int = FAILURES,
        rest_s: float = REST_S,
        longest_rest_s: float = LONGEST_REST_S,
    ) -> None:
        self._allowed, self._shortest, self._longest = failures, rest_s, longest_rest_s
        self._lock = threading.Lock()
        self._failures = 0
        self._closed = self._on_trial = False
        self._rest = rest_s
        self._due = float("-inf")

    @property
    def closed(self) -> bool:
        """Whether the server may be asked now."""
        return self._closed

    def begin_trial(self, now: float) -> bool:
        """Whether who asks shall try the server now: one at a time, and only after the rest.

        Args:
            now: seconds on a clock that never goes back.
        """
        with self._lock:
            if self._closed or self._on_trial or now < self._due:
                return False
            self._on_trial = True
            return True

    def succeeded(self) -> bool:
        """The server answered as it should. True when that closes the breaker."""
        with self._lock:
            closes, self._closed = not self._closed, True
            self._failures, self._rest, self._on_trial = 0, self._shortest, False
            return closes

    def failed(self, now: float, *, at_once: bool = False) -> bool:
        """The server failed. True when that opens the breaker.

        Args:
            now: seconds on a clock that never goes back.
            at_once: one such failure is enough.
        """
        with self._lock:
            if self._closed:
                self._failures += 1
                if self._failures < self._allowed and not at_once:
                    return False
                self._closed = False
                self._due = now + self._rest
                return True
            if self._on_trial:
                self._on_trial = False
                self._rest = min(self._rest * 2, self._longest)
                self._due = now + self._rest
            return False
