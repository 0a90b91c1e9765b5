"""How a call ended, from what was done in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from voicebot.dialogue.action import Action, HangUp, RaiseAlert, SaveMessage


@dataclass(frozen=True)
class Outcome:
    """What has been achieved so far."""

    alerted: bool = False
    message: bool = False
    complete: bool = False
    spoken: bool = False
    """A person spoke with the caller."""
    decided: str | None = None
    """The outcome that the flow gave when it hung up."""

    def plus(self, actions: Iterable[Action]) -> Outcome:
        """The same after these actions."""
        found = self
        for action in actions:
            match action:
                case RaiseAlert():
                    found = replace(found, alerted=True)
                case SaveMessage(_, complete):
                    found = replace(found, message=True, complete=found.complete or complete)
                case HangUp(outcome):
                    found = replace(found, decided=outcome)
                case _:
                    pass
        return found

    def after(self, cause: str) -> str:
        """The call's outcome, given why it ended: caller, bot, lost, shutdown."""
        if self.decided:
            return self.decided
        if self.spoken:
            return "handed_over"
        if self.alerted:
            return "alert_raised"
        if self.message:
            return "message_taken" if self.complete else "message_partial"
        return "abandoned" if cause == "caller" else cause
