from dataclasses import replace
from datetime import UTC, timedelta

import icalendar
import pytest

from tests.oncall.rotas import at, rota, rotation, seen
from voicebot.oncall.calendar_feed import client_feed, feed_period, technician_feed, uid
from voicebot.oncall.calendar_import import import_calendar
from voicebot.oncall.rota import on_call, shifts
from voicebot.oncall.technician import Technician, Way, read_contact

PEOPLE = {
    "karim": Technician("karim", "Karim Haddad", (read_contact(Way.RING, "06 39 98 10 01"),)),
    "lea": Technician("lea", "Léa Fontaine", (read_contact(Way.EMAIL, "lea@exemple.fr"),)),
    "thomas": Technician("thomas", "Thomas Haddad", language="en"),
}
TWO = rota(rotation("karim lea thomas"), rotation("lea thomas karim"))
JANUARY = (at("2026-01-01"), at("2026-02-01"))
STAMP = at("2026-01-01T12:00").astimezone(UTC)


def entries(of=TWO):
    return [(of, shift) for shift in shifts(of, *JANUARY, whole=True)]


def events(text):
    return icalendar.Calendar.from_ical(text).walk("VEVENT")


def test_a_technicians_feed_holds_his_shifts_and_nobody_elses():
    text = technician_feed("plombier", "Plomberie Moreau", PEOPLE["karim"], entries(), STAMP)
    found = [(str(e["SUMMARY"]), e["DTSTART"].dt) for e in events(text)]
    assert found == [
        ("Astreinte – Plomberie Moreau – Nuit, niveau 1", at("2026-01-05T08:00")),
        ("Astreinte – Plomberie Moreau – Nuit, niveau 2", at("2026-01-19T08:00")),
        ("Astreinte – Plomberie Moreau – Nuit, niveau 1", at("2026-01-26T08:00")),
    ]


def test_a_feed_in_english_for_who_speaks_english():
    text = technician_feed("plombier", "Plomberie Moreau", PEOPLE["thomas"], entries(), STAMP)
    assert str(events(text)[0]["SUMMARY"]) == "On call – Plomberie Moreau – Nuit, level 2"


def test_a_clients_feed_names_people_and_no_numbers():
    text = client_feed("plombier", "Plomberie Moreau", entries(), PEOPLE, STAMP)
    assert str(events(text)[0]["SUMMARY"]) == "Karim Haddad – Nuit, niveau 1"
    assert len(events(text)) == 8
    assert "39981001" not in text and "exemple.fr" not in text


def test_somebody_who_has_left_is_named_by_his_id():
    text = client_feed("plombier", "X", entries(rota(rotation("paul"))), PEOPLE, STAMP)
    assert str(events(text)[0]["SUMMARY"]) == "paul – Nuit"


def test_an_event_stays_the_same_one_while_its_end_moves():
    (_, shift), *_ = entries()
    longer = replace(shift, end=shift.end + timedelta(hours=1))
    assert uid("a", TWO, shift) == uid("a", TWO, longer)
    assert uid("a", TWO, shift) != uid("b", TWO, shift)
    start, end = feed_period(at("2026-01-10"))
    later = shifts(TWO, start + timedelta(days=1), end, whole=True)
    names = {uid("a", TWO, s) for s in shifts(TWO, start, end, whole=True)}
    assert {uid("a", TWO, s) for s in later} <= names


def calendar(*events: str) -> str:
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{body}END:VCALENDAR\n"


def imported(*events: str):
    return import_calendar(calendar(*events), TWO, PEOPLE, *JANUARY)


def test_what_a_client_feed_tells_is_read_back():
    text = client_feed("plombier", "X", entries(), PEOPLE, STAMP)
    found = import_calendar(text, TWO, PEOPLE, *JANUARY)
    assert found.left_out == ()
    (schedule,) = found.schedules
    assert [(s.technician, s.start, s.end, s.level) for s in schedule.shifts] == [
        (s.technician, s.start, s.end, s.level) for _, s in entries()
    ]


