"""Reads flows/clients/NAME/oncall.yml into an OnCall."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from voicebot.clients.document import Document
from voicebot.clients.on_call_names import name_errors
from voicebot.clients.on_call_schema import (
    ConfirmationSpec,
    LevelSpec,
    OnCallSpec,
    RotaSpec,
    RotationSpec,
    SlotSpec,
    TechnicianSpec,
    every_of,
    length_of,
    slot_days_of,
)
from voicebot.clients.policy_document import policy_of
from voicebot.clients.spans import span_of, week_of
from voicebot.dialogue.finding import Finding, error
from voicebot.errors import FlowError, Place
from voicebot.oncall.coverage import WHEN_CLOSED, Coverage, Want
from voicebot.oncall.hours import Hours
from voicebot.oncall.on_call import ConfirmationRule, Notice, OnCall, Rest
from voicebot.oncall.rota import Level, Rota
from voicebot.oncall.rotation import Rotation
from voicebot.oncall.slot import Slot
from voicebot.oncall.technician import Contact, Technician, Way, read_contact

FILE = "oncall.yml"


def read_on_call(folder: Path, hours: Hours) -> OnCall | None:
    """A client's people on call; None where it has no oncall.yml.

    Args:
        folder: flows/clients/NAME.
        hours: the client's, for its zone and its country's holidays and telephone numbers.

    Raises:
        FlowError: the file is wrong; the message names file and line.
    """
    if not (folder / FILE).exists():
        return None
    document, spec = _parsed(folder)
    for wrong in name_errors(spec, document):
        raise wrong
    technicians = {
        id: _technician(id, person, document, hours.country)
        for id, person in spec.technicians.items()
    }
    rotas = {id: _rota(id, rota, document, hours) for id, rota in spec.rotas.items()}
    return OnCall(
        technicians=MappingProxyType(technicians),
        rotas=MappingProxyType(rotas),
        policy=policy_of(spec, technicians, document),
        notice=Notice(spec.notice.days, spec.notice.exceptional_days),
        rest=Rest(**spec.rest.model_dump()),
        confirmation=_confirmation(spec.confirmation),
    )


def on_call_findings(folder: Path, hours: Hours) -> list[Finding]:
    """Everything that is wrong in oncall.yml, so that one mistake does not hide the next."""
    try:
        read_on_call(folder, hours)
        return []
    except FlowError as first:
        found = [first]
    try:
        document, spec = _parsed(folder)
        found += name_errors(spec, document)
    except FlowError:
        pass  # it is the one that was found first
    return list(dict.fromkeys(error(wrong.what, wrong.where, wrong.todo) for wrong in found))


def _parsed(folder: Path) -> tuple[Document, OnCallSpec]:
    document = Document(folder / FILE, page="docs/rota.md")
    return document, document.parse(OnCallSpec)


def _technician(id: str, spec: TechnicianSpec, document: Document, country: str) -> Technician:
    # An SMS goes to the telephone that rings, unless the client says otherwise.
    sms = spec.ring if spec.sms is None else spec.sms
    written = {Way.RING: spec.ring, Way.SMS: sms, Way.EMAIL: spec.email}
    where = document.place("technicians", id)
    contacts: list[Contact] = []
    for way, texts in written.items():
        for index, text in enumerate(texts):
            try:
                contacts.append(read_contact(way, text, country))
            except ValueError as wrong:
                place = document.place("technicians", id, way.value, index)
                raise FlowError(str(wrong), where=place, todo="see docs/rota.md") from None
    return Technician(id, spec.name, tuple(dict.fromkeys(contacts)), spec.language, where)


def _rota(id: str, spec: RotaSpec, document: Document, hours: Hours) -> Rota:
    levels = tuple(
        _level(level, document, ("rotas", id, "levels", index))
        for index, level in enumerate(spec.levels)
    )
    return Rota(
        id=id,
        name=spec.name,
        zone=hours.zone,
        levels=levels,
        country=hours.country,
        region=hours.region,
        covers=_coverage(spec.covers),
        where=document.place("rotas", id),
    )


def _level(spec: LevelSpec, document: Document, path: tuple[str | int, ...]) -> Level:
    rotations = tuple(
        _rotation(rotation, document.place(*path, "rotations", index))
        for index, rotation in enumerate(spec.rotations)
    )
    return Level(rotations, spec.together)


def _rotation(spec: RotationSpec, where: Place) -> Rotation:
    length, every = every_of(spec.every)
    return Rotation(
        members=spec.members,
        every=every,
        begins=_naive(spec.begins),
        length=length,
        slots=tuple(map(_slot, spec.slots)),
        ends=spec.ends,
        told=spec.told,
        where=where,
    )


def _naive(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _slot(spec: SlotSpec) -> Slot:
    days, holidays = slot_days_of(spec.days)
    opens, closes = span_of(spec.hours)
    return Slot(days, opens, closes, holidays)


def _coverage(covers: str | dict[str, tuple[str, ...]]) -> Coverage:
    if isinstance(covers, str):
        return WHEN_CLOSED if covers == Want.CLOSED else Coverage(Want(covers))
    return Coverage(Want.WEEK, week_of(covers))


def _confirmation(spec: ConfirmationSpec | None) -> ConfirmationRule | None:
    if spec is None:
        return None
    return ConfirmationRule(frozenset(spec.rotas), length_of(spec.asked), length_of(spec.due))
