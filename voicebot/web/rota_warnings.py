"""What the linter says of the nights to come, for a page: each kind once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from voicebot.clients.client import Client
from voicebot.oncall.lint import lint_rotas
from voicebot.oncall.notice import Made
from voicebot.oncall.trouble import Found, Trouble
from voicebot.web import people
from voicebot.web.oncall_times import next_time
from voicebot.web.rota_facts import RotaFacts
from voicebot.web.rota_troubles import told
from voicebot.web.tongue import N_, _

WEEKS = timedelta(days=28)
"""How far the page of a client looks."""
NIGHTS = timedelta(days=3)
"""How far the page of all clients looks."""
SENTENCES = {
    Trouble.NOBODY: N_("Personne n'est inscrit à un planning"),
    Trouble.GAP: N_("Des heures sans personne d'astreinte"),
    Trouble.THIN: N_("Des heures sans personne au niveau 1 : le suivant est appelé d'abord"),
    Trouble.OVERLAP: N_("Deux personnes en même temps, là où une seule est prévue"),
    Trouble.NO_NUMBER: N_("Une personne sans numéro à appeler"),
    Trouble.UNVERIFIED: N_("Des numéros ou des adresses qui ne sont pas vérifiés"),
    Trouble.GONE: N_("Un changement nomme quelqu'un, ou un planning, qui n'est plus là"),
    Trouble.NOTICE: N_("Un délai de prévenance trop court"),
    Trouble.REST: N_("Un repos trop court"),
}


@dataclass(frozen=True)
class Warned:
    """One kind of trouble."""

    sentence: str
    since: str
    """When it first bites; empty where it does already, or always."""
    serious: bool
    details: tuple[str, ...]
    """Each of it in a sentence, with what to do."""


def warnings(
    client: Client, now: datetime, facts: RotaFacts, ahead: timedelta = WEEKS
) -> list[Warned]:
    """What is wrong from now on, what is worst first."""
    on_call = people.on_call_of(client)
    if not on_call.rotas:
        return []
    found = lint_rotas(
        on_call,
        client.hours,
        now,
        made=[
            Made(one.id, one.change, one.at, one.exceptional, agreed=one.swap is not None)
            for one in facts.kept
            if one.change.end > now
        ],
        verified=facts.verified,
        ahead=ahead,
    )
    kinds = sorted({one.kind for one in found}, key=list(Trouble).index)
    return [_warned([one for one in found if one.kind is kind], client, now) for kind in kinds]


def _warned(found: list[Found], client: Client, now: datetime) -> Warned:
    starts = [one.at for one in found if one.at]
    first = min(starts) if starts else None
    return Warned(
        sentence=_(SENTENCES[found[0].kind]),
        since=next_time(first, client.timezone, now) if first and first > now else "",
        serious=found[0].is_error,
        details=tuple(told(one, client) for one in found),
    )
