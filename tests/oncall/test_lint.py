"""What is told before the night."""

from datetime import datetime, time, timedelta
from pathlib import Path

from tests.oncall.rotas import PARIS, at, rota, rotation
from voicebot.errors import Place
from voicebot.oncall.coverage import Coverage, Want, without
from voicebot.oncall.hours import Hours, Window
from voicebot.oncall.lint import lint_rotas
from voicebot.oncall.notice import Made
from voicebot.oncall.on_call import OnCall, Rest
from voicebot.oncall.override import Override, OverrideKind
from voicebot.oncall.policy import EscalationPolicy, EscalationStep, Kind, Target
from voicebot.oncall.rota import Level
from voicebot.oncall.rotation import Every
from voicebot.oncall.slot import Slot
from voicebot.oncall.technician import Contact, Technician, Way
from voicebot.oncall.trouble import Trouble

NOW = at("2026-01-12T12:00")
OPEN = (Window(time(8), time(18)),)
HOURS = Hours(PARIS, week=(OPEN,) * 5 + ((), ()))
NIGHTS = Slot(opens=time(18), closes=time(8))
WEEK_END = Slot(frozenset({5, 6}), time(8), time(18))
HOLIDAYS = Slot(frozenset(), time(8), time(18), on_holidays=True)
FILE = Path("oncall.yml")


def person(id, line=1, *numbers):
    contacts = tuple(Contact(Way.RING, number) for number in numbers or ("+33639981001",))
    return Technician(id, id.title(), contacts, where=Place(FILE, line))


PEOPLE = {name: person(name, n) for n, name in enumerate(("karim", "lea", "thomas"), 2)}


def lint(*rotas, people=PEOPLE, made=(), days=90, now=NOW, **more):
    client = OnCall(people, {one.id: one for one in rotas}, **more)
    return lint_rotas(client, HOURS, now, made=made, ahead=timedelta(days=days))


def kinds(found):
    return [one.kind for one in found]


def test_a_rota_without_trouble():
    assert lint(rota(rotation("karim lea"))) == []
    covered = rotation("karim lea", slots=(NIGHTS, WEEK_END, HOLIDAYS))
    assert lint(rota(covered), days=365) == []


def test_a_public_holiday_that_nobody_thought_of():
    (gap,) = lint(rota(rotation("karim", slots=(NIGHTS, WEEK_END)), where=Place(FILE, 7)), days=365)
    assert gap.kind is Trouble.GAP
    assert "from Mon 2026-04-06 08:00 to Mon 2026-04-06 18:00" in gap.what
    assert str(gap).startswith("oncall.yml:7: error: rota nuit: nobody is on call")


def test_an_hour_between_the_night_and_the_opening():
    early = Slot(opens=time(18), closes=time(7))
    (gap,) = lint(rota(rotation("karim", slots=(early, WEEK_END, HOLIDAYS))))
    assert "from Tue 2026-01-13 07:00 to Tue 2026-01-13 08:00, and" in gap.what


def test_the_night_that_has_an_hour_more():
    night = (at("2026-10-24T20:00"), at("2026-10-25T08:00"))
    slot = Slot(opens=time(20), closes=time(2, 30))
    late = Slot(opens=time(2, 30), closes=time(20))
    assert lint(rota(rotation("karim", slots=(slot, late))), now=night[0], days=1) == []


def test_a_rota_that_nobody_is_on():
    (found,) = lint(rota(rotation("karim", ends=datetime(2026, 1, 6)), where=Place(FILE, 9)))
    assert (found.kind, found.where) == (Trouble.NOBODY, Place(FILE, 9))


def test_a_gap_that_an_override_makes_and_one_that_it_fills():
    ill = made("remove", "2026-01-20T00:00", "2026-01-20T06:00", remove="karim")
    assert kinds(lint(rota(rotation("karim")), made=[ill])) == [Trouble.GAP]
    instead = made("replace", "2026-01-20T00:00", "2026-01-20T06:00", remove="karim", add="lea")
    assert Trouble.GAP not in kinds(lint(rota(rotation("karim")), made=[instead]))


def test_the_first_level_has_nobody_and_the_second_has():
    two = rota(rotation("karim", slots=(Slot(opens=time(18), closes=time(20)),)), rotation("lea"))
    (thin,) = lint(two)
    assert thin.kind is Trouble.THIN and not thin.is_error


def test_somebody_must_be_there_at_all_hours_or_at_some():
    by_night = rotation("karim", slots=(NIGHTS, WEEK_END, HOLIDAYS))
    assert kinds(lint(rota(by_night, covers=Coverage(Want.ALWAYS)))) == [Trouble.GAP]
    evenings = Coverage(Want.WEEK, ((Window(time(18), time(22)),),) * 7)
    only = rotation("karim", slots=(Slot(opens=time(18), closes=time(22)),))
    assert lint(rota(only, covers=evenings)) == []


def test_two_at_once_where_one_is_wanted():
    both = (
        rotation("karim"),
        rotation("lea", begins="2026-02-02T08:00", told=datetime(2026, 1, 5)),
    )
    (overlap,) = lint(rota(Level(both)))
    assert overlap.kind is Trouble.OVERLAP and "karim, lea are on call at once" in overlap.what
    assert lint(rota(Level(both, together=True))) == []


def test_numbers_that_nobody_verified():
    client = OnCall(PEOPLE, {"nuit": rota(rotation("karim lea"))})
    known = {("karim", "+33639981001")}
    (found,) = lint_rotas(client, HOURS, NOW, verified=known)
    assert (found.kind, found.where) == (Trouble.UNVERIFIED, Place(FILE, 3))
    assert "+336" not in str(found)


