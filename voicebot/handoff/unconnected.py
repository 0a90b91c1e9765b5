"""No telephone line: each ring fails at once, and the escalation goes on with its letters."""

from __future__ import annotations

from voicebot.handoff.leg import Briefing, LegTarget, Outcome


class Unconnected:
    """Legs where there is no line."""

    async def ring(self, target: LegTarget, briefing: Briefing) -> Outcome:
        """Nobody can be rung."""
        return Outcome.FAILED

    async def became(self, key: str) -> Outcome | None:
        """Nothing has rung."""
        return Outcome.FAILED
