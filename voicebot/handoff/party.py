"""One side of a conversation between two people: a live line with sound."""

from __future__ import annotations

import asyncio
from typing import Protocol

from voicebot.handoff.telephone import Line


class Party(Line, Protocol):
    """A person who is on the line: an operator's browser, a technician's telephone, the caller.

    From `Line` it has `say`, `hear` and `hang_up`. All of it is used from the event loop that
    serves the calls; a worker's thread goes through `voicebot.handoff.elsewhere`. While two
    parties are joined (`bridge.Bridge`) neither `say` nor `hear` is called on either.
    """

    @property
    def name(self) -> str:
        """Who it is, as it is said: "Claire Petit"; empty where nobody knows."""
        ...

    @property
    def gone(self) -> asyncio.Event:
        """Set once the line is gone, whoever ended it: hung up, broken, silent for too long.

        A browser that died sets it within a few seconds; a network that stops for 3 s does not.
        """
        ...
