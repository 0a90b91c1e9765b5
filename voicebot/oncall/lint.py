"""Checks a client's rotas for the nights to come."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from voicebot.oncall.hours import Hours
from voicebot.oncall.lint_coverage import coverage_findings
from voicebot.oncall.lint_people import gone_findings, people_findings
from voicebot.oncall.lint_rest import rest_findings
from voicebot.oncall.notice import Made, notice_findings
from voicebot.oncall.on_call import OnCall
from voicebot.oncall.rota import shifts
from voicebot.oncall.trouble import Found

AHEAD = timedelta(days=90)


def lint_rotas(
    on_call: OnCall,
    hours: Hours,
    now: datetime,
    *,
    made: Sequence[Made] = (),
    verified: Collection[tuple[str, str]] | None = None,
    ahead: timedelta = AHEAD,
) -> list[Found]:
    """All troubles from `now` on, those of oncall.yml in the order of its lines.

    Args:
        on_call: the client's technicians and rotas.
        hours: the client's opening hours: when it is closed somebody must be on call.
        now: any instant.
        made: the changes that the store keeps.
        verified: technicians' ids with the addresses that they proved; None leaves that out.
        ahead: how far to look.
    """
    period = (now, now + ahead)
    changes = [one.change for one in made]
    planned = {id: shifts(rota, *period, changes) for id, rota in on_call.rotas.items()}
    found = [
        trouble
        for id, rota in on_call.rotas.items()
        for trouble in coverage_findings(rota, planned[id], hours, period)
    ]
    found += people_findings(on_call, planned, verified)
    found += gone_findings(on_call, made)
    found += notice_findings(on_call, made, now)
    every = [shift for some in planned.values() for shift in some]
    found += rest_findings(on_call, every, hours.zone, period)
    return sorted(found, key=lambda one: (one.where.line or 0) if one.where else 1 << 30)
