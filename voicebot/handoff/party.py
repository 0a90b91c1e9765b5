"""The two sides of a conversation between people: live lines with sound."""

from __future__ import annotations

import asyncio
from typing import Protocol

from voicebot.handoff.telephone import Line


class Side(Protocol):
    """One end of a conversation that a bridge makes: the caller, or the person.

    All of it is used from the event loop that serves the calls.
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


class Party(Side, Line, Protocol):
    """A person whom a call is handed to: an operator's browser, a technician's telephone.

    From `Line` it has `say`, `hear` and `hang_up`; a worker's thread uses them through
    `voicebot.handoff.elsewhere`. While she is joined with a caller neither `say` nor `hear` is
    called. A caller is no `Party`: the bot speaks with him through `bridge.CallerSide`.
    """
