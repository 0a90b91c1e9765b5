"""Which calls an operator is rung for, as pages show it and as its form offers it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection

from voicebot.accounts.account import Account
from voicebot.accounts.grant import Deed, allows
from voicebot.accounts.takes import MOST_AT_ONCE, Takes
from voicebot.store import presence
from voicebot.web.parts import Parts
from voicebot.web.tongue import N_, _

LANGUAGES = {
    "fr": N_("français"),
    "en": N_("anglais"),
    "de": N_("allemand"),
    "es": N_("espagnol"),
    "it": N_("italien"),
    "nl": N_("néerlandais"),
    "pt": N_("portugais"),
    "ar": N_("arabe"),
}
SPOKEN = ("fr", "en")
"""What callers are answered in, whatever the clients are today."""


@dataclass(frozen=True)
class Choice:
    """Something that a form offers."""

    id: str
    name: str
    chosen: bool
    hint: str = ""


@dataclass(frozen=True)
class Shown:
    """What an operator can take, and what else she could."""

    takes: Takes
    languages: tuple[Choice, ...]
    skills: tuple[Choice, ...]
    """What clients' instructions ask for, and what she has besides."""

    most = MOST_AT_ONCE

    @property
    def spoken(self) -> str:
        """Her languages in words."""
        return ", ".join(one.name for one in self.languages if one.chosen)

    @property
    def able(self) -> str:
        """Her skills in words."""
        return ", ".join(one.name for one in self.skills if one.chosen)


def shown(parts: Parts, connection: Connection, account: Account) -> Shown | None:
    """Hers; None for who takes no calls."""
    if not allows(account.role, Deed.TAKE_CALLS):
        return None
    profile = presence.read(connection, account.id)
    takes = profile.takes if profile else Takes()
    asked = _asked(parts, account)
    skills = (
        Choice(skill, skill, skill in takes.skills, ", ".join(asked.get(skill, ())))
        for skill in sorted(takes.skills | asked.keys())
    )
    spoken = {client.language for client in parts.clients.values()}
    languages = (
        Choice(one, _(LANGUAGES[one]) if one in LANGUAGES else one, one in takes.languages)
        for one in (*SPOKEN, *sorted((takes.languages | spoken) - set(SPOKEN)))
    )
    return Shown(takes, tuple(languages), tuple(skills))


def _asked(parts: Parts, account: Account) -> dict[str, list[str]]:
    """The companies that ask for each skill, of those that she answers for."""
    found: dict[str, list[str]] = defaultdict(list)
    for client in sorted(parts.clients.values(), key=lambda one: one.company):
        if account.clients is None or client.name in account.clients:
            for skill in {skill for target in client.transfer.order for skill in target.skills}:
                found[skill].append(client.company)
    return found
