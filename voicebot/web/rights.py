"""Who asks for a page, and what he may see and do: the dependency of every page that needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.requests import Request

from voicebot.accounts.grant import Deed, allows
from voicebot.accounts.role import Role
from voicebot.clients.client import Client

__all__ = ["Deed", "Role", "Who", "who"]


@dataclass(frozen=True)
class Who:
    """Somebody who is signed in."""

    id: int
    name: str
    """As people know him: "Claire Martin"."""
    role: Role
    clients: frozenset[str] | None
    """The clients that he may see, by slug; None for all."""
    csrf: str = field(repr=False)
    """What each form and each fetch that changes something carries."""
    technician: str = ""
    """The technician's id in the rotas, where the account is a technician's."""
    login: str = ""
    """What he signs in with."""
    session: int = 0
    """The number of this session, among his others."""
    language: str = ""
    """What he reads, "en"; empty until he chooses."""

    def may_see(self, client: str) -> bool:
        """Whether that client's calls, people and flows may be shown to him."""
        return self.clients is None or client in self.clients

    def among(self, clients: Mapping[str, Client]) -> list[Client]:
        """Those that he may see, by the names of their companies."""
        seen = (one for one in clients.values() if self.may_see(one.name))
        return sorted(seen, key=lambda one: one.company)

    def may(self, deed: Deed) -> bool:
        """Whether his role may do it."""
        return allows(self.role, deed)


def who(request: Request) -> Who:
    """Who asks; the gate has put him there.

    Raises:
        HTTPException: 401, nobody is signed in: the page is one that needs no account.
    """
    found: Who | None = getattr(request.state, "who", None)
    if found is None:
        raise HTTPException(401, "sign in first")
    return found
