"""Which addresses of technicians are verified."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, insert, select, update

from voicebot.oncall.verification import Check, Verdict, answered, opened
from voicebot.store.rota_tables import contact_checks

Address = tuple[str, str]
"""A technician's id, and a number or an e-mail address. A number is verified for rings and SMS."""


def ask(connection: Connection, client: str, whose: Address, code: str, at: datetime) -> None:
    """Keeps that a code is on its way; an older one is of no use any more."""
    check = opened(code, _salt(client, whose), at, read(connection, client, whose))
    _write(connection, client, whose, check)


def give(
    connection: Connection, client: str, whose: Address, code: str, at: datetime, *, by: str
) -> Verdict:
    """Takes the code that somebody gives back."""
    before = read(connection, client, whose)
    if before is None:
        return Verdict.NOT_ASKED
    check, verdict = answered(before, code, _salt(client, whose), at)
    _write(connection, client, whose, check, by if verdict is Verdict.VERIFIED else None)
    return verdict


def vouch(connection: Connection, client: str, whose: Address, at: datetime, *, by: str) -> None:
    """Somebody rang the number and spoke with the technician: a fixed line reads no SMS."""
    _write(connection, client, whose, Check(verified_at=at), by)


def verified(connection: Connection, client: str) -> frozenset[Address]:
    """All verified addresses of a client's technicians."""
    return by_client(connection, contact_checks.c.client == client).get(client, frozenset())


def by_client(
    connection: Connection, which: ColumnElement[bool] | None = None
) -> dict[str, frozenset[Address]]:
    """The same of every client, or of `which`, in one look."""
    row = contact_checks.c
    chosen = () if which is None else (which,)
    query = select(row.client, row.technician, row.address).where(
        row.verified_at.is_not(None), *chosen
    )
    found: dict[str, set[Address]] = {}
    for client, technician, address in connection.execute(query):
        found.setdefault(client, set()).add((technician, address))
    return {client: frozenset(some) for client, some in found.items()}


def read(connection: Connection, client: str, whose: Address) -> Check | None:
    """How far an address is verified."""
    row = connection.execute(select(contact_checks).where(_is(client, whose))).first()
    return Check(row.digest, row.expires_at, row.tries, row.verified_at) if row else None


def _write(
    connection: Connection, client: str, whose: Address, check: Check, by: str | None = None
) -> None:
    values = {
        "digest": check.digest,
        "expires_at": check.expires_at,
        "tries": check.tries,
        "verified_at": check.verified_at,
    }
    if by is not None:
        values["verified_by"] = by
    changed = update(contact_checks).where(_is(client, whose)).values(values)
    if connection.execute(changed).rowcount == 0:
        technician, address = whose
        row = {"client": client, "technician": technician, "address": address, **values}
        connection.execute(insert(contact_checks), row)


def _is(client: str, whose: Address) -> ColumnElement[bool]:
    technician, address = whose
    return (
        (contact_checks.c.client == client)
        & (contact_checks.c.technician == technician)
        & (contact_checks.c.address == address)
    )


def _salt(client: str, whose: Address) -> str:
    return "/".join((client, *whose))
