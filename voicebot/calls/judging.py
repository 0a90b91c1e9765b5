"""How urgent a call is, from one utterance to the next, and what the one question settles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from voicebot.dialogue.interpretation import Interpretation, Value
from voicebot.oncall.urgency import (
    PRESSING,
    Criteria,
    Decision,
    Urgency,
    decide,
    settled,
    worse,
)

DOUBT = "doubt"
"""The slot of the question while it is open; the flow empties it with the answer."""
ANSWER = "in_doubt"
PRESSED = "L'appelant a demandé une urgence au clavier."


@dataclass(frozen=True)
class Judgement:
    """What was decided so far in a call; it never gets milder."""

    decision: Decision | None = None
    asked: str = ""
    """The rule whose question was put: there is one question a call."""

    @property
    def urgent(self) -> bool:
        """Whether it cannot wait, and no life is in danger: such a call is never kept waiting."""
        return self.decision is not None and self.decision.urgency == Urgency.URGENT.value

    def after(
        self,
        criteria: Criteria,
        meant: Interpretation,
        slots: Mapping[str, Value],
        now_local: datetime,
    ) -> Judgement:
        """With what the client's rules say of an utterance."""
        found = decide(
            criteria, text=meant.text, intent=meant.intent, slots=slots, now_local=now_local
        )
        if found.doubt and self.asked:
            # The one question was put: the same doubt is left to its answer, another counts.
            again = found.doubt.rule == self.asked
            found = replace(found, doubt=None) if again else settled(found, None)
        decision = worse(self.decision, found)
        doubt = decision.doubt
        return Judgement(decision, self.asked or (doubt.rule if doubt else ""))

    def facts(self) -> dict[str, Value]:
        """What the flow may branch on."""
        if self.decision is None:
            return {}
        found: dict[str, Value] = {
            "urgency": self.decision.urgency,
            "urgency_rule": self.decision.rule,
            "urgency_because": self.decision.because,
            "advice": self.decision.advice,
        }
        if doubt := self.decision.doubt:
            found |= {
                DOUBT: doubt.question,
                "doubt_urgency": doubt.urgency,
                "doubt_rule": doubt.rule,
                "doubt_because": doubt.because,
                "doubt_advice": doubt.advice,
                "doubt_said": doubt.said,
            }
        return found

    def answered(self, slots: Mapping[str, Value]) -> Judgement:
        """With what the flow has settled: the answer to the question, or a key pressed."""
        before = self.decision
        if before and before.doubt and slots.get(DOUBT) is None:
            answer = slots.get(ANSWER)
            return replace(
                self, decision=settled(before, answer if isinstance(answer, bool) else None)
            )
        urgency = str(slots.get("urgency"))
        if urgency in PRESSING and (before is None or before.urgency not in PRESSING):
            rule = str(slots.get("urgency_rule"))
            return replace(self, decision=Decision(urgency, rule, PRESSED))
        return self

    def last(self) -> Decision | None:
        """What it comes to when the caller is gone: an open doubt counts."""
        return settled(self.decision, None) if self.decision else None
