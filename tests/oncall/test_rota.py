from datetime import UTC, datetime, time, timedelta

import pytest

from tests.oncall.rotas import PARIS, at, rota, rotation, seen
from voicebot.oncall.override import Override, OverrideKind, TemporarySchedule
from voicebot.oncall.rota import Level, on_call, posts, shifts
from voicebot.oncall.rotation import Every
from voicebot.oncall.shift import Shift
from voicebot.oncall.slot import Slot

WEEKS = rota(rotation("karim lea thomas"))
NIGHTS = (
    Slot(frozenset(range(5)), time(18), time(8)),
    Slot(frozenset({5, 6})),
    Slot(frozenset(), time(8), time(18), on_holidays=True),
)


@pytest.mark.parametrize(
    ("moment", "who"),
    [
        ("2026-01-05T07:59", ()),
        ("2026-01-05T08:00", ("karim",)),
        ("2026-01-12T07:59", ("karim",)),
        ("2026-01-12T08:00", ("lea",)),
        ("2026-01-26T08:00", ("karim",)),
        ("2026-07-06T08:00", ("thomas",)),  # hand-over is at 8:00 in summer too
        ("2026-07-06T07:59", ("lea",)),
    ],
)
def test_a_week_each(moment, who):
    assert on_call(WEEKS, at(moment)) == who


def test_two_days_each_and_one_comes_twice():
    found = shifts(rota(rotation("a b a", Every.DAY, length=2)), at("2026-01-05"), at("2026-01-13"))
    assert seen(found) == [
        "a 01-05 08:00 → 01-07 08:00",
        "b 01-07 08:00 → 01-09 08:00",
        "a 01-09 08:00 → 01-11 08:00",
        "a 01-11 08:00 → 01-13 00:00",
    ]


def test_a_month_that_begins_on_the_31st_ends_with_each_month():
    found = shifts(
        rota(rotation("a b", Every.MONTH, "2026-01-31T08:00")), at("2026-01-01"), at("2026-07-01")
    )
    assert seen(found) == [
        "a 01-31 08:00 → 02-28 08:00",
        "b 02-28 08:00 → 03-31 08:00",
        "a 03-31 08:00 → 04-30 08:00",
        "b 04-30 08:00 → 05-31 08:00",
        "a 05-31 08:00 → 06-30 08:00",
        "b 06-30 08:00 → 07-01 00:00",
    ]


def test_quarters_of_a_year():
    quarters = rota(rotation("a b", Every.MONTH, "2025-11-30T00:00", length=3))
    assert [on_call(quarters, at(day)) for day in ("2026-02-27", "2026-02-28", "2026-05-30")] == [
        ("a",),
        ("b",),
        ("a",),
    ]


def test_a_rotation_that_ends_is_followed_by_another():
    until, since = "2026-02-02T08:00", "2026-02-02T08:00"
    both = Level(
        (
            rotation("karim lea", ends=datetime.fromisoformat(until)),
            rotation("thomas", begins=since),
        )
    )
    assert on_call(rota(both), at("2026-02-02T07:59")) == ("lea",)
    assert on_call(rota(both), at("2026-02-02T08:00")) == ("thomas",)
    found = shifts(rota(both), at("2026-01-26T08:00"), at("2026-02-09T08:00"))
    assert seen(found) == ["lea 01-26 08:00 → 02-02 08:00", "thomas 02-02 08:00 → 02-09 08:00"]


def test_nights_week_ends_and_public_holidays():
    nights = rota(rotation("karim lea", slots=NIGHTS))
    found = shifts(nights, at("2026-05-07T12:00"), at("2026-05-12T12:00"))  # 8 May is a Friday
    assert seen(found) == ["lea 05-07 18:00 → 05-11 00:00", "karim 05-11 18:00 → 05-12 08:00"]
    assert on_call(nights, at("2026-05-08T10:00")) == ("lea",)
    assert on_call(nights, at("2026-05-07T10:00")) == ()


def test_levels_come_in_their_order_and_each_person_once():
    two = rota(
        rotation("karim lea"),
        Level((rotation("lea thomas"), rotation("karim", Every.DAY)), together=True),
    )
    assert on_call(two, at("2026-01-06")) == ("karim", "lea")
    assert [(p.technician, p.level) for p in posts(two, at("2026-01-06"))] == [
        ("karim", 1),
        ("lea", 2),
        ("karim", 2),
    ]


def change(kind: str, start: str, end: str, **who) -> Override:
    return Override("nuit", OverrideKind(kind), at(start), at(end), **who)


def test_one_is_added():
    more = change("add", "2026-01-06T08:00", "2026-01-07T08:00", add="thomas")
    assert on_call(WEEKS, at("2026-01-06T12:00"), [more]) == ("karim", "thomas")
    assert on_call(WEEKS, at("2026-01-07T08:00"), [more]) == ("karim",)


