"""`voicebot rota statement`: what each technician did on call in a month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from voicebot.clock import SystemClock
from voicebot.commands.options import Json, print_json
from voicebot.commands.rota_client import clients_of, on_call_of, open_store
from voicebot.errors import BadInput

if TYPE_CHECKING:
    from voicebot.oncall.statement import Statement


def statement(
    client: Annotated[str, typer.Argument(help="The client: its folder's name.")],
    month: Annotated[str, typer.Argument(help="Such as 2026-11.")],
    facts: Annotated[
        bool, typer.Option("--facts", help="Each period, ring and intervention, dated.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Prints the monthly statements as CSV: hours on call day by day, or all the facts."""
    from voicebot.oncall.statement import month_of
    from voicebot.oncall.statement_csv import days_csv, facts_csv
    from voicebot.store.statements import statements

    try:
        first = month_of(month)
    except ValueError as error:
        raise BadInput(str(error)) from None
    (one,) = clients_of(client)
    on_call = on_call_of(one)
    with open_store().read() as connection:
        now = SystemClock().now()
        found = statements(connection, one.name, on_call, one.hours, first, now)
    if as_json:
        print_json({"client": one.name, "month": month, "statements": list(map(_plain, found))})
        return

    def name(id: str) -> str:
        person = on_call.technicians.get(id)
        return person.name if person else id

    text = facts_csv(found, one.timezone, name) if facts else days_csv(found, name)
    typer.echo(text.replace("\r\n", "\n"), nl=False)


def _plain(found: Statement) -> dict[str, Any]:
    total = found.total
    parts = {
        "on_call_h": total.on_call,
        "night_h": total.night,
        "sunday_h": total.sunday,
        "holiday_h": total.holiday,
        "interventions_h": total.worked,
    }
    return {
        "technician": found.technician,
        "until": found.until,
        **{part: round(length.total_seconds() / 3600, 2) for part, length in parts.items()},
        "rings": found.rung(),
        "accepted": found.rung("accepted"),
        "declined": found.rung("declined"),
        "interventions": len(found.interventions),
    }
