"""A session: how long somebody stays signed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

IDLE = timedelta(hours=2)
"""Without a request, and without an open console."""
LIFE = timedelta(hours=14)
"""Whatever happens: a night's shift with its hand-over."""
HALFWAY = timedelta(minutes=10)
"""For the second factor, once the password was right."""
TOUCH = timedelta(minutes=1)
"""How exactly the last request is written down: not each one is a write."""


@dataclass(frozen=True)
class Session:
    """Somebody's browser, signed in, or halfway."""

    id: int
    user_id: int
    csrf: str = field(repr=False)
    made_at: datetime
    seen_at: datetime
    halfway: bool
    """The password was right, and the second factor is still asked."""
    agent: str = ""
    """What the browser calls itself."""
    address: str = ""

    def over(self, now: datetime) -> bool:
        """Whether it opens nothing any more; nor when the clock was put back before it."""
        life = HALFWAY if self.halfway else LIFE
        return not self.made_at - IDLE <= now < min(self.made_at + life, self.seen_at + IDLE)

    def stale(self, now: datetime) -> bool:
        """Whether the last request is to be written down anew."""
        return now - self.seen_at >= TOUCH
