"""Finds each line of a transcript in the recording, by ear.

The journal knows when a line was written: what the bot says as it begins to say it, what the
caller said once he had ended. Where his voice begins, the recording knows better.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from voicebot.web.sound import Loudness, Span
from voicebot.web.turns import Turn

VOICES = {"caller": 0, "bot": 1, "person": 2}
"""Each one's channel."""
BREATH_S = 2.0
"""A longer pause ends what one says: who dictates a number waits between its parts."""
SLACK_S = 0.3
"""What is written may be ahead of the sound by this much, or behind it."""
NEAR_S = 1.2
"""How far a sentence may be from where its length puts it."""


def aligned(turns: Sequence[Turn], began: datetime, loud: Loudness) -> tuple[Turn, ...]:
    """The lines, each starting where its voice does; the others where the journal puts them.

    Args:
        turns: of one call, in order, with the starts that the journal gives.
        began: when the recording did.
        loud: the recording.
    """
    starts: dict[int, float] = {}
    before = dict.fromkeys(VOICES, 0.0)
    for number, turn in enumerate(turns):
        if turn.kind in ("heard", "overheard") and turn.side in VOICES:
            spans, until = loud.spans(VOICES[turn.side]), _after(turn, began)
            starts[number] = _beginning(spans, before[turn.side], until, turn.start_s)
            before[turn.side] = until
    bot = loud.spans(VOICES["bot"])
    for at, group in groupby(_said(turns), key=lambda found: found[1].at):
        said = list(group)
        starts |= _sentences(said, bot, (at - began).total_seconds(), _next(turns, said, began))
    return tuple(
        replace(turn, start_s=round(starts[number], 2)) if number in starts else turn
        for number, turn in enumerate(turns)
    )


def _after(turn: Turn, began: datetime) -> float:
    return (turn.at - began).total_seconds()


def _beginning(spans: Iterable[Span], after: float, until: float, otherwise: float | None) -> float:
    """Where the words that ended at `until` began: back over every pause for breath."""
    start: float | None = None
    for begin, end in reversed([s for s in spans if after - SLACK_S <= s[0] < until]):
        if start is not None and start - end > BREATH_S:
            break
        start = begin
    return start if start is not None else otherwise or 0.0


def _said(turns: Sequence[Turn]) -> list[tuple[int, Turn]]:
    return [(number, turn) for number, turn in enumerate(turns) if turn.kind == "said"]


def _next(turns: Sequence[Turn], said: Sequence[tuple[int, Turn]], began: datetime) -> float:
    """When something else is said by anybody; the end of all time after the last words."""
    later = [
        _after(turn, began)
        for turn in turns[said[-1][0] + 1 :]
        if turn.kind in ("said", "interrupted") and turn.at > said[-1][1].at
    ]
    return min(later, default=float("inf"))


def _sentences(
    said: Sequence[tuple[int, Turn]], spans: Sequence[Span], at: float, until: float
) -> dict[int, float]:
    """Where each of these begins, which were written at one instant and spoken in a row."""
    spoken = [span for span in spans if at - SLACK_S <= span[0] < until]
    if not spoken:
        return {}
    first, last = spoken[0][0], spoken[-1][1]
    letters = sum(len(turn.text) for _, turn in said)
    found, passed = {}, 0
    for number, turn in said:
        guess = first + (last - first) * passed / max(1, letters)
        near = min((begin for begin, _ in spoken), key=lambda begin: abs(begin - guess))
        found[number] = near if abs(near - guess) <= NEAR_S else guess
        passed += len(turn.text)
    return found
