"""How well the rules decide: recall and false alarms apart, of each level, sector and set. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from voicebot.oncall.urgency import PRESSING, Decision

DOUBT = "doubt"
LEVELS = ("vital", "urgent", "normal", "unwanted", DOUBT)
"""What may be wanted of an utterance."""


@dataclass(frozen=True)
class Judged:
    """An utterance that was decided on."""

    set: str
    sector: str
    wanted: str
    said: str
    """What was meant to be understood."""
    text: str
    """What the rules were given: as typed, or as heard."""
    decision: Decision
    rule: str = ""
    """The rule that had to decide; "" for any."""

    @property
    def got(self) -> str:
        """The level decided, or doubt where a question is asked."""
        return DOUBT if self.decision.doubt else self.decision.urgency

    @property
    def alarm(self) -> bool:
        """Whether somebody is told without a question."""
        return self.got in PRESSING

    @property
    def right(self) -> bool:
        """Whether it was decided as wanted, by the rule wanted."""
        return self.got == self.wanted and self.rule in ("", self.decision.rule)


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """Their share; None of none."""
        return round(self.count / self.of, 4) if self.of else None


def figures(judged: Iterable[Judged], condition: str) -> dict[str, float | int | None]:
    """The figures of one condition, each name ending in it ("typed", "heard").

    vital_recall: vital ones told at once what to do. vital_asked: those where the one question is
    asked instead. vital_missed: neither, also where somebody is told but the caller is not.
    false_alarms: ordinary calls that wake somebody. false_questions: ordinary calls asked a
    question. A doubt decided either way is right only as a question.
    """
    all_ = list(judged)
    vital = [one for one in all_ if one.wanted == "vital"]
    urgent = [one for one in all_ if one.wanted == "urgent"]
    calm = [one for one in all_ if one.wanted in ("normal", "unwanted")]
    doubt = [one for one in all_ if one.wanted == DOUBT]
    recall = Share(sum(one.got == "vital" for one in vital), len(vital))
    asked = Share(sum(one.got == DOUBT for one in vital), len(vital))
    told = Share(sum(one.alarm for one in urgent), len(urgent))
    alarms = Share(sum(one.alarm for one in calm), len(calm))
    questions = Share(sum(one.got == DOUBT for one in calm), len(calm))
    settled = Share(sum(one.got == DOUBT for one in doubt), len(doubt))
    found: dict[str, float | int | None] = {
        "utterances": len(all_),
        "vital": len(vital),
        "vital_recall": recall.value,
        "vital_asked": asked.count,
        "vital_missed": len(vital) - recall.count - asked.count,
        "urgent": len(urgent),
        "urgent_recall": told.value,
        "calm": len(calm),
        "false_alarms": alarms.count,
        "false_alarm_share": alarms.value,
        "false_questions": questions.count,
        "doubts": len(doubt),
        "doubts_asked": settled.value,
    }
    return {f"{name}_{condition}": value for name, value in found.items()}


def by(judged: Iterable[Judged], what: str, condition: str) -> dict[str, dict[str, object]]:
    """The figures of each set or sector."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[str(getattr(one, what))].append(one)
    return {name: dict(figures(ones, condition)) for name, ones in sorted(groups.items())}


def mistakes(judged: Iterable[Judged]) -> list[dict[str, object]]:
    """What was not decided as wanted, the gravest first."""
    wrong = [one for one in judged if not one.right]
    wrong.sort(key=lambda one: (LEVELS.index(one.wanted), one.sector))
    return [
        {
            "set": one.set,
            "sector": one.sector,
            "said": one.said,
            **({"heard": one.text} if one.text != one.said else {}),
            "wanted": one.wanted,
            "got": one.got,
            "rule": one.decision.doubt.rule if one.decision.doubt else one.decision.rule,
            "words": list(one.decision.doubt.words if one.decision.doubt else one.decision.words),
        }
        for one in wrong
    ]
