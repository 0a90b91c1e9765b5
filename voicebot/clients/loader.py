"""Reads flows/clients/NAME/ into a Client."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from voicebot.clients.client import Client, Contract
from voicebot.clients.document import Document
from voicebot.clients.hours_document import hours_of
from voicebot.clients.on_call_document import on_call_findings, read_on_call
from voicebot.clients.schema import (
    ClientSpec,
    RuleSpec,
    RulesSpec,
    SoftenerSpec,
    WhenSpec,
    compiled,
    number_of,
)
from voicebot.clients.spans import days_of, months_of, span_of
from voicebot.clients.transfer_schema import instructions_of
from voicebot.dialogue.finding import Finding
from voicebot.dialogue.flow import Opening
from voicebot.dialogue.loader import load_flows
from voicebot.errors import FlowError, NotFound
from voicebot.oncall.criteria import Criteria, Rule, Softener, When
from voicebot.oncall.pattern import Pattern

COMMON = Path(__file__).with_name("common.yml")
"""The rules that hold for every client. They come with the program, not with the flows, so that
no folder of flows can be without them."""


def load_client(folder: Path, shared: Path) -> Client:
    """One client.

    Args:
        folder: flows/clients/NAME.
        shared: flows/, whose flows all clients share.

    Raises:
        FlowError: client.yml or a flow is wrong; the message names file and line.
    """
    document = Document(folder / "client.yml")
    spec = document.parse(ClientSpec)
    zone = ZoneInfo(spec.timezone)
    hours = hours_of(spec.hours, zone)
    facts = MappingProxyType({**spec.facts, "company": spec.company, "greeting": spec.greeting})
    return Client(
        name=folder.name,
        company=spec.company,
        sector=spec.sector,
        language=spec.language,
        timezone=zone,
        greeting=spec.greeting,
        facts=facts,
        hours=hours,
        criteria=_criteria(spec, document),
        flows=load_flows(shared, folder, facts, _openings(spec)),
        words=tuple(dict.fromkeys((spec.company, *spec.words))),
        folder=folder,
        instructions=spec.instructions.strip(),
        contracts=tuple(
            Contract(c.name, frozenset(map(number_of, c.numbers)), c.reference)
            for c in spec.contracts
        ),
        on_call=read_on_call(folder, hours),
        webhook=spec.webhook,
        transfer=instructions_of(spec.transfer, hours.country),
    )


def all_on_call_findings(folder: Path) -> list[Finding]:
    """Everything that is wrong in a client's oncall.yml; nothing while client.yml itself is."""
    try:
        spec = Document(folder / "client.yml").parse(ClientSpec)
    except FlowError:
        return []
    return on_call_findings(folder, hours_of(spec.hours, ZoneInfo(spec.timezone)))


def load_criteria(folder: Path) -> Criteria:
    """One client's urgency rules alone, without its flows.

    Raises:
        FlowError: client.yml is wrong.
    """
    document = Document(folder / "client.yml")
    return _criteria(document.parse(ClientSpec), document)


def load_clients(flows: Path) -> dict[str, Client]:
    """All clients under flows/clients/, by name.

    Raises:
        NotFound: there is no such folder, or no client in it.
        FlowError: a client's files are wrong.
    """
    names = client_names(flows)
    return {name: load_client(flows / "clients" / name, flows) for name in names}


def find_client(flows: Path, name: str) -> Client:
    """The client of that name.

    Raises:
        NotFound: there is none; the message lists those that there are.
        FlowError: its files are wrong.
    """
    names = client_names(flows)
    if name not in names:
        raise NotFound(f"no client is called {name!r}", todo=f"there are: {', '.join(names)}")
    return load_client(flows / "clients" / name, flows)


def client_names(flows: Path) -> list[str]:
    """The names of the clients under flows/clients/, in order."""
    folder = flows / "clients"
    names = sorted(file.parent.name for file in folder.glob("*/client.yml"))
    if not names:
        raise NotFound(f"no client in {folder}", todo="a client is a folder with a client.yml")
    return names


def _openings(spec: ClientSpec) -> dict[str, Opening]:
    return {
        situation.value: Opening(own.greeting.strip(), own.flow)
        for situation, own in spec.situations.items()
    }


def _criteria(spec: ClientSpec, document: Document) -> Criteria:
    rules = list(common_rules())
    for index, rule in enumerate(spec.urgency):
        if any(known.id == rule.id for known in rules):
            where = document.place("urgency", index, "id")
            raise FlowError(f"two rules are called {rule.id!r}", where=where, todo="rename one")
        rules.append(_rule(rule))
    return replace(_common(), rules=tuple(rules))


def common_rules() -> tuple[Rule, ...]:
    """The rules of common.yml: dangers to life, and who need not be put through."""
    return _common().rules


@lru_cache(maxsize=1)
def _common() -> Criteria:
    spec = Document(COMMON).parse(RulesSpec)
    softeners = tuple(map(_softener, spec.softened))
    return Criteria(tuple(map(_rule, spec.urgency)), softeners, spec.meant)


def _rule(spec: RuleSpec) -> Rule:
    return Rule(
        id=spec.id,
        urgency=spec.urgency,
        because=spec.because,
        any=_patterns(spec.any),
        also=_patterns(spec.also),
        unless=_patterns(spec.unless),
        without=_patterns(spec.without),
        intents=frozenset(spec.intents),
        both=spec.both,
        slots=MappingProxyType(dict(spec.slots)),
        contract=spec.contract,
        when=_when(spec.when),
        advice=" ".join(spec.advice.split()),
        ask=spec.ask,
    )


def _softener(spec: SoftenerSpec) -> Softener:
    return Softener(spec.id, spec.ask, _patterns(spec.any), _patterns(spec.unless))


def _patterns(texts: tuple[str, ...]) -> tuple[Pattern, ...]:
    return tuple(map(compiled, texts))


def _when(spec: WhenSpec) -> When:
    return When(
        months=months_of(spec.months) if spec.months else None,
        hours=span_of(spec.hours) if spec.hours else None,
        weekdays=frozenset(days_of(spec.days)) if spec.days else frozenset(),
    )
