"""What dials people, from the settings; for `serve` and for `voicebot worker`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicebot.settings import Settings

if TYPE_CHECKING:
    from voicebot.handoff.leg import Legs
    from voicebot.handoff.telephone import Telephone


def open_telephone(settings: Settings) -> Telephone | None:
    """What dials people; None where there is no line."""
    from voicebot.handoff.simulated import ACCEPTS, SimulatedTelephone

    if settings.telephone != "none":
        return SimulatedTelephone({}, stranger=ACCEPTS)
    return None


def open_legs(telephone: Telephone | None) -> Legs:
    """How people are rung."""
    from voicebot.handoff.ringing import TelephoneLegs
    from voicebot.handoff.unconnected import Unconnected

    return TelephoneLegs(telephone) if telephone else Unconnected()