def test_somebody_whom_only_the_policy_counts_on():
    policy = EscalationPolicy("p", (EscalationStep((Target(Kind.TECHNICIAN, "lea"),)),))
    people = {**PEOPLE, "lea": Technician("lea", "Léa", (Contact(Way.EMAIL, "lea@exemple.fr"),))}
    (found,) = lint(rota(rotation("karim")), people=people, policy=policy)
    assert found.kind is Trouble.NO_NUMBER


def made(kind, start, end, told="2026-01-01T00:00", exceptional=False, agreed=False, **who):
    change = Override("nuit", OverrideKind(kind), at(start), at(end), **who)
    return Made(3, change, at(told), exceptional, agreed)


def notice(told, start="2026-01-20T08:00", **more):
    change = made("add", start, "2026-03-22T08:00", told, add="lea", **more)
    level = Level((rotation("karim"),), together=True)
    return [o for o in lint(rota(level), made=[change]) if o.kind is Trouble.NOTICE]


def test_less_than_fifteen_days_of_notice():
    assert notice("2026-01-05T23:00") == []
    (late,) = notice("2026-01-06T00:00")
    assert "lea was told on 2026-01-06 of 2026-01-20: less than 15 days before" in late.what


def test_in_exceptional_circumstances_one_clear_day():
    assert notice("2026-01-18T23:00", exceptional=True) == []
    assert len(notice("2026-01-19T00:00", exceptional=True)) == 1


def test_who_agreed_to_a_swap_needs_no_notice():
    assert notice("2026-01-19T12:00", agreed=True) == []


def test_what_is_over_is_not_told():
    change = made("add", "2026-01-06T08:00", "2026-01-07T08:00", "2026-01-06T00:00", add="lea")
    assert lint(rota(rotation("karim")), made=[change]) == []


def test_a_rotation_that_begins_before_its_members_know():
    soon = rotation("karim", begins="2026-01-20T08:00", told=datetime(2026, 1, 10))
    found = lint(rota(Level((rotation("lea", ends=datetime(2026, 1, 20, 8)), soon))))
    assert kinds(found) == [Trouble.NOTICE]
    in_time = rotation("karim", begins="2026-01-20T08:00", told=datetime(2026, 1, 5))
    assert lint(rota(Level((rotation("lea", ends=datetime(2026, 1, 20, 8)), in_time)))) == []


def test_rest_is_counted_where_the_client_grants_it():
    always = rota(rotation("karim"))
    assert lint(always, rest=Rest()) == []
    daily, weekly = lint(always, rest=Rest(on_call_is_rest=False))
    assert "karim: less than 11 h of daily rest" in daily.what
    assert "karim: less than 35 h of weekly rest" in weekly.what
    assert daily.where == Place(FILE, 2)


def test_twelve_hours_a_night_leave_enough_by_day_but_not_by_week():
    nights = rota(rotation("karim", slots=(Slot(opens=time(20), closes=time(8)),)), covers=EVENING)
    found = lint(nights, rest=Rest(on_call_is_rest=False))
    assert ["weekly" in one.what for one in found] == [True]


EVENING = Coverage(Want.WEEK, ((Window(time(20), time(23)),),) * 7)


def test_every_other_night_is_enough_rest():
    nights = rota(
        rotation(
            "karim lea",
            Every.DAY,
            "2026-01-05T20:00",
            slots=(Slot(opens=time(20), closes=time(8)),),
        ),
        covers=EVENING,
    )
    assert lint(nights, rest=Rest(on_call_is_rest=False)) == []


def test_shifts_of_several_rotas_add_up():
    days = rota(rotation("karim", slots=(Slot(opens=time(8), closes=time(20)),)), covers=DAY)
    nights = rota(rotation("karim", slots=(Slot(opens=time(20), closes=time(8)),)), covers=EVENING)
    rest = Rest(on_call_is_rest=False, weekly_hours=0)
    other = type(days)("jour", "Jour", PARIS, days.levels, covers=DAY)
    assert lint(nights, rest=rest) == []
    assert kinds(lint(nights, other, rest=rest)) == [Trouble.REST]


DAY = Coverage(Want.WEEK, ((Window(time(9), time(12)),),) * 7)


def test_too_many_days_in_a_row():
    rest = Rest(most_days_in_row=8)
    assert lint(rota(rotation("karim lea")), rest=rest) == []  # Monday 8:00 to Monday 8:00
    (found,) = lint(rota(rotation("karim", length=1)), rest=rest)
    assert "more than 8 days in a row" in found.what


def test_somebody_who_is_not_there_any_more():
    gone = made("add", "2026-01-20T08:00", "2026-01-21T08:00", add="paul")
    found = lint(rota(Level((rotation("karim"),), together=True)), made=[gone])
    assert kinds(found) == [Trouble.GONE]
    assert "--withdraw 3" in found[0].todo
    other = Made(4, Override("jour", OverrideKind.ADD, *SOON, add="lea"), at("2026-01-01"))
    assert kinds(lint(rota(rotation("karim")), made=[other])) == [Trouble.GONE]


SOON = (at("2026-01-20T08:00"), at("2026-01-21T08:00"))


def test_what_is_left_when_something_is_taken_away():
    assert without([(0, 10)], [(2, 3), (5, 7)]) == [(0, 2), (3, 5), (7, 10)]
    assert without([(0, 4), (6, 9)], [(3, 7)]) == [(0, 3), (7, 9)]
    assert without([(0, 4)], [(0, 4)]) == []
    assert without([(2, 4)], [(0, 1), (5, 6)]) == [(2, 4)]
    assert without([(0, 2), (3, 5)], [(0, 9)]) == []