def test_one_is_added_at_another_level():
    behind = change("add", "2026-01-06T08:00", "2026-01-07T08:00", add="thomas", level=2)
    two = rota(rotation("karim"), rotation("lea"))
    found = [(p.technician, p.level) for p in posts(two, at("2026-01-06T12:00"), [behind])]
    assert found == [("karim", 1), ("lea", 2), ("thomas", 2)]


def test_one_is_removed():
    ill = change("remove", "2026-01-06T00:00", "2026-01-08T00:00", remove="karim")
    assert on_call(WEEKS, at("2026-01-07"), [ill]) == ()
    assert seen(shifts(WEEKS, at("2026-01-05"), at("2026-01-12"), [ill])) == [
        "karim 01-05 08:00 → 01-06 00:00",
        "karim 01-08 00:00 → 01-12 00:00",
    ]


def test_one_takes_the_place_of_another_and_nobody_elses():
    for_karim = change("replace", "2026-01-06", "2026-01-14", add="paul", remove="karim")
    assert seen(shifts(WEEKS, at("2026-01-05T08:00"), at("2026-01-19T08:00"), [for_karim])) == [
        "karim 01-05 08:00 → 01-06 00:00",
        "paul 01-06 00:00 → 01-12 08:00",
        "lea 01-12 08:00 → 01-19 08:00",
    ]


def test_changes_are_made_in_the_order_in_which_they_were_decided():
    first = change("replace", "2026-01-06", "2026-01-08", add="lea", remove="karim")
    then = change("replace", "2026-01-07", "2026-01-08", add="thomas", remove="lea")
    assert on_call(WEEKS, at("2026-01-07T12:00"), [first, then]) == ("thomas",)
    assert on_call(WEEKS, at("2026-01-07T12:00"), [then, first]) == ("lea",)


def test_a_temporary_schedule_takes_the_place_of_the_rotations():
    start, end = at("2026-01-06T08:00"), at("2026-01-08T08:00")
    noel = TemporarySchedule(
        "nuit", start, end, (Shift("paul", start, at("2026-01-07T08:00")),), "salon"
    )
    assert seen(shifts(WEEKS, at("2026-01-05T08:00"), at("2026-01-12T08:00"), [noel])) == [
        "karim 01-05 08:00 → 01-06 08:00",
        "paul 01-06 08:00 → 01-07 08:00",
        "karim 01-08 08:00 → 01-12 08:00",
    ]
    ill = change("replace", "2026-01-06", "2026-01-08", add="lea", remove="paul")
    assert on_call(WEEKS, at("2026-01-06T09:00"), [ill, noel]) == ("lea",)


def test_changes_of_another_rota_change_nothing():
    other = Override("jour", OverrideKind.ADD, at("2026-01-06"), at("2026-01-08"), add="lea")
    assert on_call(WEEKS, at("2026-01-07"), [other]) == ("karim",)


def test_whole_shifts_are_the_same_from_wherever_one_looks():
    for_karim = change("replace", "2026-01-06", "2026-02-14", add="paul", remove="karim")
    far = shifts(WEEKS, at("2026-01-01"), at("2026-03-01"), [for_karim], whole=True)
    for day in range(40):
        near = at("2026-01-06T12:00") + timedelta(days=day)
        for shift in shifts(WEEKS, near, near + timedelta(hours=1), [for_karim], whole=True):
            assert shift in far


@pytest.mark.parametrize(
    ("kind", "who", "what"),
    [
        ("add", {}, "needs `add`"),
        ("add", {"add": "a", "remove": "b"}, "has no `remove`"),
        ("remove", {"add": "a", "remove": "b"}, "has no `add`"),
        ("replace", {"add": "a"}, "needs `remove`"),
        ("add", {"add": "a", "level": 0}, "no level 0"),
    ],
)
def test_a_change_that_cannot_be(kind, who, what):
    with pytest.raises(ValueError, match=what):
        change(kind, "2026-01-06", "2026-01-08", **who)


def test_a_change_needs_instants_in_their_order():
    with pytest.raises(ValueError, match="ends before"):
        change("add", "2026-01-08", "2026-01-06", add="a")
    with pytest.raises(ValueError, match="zone"):
        Override("nuit", OverrideKind.ADD, datetime(2026, 1, 6), datetime(2026, 1, 7), add="a")


def test_shifts_are_in_utc_whatever_zone_one_asks_in():
    (first, *_) = shifts(WEEKS, datetime(2026, 1, 5, tzinfo=UTC), at("2026-01-06"))
    assert first.start == datetime(2026, 1, 5, 7, tzinfo=UTC)
    assert first.start.astimezone(PARIS).hour == 8
