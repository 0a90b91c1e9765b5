"""The people on call of a client, as the pages name them."""

from __future__ import annotations

from collections.abc import Callable

from voicebot.clients.client import Client
from voicebot.errors import NotFound
from voicebot.oncall.on_call import OnCall
from voicebot.oncall.rota import Rota
from voicebot.oncall.technician import Technician

EMPTY = OnCall(technicians={}, rotas={})


def on_call_of(client: Client | None) -> OnCall:
    """The client's people on call; nobody where none are written down, or the client is gone."""
    return (client.on_call if client else None) or EMPTY


def names(client: Client | None) -> Callable[[str], str]:
    """Makes a person's name of his id; who is not known any more keeps what stands in the store."""
    on_call = on_call_of(client)
    known = {person.id: person.name for person in on_call.technicians.values()}
    if on_call.policy:
        known |= {person.id: person.name for person in on_call.policy.procedure.people}
    return lambda id: known.get(id, id)


def rota_of(client: Client, id: str) -> Rota:
    """The client's rota of that id.

    Raises:
        NotFound: there is none.
    """
    found = on_call_of(client).rotas.get(id)
    if found is None:
        raise NotFound(f"{client.name} has no rota {id!r}")
    return found


def technician_of(client: Client, id: str) -> Technician:
    """The client's technician of that id.

    Raises:
        NotFound: there is none.
    """
    found = on_call_of(client).technicians.get(id)
    if found is None:
        raise NotFound(f"{client.name} has no technician {id!r}")
    return found
