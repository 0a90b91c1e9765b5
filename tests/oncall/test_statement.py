import csv
import io
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicebot.oncall.hours import Hours
from voicebot.oncall.shift import Shift
from voicebot.oncall.statement import Intervention, Ring, statement
from voicebot.oncall.statement_csv import days_csv, facts_csv

PARIS = ZoneInfo("Europe/Paris")
HOURS = Hours(PARIS)
LATER = datetime(2030, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def shift(start, end, technician="karim"):
    return Shift(technician, at(start).astimezone(UTC), at(end).astimezone(UTC))


def of(month, *shifts, now=LATER, **more):
    return statement("karim", date.fromisoformat(month), shifts, HOURS, now, **more)


def parts(day):
    return [part / HOUR for part in (day.on_call, day.night, day.sunday, day.holiday)]


def test_an_evening_and_its_night():
    found = of("2026-11-01", shift("2026-11-17 18:00", "2026-11-18 08:00"))

    assert [day.day.day for day in found.days] == [17, 18]
    assert parts(found.days[0]) == [6, 3, 0, 0]
    assert parts(found.days[1]) == [8, 6, 0, 0]
    assert parts(found.total) == [14, 9, 0, 0]


def test_a_sunday_and_a_holiday_are_counted_apart():
    found = of("2026-11-01", shift("2026-11-08 00:00", "2026-11-09 00:00"),
               shift("2026-11-11 08:00", "2026-11-11 20:00"))  # fmt: skip

    assert parts(found.days[0]) == [24, 9, 24, 0]
    assert parts(found.days[1]) == [12, 0, 0, 12]
    assert found.days[1].holiday_name == "Armistice"


@pytest.mark.parametrize(("night", "hours"), [("2026-03-28", 23), ("2026-10-24", 25)])
def test_the_nights_of_the_clock_change_have_the_hours_that_pass(night, hours):
    start = datetime.fromisoformat(f"{night} 20:00")
    found = of(night, shift(str(start), str(start + timedelta(days=1))))

    assert found.total.on_call == hours * HOUR
    assert found.total.night == (hours - 15) * HOUR


def test_two_rotas_at_once_count_once():
    found = of("2026-11-01", shift("2026-11-17 18:00", "2026-11-18 08:00"),
               shift("2026-11-17 20:00", "2026-11-18 10:00"))  # fmt: skip

    assert found.total.on_call == 16 * HOUR
    assert len(found.spans) == 1


def test_the_month_cuts_and_nobody_else_counts():
    found = of("2026-11-01", shift("2026-10-31 18:00", "2026-11-01 08:00"),
               shift("2026-11-30 18:00", "2026-12-01 08:00"),
               shift("2026-11-10 18:00", "2026-11-11 08:00", "lea"))  # fmt: skip

    assert [day.day.day for day in found.days] == [1, 30]
    assert found.total.on_call == 14 * HOUR


def test_what_lies_ahead_is_not_counted():
    evening = shift("2026-11-17 18:00", "2026-11-18 08:00")
    found = of("2026-11-01", evening, now=at("2026-11-17 20:00"))

    assert found.total.on_call == 2 * HOUR
    assert found.until == at("2026-11-17 20:00")


def test_a_month_that_has_not_begun_is_empty():
    evening = shift("2026-12-02 18:00", "2026-12-03 08:00")
    found = of("2026-12-01", evening, now=at("2026-11-17 20:00"))

    assert found.days == found.spans == ()


def test_rings_and_interventions_are_the_month_s_own():
    rings = (
        Ring(at("2026-11-18 02:11"), "ring", "accepted", "A1"),
        Ring(at("2026-11-18 02:10"), "ring", "no_answer", "A1"),
        Ring(at("2026-11-18 02:10"), "sms", "sent", "A1"),
        Ring(at("2026-10-18 02:10"), "ring", "declined", "A0"),
    )
    over = Intervention(at("2026-10-31 23:30"), at("2026-11-01 01:00"), "A0")
    lasting = Intervention(at("2026-11-18 02:30"), None, "A1")
    found = of("2026-11-01", rings=rings, interventions=(lasting, over))

    assert [ring.outcome for ring in found.rings] == ["no_answer", "sent", "accepted"]
    assert (found.rung(), found.rung("accepted"), found.rung("declined")) == (2, 1, 0)
    assert found.interventions == (over, lasting)
    assert found.total.worked == HOUR
    assert of("2026-10-01", interventions=(over,)).total.worked == HOUR / 2


SPANS = st.lists(st.tuples(st.integers(-50, 800), st.integers(1, 100)), max_size=8)


@settings(deadline=None)
@given(SPANS, st.sampled_from(["2026-03-01", "2026-10-01", "2026-11-01"]))
def test_days_and_spans_add_up_to_the_same(spans, month):
    first = at(f"{month} 00:00").astimezone(UTC)
    shifts = [Shift("karim", first + a * HOUR, first + (a + length) * HOUR) for a, length in spans]
    found = of(month, *shifts)

    assert found.total.on_call == sum((b - a for a, b in found.spans), timedelta(0))
    assert all(day.night <= day.on_call <= 25 * HOUR for day in found.days)


def read(text):
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_csv_of_days_adds_up_and_names_people():
    found = of("2026-11-01", shift("2026-11-08 18:00", "2026-11-09 08:15"))
    rows = read(days_csv([found], {"karim": "Karim Benali"}.get))

    assert [row["jour"] for row in rows] == ["2026-11-08", "2026-11-09", "total"]
    assert [row["heures_astreinte"] for row in rows] == ["6,00", "8,25", "14,25"]
    assert rows[2]["dont_dimanche"] == "6,00"
    assert {row["technicien"] for row in rows} == {"Karim Benali"}


def test_the_csv_of_facts_is_dated_in_the_client_s_zone():
    found = of(
        "2026-11-01",
        shift("2026-11-17 18:00", "2026-11-18 08:00"),
        rings=[Ring(at("2026-11-18 02:11"), "ring", "accepted", "7")],
        interventions=[Intervention(at("2026-11-18 02:30"), at("2026-11-18 03:30"), "7")],
    )
    rows = read(facts_csv([found], PARIS))

    assert [row["quoi"] for row in rows] == ["astreinte", "sollicitation", "intervention"]
    assert rows[0]["debut"] == "2026-11-17T18:00:00+01:00"
    assert (rows[1]["issue"], rows[1]["alerte"]) == ("accepted", "7")
    assert rows[2]["fin"] == "2026-11-18T03:30:00+01:00"


def test_a_name_that_a_spreadsheet_would_run_is_only_text():
    found = of("2026-11-01", shift("2026-11-08 18:00", "2026-11-09 08:00"))

    assert read(days_csv([found], lambda _: "=1+1"))[0]["technicien"] == "'=1+1"
