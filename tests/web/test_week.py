from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from voicebot.oncall.override import Override, OverrideKind
from voicebot.oncall.rota import Level, Rota
from voicebot.oncall.rotation import Every, Rotation
from voicebot.web.week import local, midnight, monday, week

PARIS = ZoneInfo("Europe/Paris")
HOUR = timedelta(hours=1)
PEOPLE = ("karim", "lea", "paul")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


def rota(*members, every=Every.DAY, levels=1):
    rotation = Rotation(members, every, datetime(2026, 1, 5, 8))
    return Rota("nuit", "Nuit", PARIS, tuple(Level((rotation,)) for _ in range(levels)))


def drawn(first, made=None, now=None, **more):
    day = date.fromisoformat(first)
    return week(made or rota("karim", "lea"), day, now or at(first), people=PEOPLE, **more)


def percent(text):
    return float(text.removesuffix("%"))


@pytest.mark.parametrize(
    ("inside", "hours"), [("2026-03-29", 167), ("2026-10-25", 169), ("2026-11-18", 168)]
)
def test_an_hour_is_as_wide_as_every_other(inside, hours):
    found = drawn(inside)

    assert (found.end - found.start) == hours * HOUR
    assert [column.hours for column in found.columns[:6]] == [24] * 6
    assert found.columns[6].hours == hours - 144
    for column in found.columns:
        assert percent(column.width) == pytest.approx(100 * column.hours / hours, abs=0.001)
    # At 8:00 on the wall somebody else takes over, on the day of the change too.
    last = [bar for bar in found.bars if bar.start == at(f"{found.columns[6].day} 08:00")]
    assert percent(last[0].x) == pytest.approx(100 * (hours - 16) / hours, abs=0.001)


def test_bars_are_cut_by_the_week_and_keep_their_whole_hours():
    found = drawn("2026-11-18")

    assert found.first == date(2026, 11, 16)
    assert percent(found.bars[0].x) == 0
    assert found.bars[0].start == at("2026-11-15 08:00")
    assert percent(found.bars[0].width) == pytest.approx(100 * 8 / 168, abs=0.001)
    assert found.bars[-1].end == at("2026-11-23 08:00")


def test_everybody_keeps_his_colour_in_every_week():
    hues = [
        {bar.technician: bar.hue for bar in drawn(day).bars} for day in ("2026-11-18", "2026-11-25")
    ]
    assert hues[0] == hues[1] == {"karim": 0, "lea": 1}


def test_levels_stand_below_each_other():
    found = drawn("2026-11-18", rota("karim", levels=2))

    first, second = found.lanes
    assert (first.level, second.level) == (1, 2)
    assert first.y + first.height <= second.y
    assert second.y + second.height <= found.height


def test_an_override_is_marked_with_whom_it_replaces():
    change = Override(
        "nuit", OverrideKind.REPLACE, at("2026-11-18 08:00"), at("2026-11-19 08:00"), "paul", "lea"
    )
    found = drawn("2026-11-18", rota("lea"), changes=[change])

    marked = [bar for bar in found.bars if bar.replaces]
    assert [(bar.technician, bar.replaces, bar.start) for bar in marked] == [
        ("paul", "lea", at("2026-11-18 08:00"))
    ]


def test_people_on_call_together_do_not_cover_each_other():
    change = Override(
        "nuit", OverrideKind.ADD, at("2026-11-18 12:00"), at("2026-11-18 20:00"), "lea"
    )
    found = drawn("2026-11-18", rota("karim"), changes=[change])

    karim, lea = (
        next(
            bar for bar in found.bars if bar.technician == who and bar.end > at("2026-11-18 12:00")
        )
        for who in ("karim", "lea")
    )
    assert lea.y > karim.y
    assert lea.replaces == "lea"


def test_a_gap_is_a_bar_with_nobody():
    hole = (at("2026-11-18 12:00"), at("2026-11-18 18:00"))
    found = drawn("2026-11-18", gaps=[hole])

    assert [bar.start for bar in found.bars if bar.technician is None] == [hole[0]]
    assert found.bar(found.bars[0].key) == found.bars[0]
    assert found.bar("1_0_0_nobody") is None


def test_now_is_shown_in_its_own_week_only():
    assert percent(drawn("2026-11-16", now=at("2026-11-17 00:00")).now_x) == pytest.approx(
        100 / 7, abs=0.001
    )
    assert drawn("2026-11-16", now=at("2026-11-23 00:00")).now_x is None


def test_holidays_are_named():
    assert [c.holiday for c in drawn("2026-11-11").columns if c.holiday] == ["Armistice"]


def test_days_and_times_of_a_form():
    assert monday(date(2026, 11, 22)) == date(2026, 11, 16)
    assert midnight(date(2026, 3, 30), PARIS) == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert local("2026-11-18T18:30", PARIS) == datetime(2026, 11, 18, 17, 30, tzinfo=UTC)
    assert local("2026-10-25T02:30", PARIS) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    with pytest.raises(ValueError):
        local("demain", PARIS)
