"""Names in oncall.yml that lead nowhere, each with its line."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from voicebot.clients.document import Document, Path_
from voicebot.clients.on_call_schema import OnCallSpec, PolicySpec, target_of
from voicebot.dialogue.yamlfile import did_you_mean
from voicebot.errors import FlowError
from voicebot.oncall.technician import ID


def name_errors(spec: OnCallSpec, document: Document) -> list[FlowError]:
    """All of them, in the order of the file's parts."""
    found = [*_ids(spec), *_members(spec), *_policies(spec), *_confirmation(spec)]
    return [FlowError(what, where=document.place(*path), todo=todo) for path, what, todo in found]


_Wrong = tuple[Path_, str, str]


def _ids(spec: OnCallSpec) -> Iterator[_Wrong]:
    todo = "small letters, figures and hyphens, as jean-marc"
    for part in ("technicians", "rotas", "policies"):
        for id in getattr(spec, part):
            if not ID.fullmatch(id):
                yield (part, id), f"{id!r} cannot be a name here", todo
    for id in spec.rotas.keys() & spec.technicians.keys():
        yield ("rotas", id), f"{id!r} is a technician and a rota: which one is meant?", "rename one"


def _members(spec: OnCallSpec) -> Iterator[_Wrong]:
    for id, rota in spec.rotas.items():
        for level, one in enumerate(rota.levels):
            for index, rotation in enumerate(one.rotations):
                path = ("rotas", id, "levels", level, "rotations", index, "members")
                for place, name in enumerate(rotation.members):
                    what = _unknown("technician", name, spec.technicians)
                    if what:
                        yield (*path, place), *what


def _policies(spec: OnCallSpec) -> Iterator[_Wrong]:
    if spec.policy and (what := _unknown("policy", spec.policy, spec.policies)):
        yield ("policy",), *what
    if len(spec.policies) > 1 and not spec.policy:
        yield ("policies",), "several policies: which one is an alert's?", "give `policy: NAME`"
    for id, policy in spec.policies.items():
        if policy.then and (what := _unknown("policy", policy.then, spec.policies)):
            yield ("policies", id, "then"), *what
        yield from _loop(spec, id)
        for place, name in enumerate(policy.procedure.people):
            if what := _unknown("technician", name, spec.technicians):
                yield ("policies", id, "procedure", "people", place), *what
        yield from _targets(spec, id, policy)


def _targets(spec: OnCallSpec, id: str, policy: PolicySpec) -> Iterator[_Wrong]:
    for index, step in enumerate(policy.steps):
        for place, text in enumerate(step.to):
            everybody, name, level = target_of(text)
            path = ("policies", id, "steps", index, "to", place)
            if rota := spec.rotas.get(name):
                if level and level > len(rota.levels):
                    yield path, f"{text!r}: the rota has {len(rota.levels)} level(s)", ""
                continue
            known = [*spec.rotas] if everybody or level else [*spec.technicians, *spec.rotas]
            kind = "rota" if everybody or level else "technician or rota"
            if what := _unknown(kind, name, known):
                yield path, *what


def _loop(spec: OnCallSpec, first: str) -> Iterator[_Wrong]:
    gone, name = [first], spec.policies[first].then
    while name in spec.policies and name not in gone:
        gone.append(name)
        name = spec.policies[name].then
    if name == first:
        way = " → ".join([*gone, first])
        yield ("policies", first, "then"), f"the policy {first!r} escalates to itself: {way}", ""


def _confirmation(spec: OnCallSpec) -> Iterator[_Wrong]:
    if spec.confirmation:
        for place, name in enumerate(spec.confirmation.rotas):
            if what := _unknown("rota", name, spec.rotas):
                yield ("confirmation", "rotas", place), *what


def _unknown(kind: str, name: str, known: Collection[str]) -> tuple[str, str] | None:
    if name in known:
        return None
    return f"no {kind} is called {name!r}", did_you_mean(name, known)
