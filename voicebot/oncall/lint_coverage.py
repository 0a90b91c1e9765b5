"""Hours for which nobody is on call, and hours for which too many are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voicebot.oncall.coverage import wanted, without
from voicebot.oncall.hours import Hours
from voicebot.oncall.rota import Rota
from voicebot.oncall.shift import Shift
from voicebot.oncall.slot import Span
from voicebot.oncall.statement import joined
from voicebot.oncall.trouble import Facts, Found, Trouble, told


def coverage_findings(
    rota: Rota, shifts: Sequence[Shift], hours: Hours, period: Span
) -> Iterator[Found]:
    """Gaps of a rota, and overlaps where one person is wanted."""
    if not shifts:
        todo = "give it a rotation that begins before, or remove the rota"
        when = told([period], rota.zone)
        what = f"rota {rota.id}: nobody is on it {when}"
        yield Found(
            Trouble.NOBODY, what, rota.where, todo, period[0], Facts(rota.id, spans=(period,))
        )
        return
    needed = wanted(rota.covers, hours, *period)
    alone = without(needed, joined(((s.start, s.end) for s in shifts), *period))
    if alone:
        what = f"rota {rota.id}: nobody is on call {told(alone, rota.zone)}"
        todo = "add a slot or an override, or say in `covers` when somebody must be"
        facts = Facts(rota.id, spans=tuple(alone))
        yield Found(Trouble.GAP, what, rota.where, todo, alone[0][0], facts)
    first = joined(((s.start, s.end) for s in shifts if s.level == 1), *period)
    thin = without(without(needed, first), alone)
    if thin:
        what = f"rota {rota.id}: nobody is on call at level 1 {told(thin, rota.zone)}"
        todo, facts = "the next level is called first", Facts(rota.id, 1, spans=tuple(thin))
        yield Found(Trouble.THIN, what, rota.where, todo, thin[0][0], facts)
    yield from _overlaps(rota, shifts)


def _overlaps(rota: Rota, shifts: Sequence[Shift]) -> Iterator[Found]:
    for number, level in enumerate(rota.levels, 1):
        if level.together:
            continue
        found: list[Span] = []
        people: set[str] = set()
        longest: Shift | None = None
        for shift in (s for s in shifts if s.level == number):
            if longest and shift.start < longest.end and shift.technician != longest.technician:
                found.append((shift.start, min(shift.end, longest.end)))
                people |= {shift.technician, longest.technician}
            if longest is None or shift.end > longest.end:
                longest = shift
        if found:
            names = ", ".join(sorted(people))
            when = told(found, rota.zone)
            what = f"rota {rota.id}, level {number}: {names} are on call at once {when}"
            where, todo = level.rotations[0].where, "`together: true` if so meant"
            facts = Facts(rota.id, number, tuple(sorted(people)), tuple(found))
            yield Found(Trouble.OVERLAP, what, where, todo, found[0][0], facts)
