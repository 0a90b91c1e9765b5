"""A plumber's team on call, for the pages' tests: Karim and Léa share the nights."""

from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from voicebot.oncall.hours import Hours, Window
from voicebot.oncall.on_call import ConfirmationRule, OnCall
from voicebot.oncall.rota import Level, Rota
from voicebot.oncall.rotation import Every, Rotation
from voicebot.oncall.slot import Slot
from voicebot.oncall.technician import Contact, Technician, Way

PARIS = ZoneInfo("Europe/Paris")
NIGHT = Slot(frozenset(range(7)), time(18), time(8))
OPEN = (Window(time(8), time(18)),)
HOURS = Hours(PARIS, week=(OPEN,) * 7)


def technician(id, name, number):
    return Technician(id, name, (Contact(Way.RING, number), Contact(Way.SMS, number)))


TECHNICIANS = {
    person.id: person
    for person in (
        technician("karim", "Karim Haddad", "+33639981001"),
        technician("lea", "Léa Fontaine", "+33639981002"),
        technician("thomas", "Thomas <b>Girard</b>", "+33639981003"),
    )
}


def rota(*members, every=Every.DAY, slots=(NIGHT,)):
    rotation = Rotation(members, Every(every), datetime(2026, 1, 5, 18), slots=slots)
    return Rota("nuit", "Nuits", PARIS, (Level((rotation,)),))


def on_call(*members, **more):
    found = rota(*(members or ("karim", "lea")), **more)
    rule = ConfirmationRule(frozenset({"nuit"}))
    return OnCall(TECHNICIANS, {"nuit": found}, confirmation=rule)


def two_levels(first, second):
    levels = tuple(level for member in (first, second) for level in rota(member).levels)
    return replace(on_call(), rotas={"nuit": replace(rota(first), levels=levels)})


def with_team(client, team=None):
    return replace(client, hours=HOURS, on_call=team or on_call())


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)
