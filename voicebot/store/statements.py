"""The monthly statements of a client's technicians, from its rotas and what the store keeps."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from voicebot.oncall.hours import Hours
from voicebot.oncall.on_call import OnCall
from voicebot.oncall.rota import shifts
from voicebot.oncall.statement import Statement, following, instant, statement
from voicebot.store import overrides, proof

MARGIN = timedelta(days=1)


def statements(
    connection: Connection,
    client: str,
    on_call: OnCall,
    hours: Hours,
    month: date,
    now: datetime,
) -> tuple[Statement, ...]:
    """One for each technician who was on call, was asked or worked in that month.

    Args:
        connection: of a transaction that reads.
        client: its slug.
        on_call: its people and rotas.
        hours: its zone and its public holidays.
        month: any day of it.
        now: what lies ahead is not counted.
    """
    first = month.replace(day=1)
    start, end = instant(first, hours), instant(following(first), hours)
    changes = overrides.changes(connection, client, start - MARGIN, end + MARGIN)
    held = [shift for rota in on_call.rotas.values() for shift in shifts(rota, start, end, changes)]
    lines = proof.done(connection, client, start, end)
    # Who has left the client's file since is not left out of what he did.
    everybody = dict.fromkeys(
        (
            *on_call.technicians,
            *(shift.technician for shift in held),
            *(line.change.who for line in lines if line.change.by in proof.PEOPLE),
        )
    )
    found = (
        statement(
            who,
            first,
            held,
            hours,
            now,
            rings=proof.rings(lines, who),
            interventions=proof.interventions(lines, who),
        )
        for who in everybody
    )
    return tuple(one for one in found if one.days or one.rings or one.interventions)
