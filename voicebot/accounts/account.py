"""An account: who somebody is, and for which clients."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from voicebot.accounts.role import Role
from voicebot.errors import BadInput

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,63}")
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
LONGEST_NAME = 64


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in."""

    id: int
    login: str
    """What he types: "claire", or his e-mail address."""
    name: str
    """As people know him: "Claire Martin"."""
    role: Role
    clients: frozenset[str] | None
    """The clients that he may see, by slug; None for all."""
    technician: str = ""
    """His id in the rotas, for a technician."""
    language: str = ""
    """What he reads, "en"; empty until he chooses."""
    made_at: datetime | None = None
    has_password: bool = False
    """False until he has followed the link that he was given."""
    second_factor: bool = False
    disabled_at: datetime | None = None
    seen_at: datetime | None = None
    """When he last signed in."""


@dataclass(frozen=True)
class Place:
    """What an account is for: its role, and for whom."""

    role: Role
    clients: frozenset[str] | None = None
    technician: str = ""

    def __post_init__(self) -> None:
        """Refuses what would show too much, or nothing.

        Raises:
            BadInput: a client or a technician without clients, a technician without his id.
        """
        if self.role is Role.ADMINISTRATOR and self.clients is not None:
            raise BadInput("an administrator sees every client", todo="leave the clients out")
        if self.role in (Role.CLIENT, Role.TECHNICIAN) and not self.clients:
            raise BadInput(f"a {self.role} needs a client", todo="say which, by its folder's name")
        if self.clients is not None and not self.clients:
            raise BadInput("an account of no client sees nothing", todo="name one, or leave it out")
        for client in self.clients or ():
            if not SLUG.fullmatch(client):
                raise BadInput(f"{client!r} is not a client's name", todo="its folder's name")
        if (self.role is Role.TECHNICIAN) is not bool(self.technician):
            raise BadInput(
                "a technician needs his id in the rotas"
                if not self.technician
                else f"a {self.role} has no id in the rotas"
            )


def login_of(text: str) -> str:
    """The login that somebody typed, as it is kept.

    Raises:
        BadInput: it cannot be one.
    """
    found = text.strip().lower()
    if not LOGIN.fullmatch(found):
        todo = "2 to 64 letters, digits and . _ @ + -, such as claire.martin"
        raise BadInput("this login cannot be used", todo=todo)
    return found


def name_of(text: str) -> str:
    """The name that somebody gave, on one line.

    Raises:
        BadInput: there is nothing in it.
    """
    found = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    if not found:
        raise BadInput("an account needs the name of a person")
    return found[:LONGEST_NAME].strip()
