"""People who could not be reached: no number, one that nobody verified, or not there any more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from voicebot.oncall.notice import Made
from voicebot.oncall.on_call import OnCall
from voicebot.oncall.override import Override
from voicebot.oncall.policy import Kind
from voicebot.oncall.shift import Shift
from voicebot.oncall.technician import Technician, Way
from voicebot.oncall.trouble import Facts, Found, Trouble


def people_findings(
    on_call: OnCall,
    shifts: Mapping[str, Iterable[Shift]],
    verified: Collection[tuple[str, str]] | None,
) -> Iterator[Found]:
    """Technicians who are counted on and cannot be reached.

    Args:
        on_call: the client's.
        shifts: of the period, by rota.
        verified: technicians' ids with the addresses that they proved; None leaves that out.
    """
    for id in sorted(_counted_on(on_call, shifts)):
        person = on_call.technicians.get(id)
        if person is None:
            continue  # told where it is named
        if not person.by(Way.RING):
            what, todo = f"{id} has no telephone to ring", "give `ring`"
            facts = Facts(people=(id,))
            yield Found(Trouble.NO_NUMBER, what, person.where, todo, facts=facts)
        if verified is not None:
            yield from _unverified(person, verified)


def _unverified(person: Technician, verified: Collection[tuple[str, str]]) -> Iterator[Found]:
    open_ = sum(
        (person.id, address) not in verified
        for address in dict.fromkeys(contact.address for contact in person.contacts)
    )
    numbers = {contact.address for way in (Way.RING, Way.SMS) for contact in person.by(way)}
    if numbers and not any((person.id, number) in verified for number in numbers):
        what = f"{person.id} has no verified number"
        todo = "voicebot rota verify CLIENT " + person.id
        facts = Facts(people=(person.id,))
        yield Found(Trouble.UNVERIFIED, what, person.where, todo, facts=facts)
    elif open_:
        what = f"{person.id}: {open_} of his addresses are not verified"
        facts = Facts(people=(person.id,), number=open_)
        yield Found(Trouble.UNVERIFIED, what, person.where, "voicebot rota verify", facts=facts)


def gone_findings(on_call: OnCall, made: Iterable[Made]) -> Iterator[Found]:
    """Changes that name somebody who has left, or a rota that is not there."""
    for one in made:
        change = one.change
        named = {change.add, change.remove} if isinstance(change, Override) else set()
        if not isinstance(change, Override):
            named |= {shift.technician for shift in change.shifts}
        todo = f"voicebot rota override CLIENT --withdraw {one.id}"
        if change.rota not in on_call.rotas:
            what = f"change {one.id} is of the rota {change.rota}, which is not there any more"
            facts = Facts(change.rota, change=one.id)
            yield Found(Trouble.GONE, what, None, todo, change.start, facts)
        for id in sorted(named - {None} - on_call.technicians.keys(), key=str):
            what = f"change {one.id} of rota {change.rota} names {id}, who is not there any more"
            facts = Facts(change.rota, people=(str(id),), change=one.id)
            yield Found(Trouble.GONE, what, None, todo, change.start, facts)


def _counted_on(on_call: OnCall, shifts: Mapping[str, Iterable[Shift]]) -> set[str]:
    found = {shift.technician for some in shifts.values() for shift in some}
    if on_call.policy:
        steps = on_call.policy.steps
        found |= {t.id for step in steps for t in step.targets if t.kind is Kind.TECHNICIAN}
        found |= {person.id for person in on_call.policy.procedure.people}
    return found
