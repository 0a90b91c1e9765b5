"""What the commands of the rota need of a client: its people, and the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicebot.commands.options import read_settings
from voicebot.errors import NotFound

if TYPE_CHECKING:
    from voicebot.clients.client import Client
    from voicebot.oncall.on_call import OnCall
    from voicebot.oncall.rota import Rota
    from voicebot.oncall.technician import Technician
    from voicebot.store.database import Database


def open_store() -> Database:
    """The store, with its tables as they must be."""
    from voicebot.store.database import Database
    from voicebot.store.schema import migrate

    database = Database(read_settings().store_url)
    migrate(database)
    return database


def clients_of(name: str | None) -> list[Client]:
    """The client of that name; without one, all that have people on call.

    Raises:
        NotFound: there is none such.
    """
    from voicebot.clients.loader import find_client, load_clients

    flows = read_settings().flows
    if name is not None:
        found = find_client(flows, name)
        on_call_of(found)
        return [found]
    return [client for client in load_clients(flows).values() if client.on_call]


def on_call_of(client: Client) -> OnCall:
    """The client's people on call.

    Raises:
        NotFound: it has none.
    """
    if client.on_call is None:
        todo = f"write {client.folder / 'oncall.yml'}; docs/rota.md"
        raise NotFound(f"{client.name} has nobody on call", todo=todo)
    return client.on_call


def rota_of(client: Client, id: str | None) -> Rota:
    """The rota of that name; the only one where none is named.

    Raises:
        NotFound: there is none such, or which one is open.
    """
    rotas = on_call_of(client).rotas
    if id is None and len(rotas) == 1:
        return next(iter(rotas.values()))
    if id is None or id not in rotas:
        what = f"{client.name} has no rota {id!r}" if id else f"{client.name} has several rotas"
        raise NotFound(what, todo=f"--rota, one of: {', '.join(rotas)}")
    return rotas[id]


def technician_of(client: Client, id: str) -> Technician:
    """The technician of that name.

    Raises:
        NotFound: there is none; the message lists those that there are.
    """
    people = on_call_of(client).technicians
    if id not in people:
        todo = f"there are: {', '.join(people)}"
        raise NotFound(f"nobody at {client.name} is called {id!r}", todo=todo)
    return people[id]
