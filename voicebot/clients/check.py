"""Checks all clients at once, so that one mistake does not hide the next."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path

from voicebot.clients.client import Client
from voicebot.clients.document import Document
from voicebot.clients.loader import all_on_call_findings, client_names, load_client
from voicebot.dialogue.finding import Finding, error
from voicebot.dialogue.lint import lint
from voicebot.dialogue.yamlfile import did_you_mean
from voicebot.errors import BadInput
from voicebot.oncall.lint import lint_rotas
from voicebot.oncall.trouble import Trouble
from voicebot.oncall.urgency import Criteria


def check(
    flows: Path, intents: Collection[str] | None = None, now: datetime | None = None
) -> list[Finding]:
    """Everything that is wrong under `flows`, each once, in the order of files and lines.

    Args:
        flows: the folder of shared flows and of clients/NAME.
        intents: the intents that the interpreter knows; None does not check them.
        now: when, for rotas that nobody is on from then on; None does not look.

    Raises:
        NotFound: there is no client at all.
    """
    found: dict[Finding, None] = {}
    for name in client_names(flows):
        try:
            client = load_client(flows / "clients" / name, flows)
        except BadInput as wrong:
            found[error(wrong.what, wrong.where, wrong.todo)] = None
            found.update(dict.fromkeys(all_on_call_findings(flows / "clients" / name)))
            continue
        found.update(dict.fromkeys(lint(client.flows, intents)))
        found.update(dict.fromkeys(_openings(client)))
        found.update(dict.fromkeys(_empty(client, now)))
        found.update(dict.fromkeys(_unknown(client.criteria, name, intents)))
    return sorted(found, key=lambda finding: (finding.file, finding.line or 0, finding.what))


def _openings(client: Client) -> Iterator[Finding]:
    """Situations that begin with a flow which does not exist."""
    known = client.flows.flows
    for situation, opening in client.flows.openings.items():
        if opening.flow not in known:
            where = Document(client.folder / "client.yml").place("situations", situation, "flow")
            hint = did_you_mean(opening.flow, known)
            yield error(f"no flow is called {opening.flow!r}", where, hint)


def _empty(client: Client, now: datetime | None) -> Iterator[Finding]:
    """Rotas that nobody is on; `voicebot rota lint` looks closer."""
    if client.on_call is None or now is None:
        return
    for trouble in lint_rotas(client.on_call, client.hours, now):
        if trouble.kind is Trouble.NOBODY:
            yield error(trouble.what, trouble.where, trouble.todo)


def _unknown(criteria: Criteria, client: str, intents: Collection[str] | None) -> list[Finding]:
    """Urgency rules that wait for an intent which nothing understands."""
    if intents is None:
        return []
    return [
        error(f"{client}: rule {rule.id} names an unknown intent {intent!r}", None)
        for rule in criteria.rules
        for intent in sorted(rule.intents - set(intents))
    ]
