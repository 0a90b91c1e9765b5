"""`voicebot rota verify`: whether a number is the technician's."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Annotated

import typer

from voicebot.clock import SystemClock
from voicebot.commands.options import Json, print_json
from voicebot.commands.rota_client import clients_of, on_call_of, open_store, technician_of
from voicebot.errors import BadInput

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from voicebot.clients.client import Client
    from voicebot.oncall.technician import Contact, Technician

VERIFIED, SENT = "verified", "a code is on its way, valid for one hour once it has left"


def verify(
    client: Annotated[str, typer.Argument(help="The client: its folder's name.")],
    technician: Annotated[str | None, typer.Argument(help="All are listed without one.")] = None,
    address: Annotated[str | None, typer.Argument(help="Which, where there are several.")] = None,
    code: Annotated[str | None, typer.Option(help="The code that was read there.")] = None,
    vouch: Annotated[
        str | None, typer.Option(help="Who rang the number and spoke with the technician.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Sends a code to a technician's number, or takes it; with a client alone, lists them."""
    (one,) = clients_of(client)
    if technician is None:
        _list(one, as_json)
        return
    person = technician_of(one, technician)
    contact = _contact(person, address)
    with open_store().write() as connection:
        said = _do(connection, one, person, contact, code, vouch)
    # Told only now: a code that was wrong must count as a try.
    if said not in (VERIFIED, SENT):
        raise BadInput(f"{person.id}: {said}", todo="send another code, without --code")
    if as_json:
        print_json({"technician": person.id, "way": contact.way.value, "state": said})
    else:
        typer.echo(f"{person.id}, {contact.way}: {said}")


def _do(
    connection: Connection,
    client: Client,
    person: Technician,
    contact: Contact,
    code: str | None,
    vouch: str | None,
) -> str:
    from voicebot.store import contacts

    now, whose = SystemClock().now(), (person.id, contact.address)
    if vouch is not None:
        contacts.vouch(connection, client.name, whose, now, by=vouch)
        return VERIFIED
    if code is None:
        return _send(connection, client, person, contact)
    verdict = contacts.give(connection, client.name, whose, code, now, by=person.id)
    return verdict.value


def _send(connection: Connection, client: Client, person: Technician, contact: Contact) -> str:
    from voicebot.delivery.letter import CODE, Channel, Letter
    from voicebot.oncall.technician import Way
    from voicebot.oncall.verification import VALID_FOR, code_text
    from voicebot.store import outbox

    if contact.way is Way.RING and contact.address not in _written_to(person):
        raise BadInput(
            f"{person.id}: no SMS goes to that number",
            todo="ring it, and give --vouch YOUR_NAME once you have spoken with him",
        )
    now = SystemClock().now()
    english = person.language == "en"
    letter = Letter(
        way=Channel.EMAIL if contact.way is Way.EMAIL else Channel.SMS,
        address=contact.address,
        text=code_text(client.company, CODE, person.language),
        subject="Your code" if english else "Votre code",
        key=f"verify:{client.name}:{person.id}:{secrets.token_hex(8)}",
        client=client.name,
        technician=person.id,
        at=now,
        until=now + VALID_FOR,
    )
    outbox.post(connection, letter)
    return SENT


def _written_to(person: Technician) -> set[str]:
    from voicebot.oncall.technician import Way

    return {contact.address for contact in person.by(Way.SMS)}


def _contact(person: Technician, address: str | None) -> Contact:
    from voicebot.oncall.technician import Way, read_contact

    if address is None:
        return person.contacts[0]
    way = Way.EMAIL if "@" in address else Way.RING
    try:
        wanted = read_contact(way, address).address
    except ValueError as wrong:
        raise BadInput(str(wrong)) from None
    for contact in person.contacts:
        if contact.address == wanted:
            return contact
    raise BadInput(f"{person.id} has no such address", todo="oncall.yml names those that he has")


def _list(client: Client, as_json: bool) -> None:
    from voicebot.store import contacts

    with open_store().read() as connection:
        known = contacts.verified(connection, client.name)
    rows = [
        {"technician": id, "way": contact.way.value, "verified": (id, contact.address) in known}
        for id, person in on_call_of(client).technicians.items()
        for contact in person.contacts
    ]
    if as_json:
        print_json({"contacts": rows})
        return
    for row in rows:
        state = "verified" if row["verified"] else "not verified"
        typer.echo(f"{row['technician']:16}  {row['way']:5}  {state}")
