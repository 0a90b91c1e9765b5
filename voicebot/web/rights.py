"""Who asks for a page, and what he may see and do: the dependency of every page that needs it."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.requests import Request

from voicebot.accounts.grant import Deed, allows
from voicebot.accounts.role import Role

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

    def may_see(self, client: str) -> bool:
        """Whether that client's calls, people and flows may be shown to him."""
        return self.clients is None or client in self.clients

    def may(self, deed: Deed) -> bool:
        """Whether his role may do it."""
        return allows(self.role, deed)


def who(request: Request) -> Who:
    """Who asks; the gate has put him there.

    Until the gate is in place, everybody at this machine is the administrator that he was before.
    """
    found: Who | None = getattr(request.state, "who", None)
    return found or Who(0, "Administrateur", Role.ADMINISTRATOR, None, "")