def test_events_become_temporary_schedules_and_in_the_holes_the_rotations_hold():
    found = imported(
        "UID:1\nSUMMARY:Astreinte Léa Fontaine\nDTSTART:20260106T080000\nDTEND:20260107T080000",
        "UID:2\nSUMMARY:Haddad Karim (karim)\nDTSTART:20260107T080000\nDTEND:20260108T080000",
        "UID:3\nSUMMARY:lea\nDTSTART;VALUE=DATE:20260110\nDTEND;VALUE=DATE:20260111",
    )
    assert found.left_out == ()
    assert [seen(schedule.shifts) for schedule in found.schedules] == [
        ["lea 01-06 08:00 → 01-07 08:00", "karim 01-07 08:00 → 01-08 08:00"],
        ["lea 01-10 00:00 → 01-11 00:00"],
    ]
    assert on_call(TWO, at("2026-01-06T12:00"), found.schedules) == ("lea",)
    assert on_call(TWO, at("2026-01-09T12:00"), found.schedules) == ("karim", "lea")
    assert on_call(TWO, at("2026-01-10T00:00"), found.schedules) == ("lea",)


def test_an_event_that_repeats():
    found = imported(
        "UID:1\nSUMMARY:Karim Haddad\nDTSTART;TZID=Europe/Paris:20260105T180000\n"
        "DTEND;TZID=Europe/Paris:20260106T080000\nRRULE:FREQ=WEEKLY;COUNT=3"
    )
    assert [seen(schedule.shifts)[0] for schedule in found.schedules] == [
        "karim 01-05 18:00 → 01-06 08:00",
        "karim 01-12 18:00 → 01-13 08:00",
        "karim 01-19 18:00 → 01-20 08:00",
    ]


def test_an_attendee_is_known_by_his_address():
    found = imported(
        "UID:1\nSUMMARY:Astreinte\nATTENDEE:mailto:LEA@exemple.fr\n"
        "DTSTART:20260106T080000Z\nDTEND:20260107T080000Z"
    )
    assert found.schedules[0].shifts[0].technician == "lea"


@pytest.mark.parametrize(
    ("summary", "why"),
    [
        ("Réunion d'équipe", "names nobody of this client"),
        ("Haddad", "may be karim or thomas"),
        ("", "names nobody of this client"),
    ],
)
def test_an_event_that_is_nobodys_shift_is_told_with_its_line(summary, why):
    found = imported(f"UID:1\nSUMMARY:{summary}\nDTSTART:20260106T080000\nDTEND:20260107T080000")
    (line,) = found.left_out
    assert line.startswith("line 5: ") and line.endswith(why) and "2026-01-06" in line
    assert found.schedules == ()


def test_an_event_that_was_cancelled_is_passed_over():
    found = imported(
        "UID:1\nSTATUS:CANCELLED\nSUMMARY:Léa Fontaine\nDTSTART:20260106T080000\n"
        "DTEND:20260107T080000"
    )
    assert (found.schedules, found.left_out) == ((), ())


def test_events_outside_of_the_period_are_passed_over():
    found = imported("UID:1\nSUMMARY:lea\nDTSTART:20270106T080000\nDTEND:20270107T080000")
    assert (found.schedules, found.left_out) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bonjour",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\n",
        "BEGIN:VEVENT\nEND:VEVENT",
        calendar("SUMMARY:lea\nDTSTART:demain"),
        calendar(
            "SUMMARY:lea\nDTSTART:20260106T080000\nDTEND:20260107T080000\nRRULE:FREQ=SOMETIMES"
        ),
        calendar(
            "SUMMARY:lea\nDTSTART:20260106T080000\nDTEND:20260106T080001\nRRULE:FREQ=SECONDLY"
        ),
        "\x00\xff" * 100,
    ],
)
def test_a_broken_calendar_is_one_clear_line(text):
    with pytest.raises(ValueError, match="not a calendar") as error:
        import_calendar(text, TWO, PEOPLE, *JANUARY)
    assert "\n" not in str(error.value)
