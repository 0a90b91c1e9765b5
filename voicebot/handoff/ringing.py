"""A leg by telephone: ring, brief, and take nothing but a key or a yes for a yes."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from types import MappingProxyType

from voicebot.handoff.answer import Answer, read_answer
from voicebot.handoff.briefing import QUESTION
from voicebot.handoff.leg import Briefing, LegTarget, Outcome
from voicebot.handoff.telephone import HungUp, Line, Telephone

ANSWER_S = 8.0
"""How long one may take to find the key."""
ASKED = 3
"""How often the question is put. Somebody who was asleep needs it twice."""


@dataclass(frozen=True)
class Said:
    """What is said besides the briefing."""

    question: str
    waiting: str
    """The question while the caller waits on the line."""
    again: str
    declined: str
    too_late: str


SAID = MappingProxyType(
    {
        "fr": Said(
            "Pour vous en charger, appuyez sur 1 ou dites oui. Si vous ne pouvez pas, "
            "appuyez sur 2 ou dites non.",
            QUESTION["fr"],
            "Appuyez sur 1 ou dites oui pour vous en charger ; sinon, sur 2, ou dites non.",
            "C'est noté, j'appelle la personne suivante. Au revoir.",
            "Merci, quelqu'un vient de s'en charger. Au revoir.",
        ),
        "en": Said(
            "To take care of it, press 1 or say yes. If you cannot, press 2 or say no.",
            QUESTION["en"],
            "Press 1 or say yes to take care of it; press 2 or say no if you cannot.",
            "Noted, I am calling the next person. Goodbye.",
            "Thank you, somebody has just taken care of it. Goodbye.",
        ),
    }
)


class TelephoneLegs:
    """Legs over a telephone. A voicemail presses no key and says no yes: it is not a person."""

    def __init__(self, telephone: Telephone) -> None:
        self._telephone = telephone

    async def ring(self, target: LegTarget, briefing: Briefing) -> Outcome:
        """Rings a person and gives how it ended; see `Legs.ring`."""
        line = await self._telephone.dial(target.address, target.key, target.ring_s)
        if isinstance(line, Outcome):
            return line
        ours = True
        try:
            outcome = await _converse(line, briefing, target.language)
            if outcome is None:
                ours = False
                return Outcome.ACCEPTED
            return outcome
        except HungUp:
            return Outcome.ANSWERED
        finally:
            if ours:
                await line.hang_up()

    async def became(self, key: str) -> Outcome | None:
        """What became of a ring whose worker died; see `Legs.became`."""
        return await self._telephone.became(key)


async def _converse(line: Line, briefing: Briefing, language: str) -> Outcome | None:
    """How it ended; None when he has taken it and his line was handed to the caller."""
    said = SAID.get(language, SAID["fr"])
    text = await briefing.text()
    await line.say(f"{text} {said.waiting if briefing.waits else said.question}", language)
    voice = False
    for left in reversed(range(ASKED)):
        match read_answer(await line.hear(ANSWER_S), language):
            case Answer.YES:
                return await _accepted(line, briefing, said, language)
            case Answer.NO:
                await line.say(said.declined, language)
                return Outcome.DECLINED
            case Answer.MACHINE:
                return Outcome.VOICEMAIL
            case Answer.UNCLEAR:
                voice = True
            case Answer.NOTHING:
                pass
        if left:
            await line.say(said.again, language)
    return Outcome.ANSWERED if voice else Outcome.VOICEMAIL


async def _accepted(line: Line, briefing: Briefing, said: Said, language: str) -> Outcome | None:
    """He has it from the commit on, whether or not he hears what is said after it."""
    told = await briefing.accepted()
    if told is not None and await briefing.handed(line):
        return None
    with contextlib.suppress(HungUp):
        await line.say(said.too_late if told is None else told, language)
    return Outcome.CALLER_LEFT if told is None else Outcome.ACCEPTED
