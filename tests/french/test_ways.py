"""A value, said in every way a person would, is read as that value."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, example, given
from hypothesis import strategies as st

from voicebot.bench.dictating import again, dictation
from voicebot.french.corrections import corrected
from voicebot.french.dates import no_such_moment, read_date, say_date, say_time
from voicebot.french.names import read_name
from voicebot.french.normalise import fold, words
from voicebot.french.numbers import read_number, say_number
from voicebot.french.phone import continue_phone, national, read_phone, spell_back, valid
from voicebot.french.references import read_reference
from voicebot.french.spelling import LETTERS

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 1, 14, 21, 30, tzinfo=PARIS)
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
ELSEWHERE = {70: "septante", 80: "huitante", 90: "nonante"}
NAMES_OF_LETTERS = {letter: name for name, letter in LETTERS.items() if len(name) > 1}
WORDS_OF_LETTERS = {
    "A": "Anatole", "B": "Berthe", "C": "Célestin", "D": "Denise", "E": "Eugène", "F": "François",
    "G": "Gaston", "H": "Henri", "I": "Irma", "J": "Joseph", "K": "Kléber", "L": "Louis",
    "M": "Marcel", "N": "Nicolas", "O": "Oscar", "P": "Pierre", "Q": "Quintal", "R": "Raoul",
    "S": "Suzanne", "T": "Thérèse", "U": "Ursule", "V": "Victor", "W": "William", "X": "Xavier",
    "Y": "Yvonne", "Z": "Zoé",
}  # fmt: skip


def belgian(value: int) -> str:
    """Below a hundred, as in Belgium or Switzerland."""
    ten, unit = value - value % 10, value % 10
    if ten not in ELSEWHERE:
        return say_number(value)
    head = ELSEWHERE[ten]
    return head if not unit else f"{head} et un" if unit == 1 else f"{head}-{say_number(unit)}"


def read(text: str) -> int | None:
    tokens = [word.plain for word in words(text)]
    found = read_number(tokens)
    return found[0] if found and found[1] == len(tokens) else None


@given(st.integers(0, 99))
def test_numbers_as_in_belgium_and_switzerland(value):
    assert read(belgian(value)) == value


@given(st.integers(0, 999_999), st.sampled_from(("-", " ")), st.booleans())
def test_numbers_with_hyphens_or_without_in_capitals_or_not(value, joined, loud):
    text = say_number(value).replace("-", joined)
    assert read(text.upper() if loud else text) == value


@given(st.integers(11, 19), st.integers(1, 99))
def test_years_in_hundreds(hundreds, rest):
    assert read(f"{say_number(hundreds)} cent {say_number(rest)}") == 100 * hundreds + rest


@given(st.integers(0, 10**9))
def test_telephone_numbers_in_every_way(seed):
    said = dictation(seed)
    # "Six cent vingt cinq cent vingt huit" has two meanings, and so has what is cut in two after
    # "soixante, onze": the read-back tells.
    assume(said.way not in ("hundreds", "in two"))
    found = None
    for parts in said.turns:
        text = " ".join(part for part in parts if isinstance(part, str))
        found = continue_phone(found.number, text) if found else read_phone(text, expected=True)
        assert found is not None, text
    assert found is not None and (found.number, found.complete) == (said.number, True)


@given(st.integers(0, 10**9))
def test_what_is_read_back_is_the_number_abroad_too(seed):
    number = dictation(seed).number
    for text in (spell_back(number), " ".join(p for p in again(number) if isinstance(p, str))):
        found = read_phone(text, expected=True)
        assert found is not None and (found.number, found.complete) == (number, True)


@given(st.integers(0, 10**9), st.integers(1, 4), st.integers(0, 99))
def test_a_pair_put_right_is_right(seed, pair, other):
    digits = national(dictation(seed).number)
    assume(len(digits) == 10)
    at, new = 2 * pair, f"{other:02d}"
    wrong = valid(digits[:at] + new + digits[at + 2 :])
    # Which of two alike is meant cannot be told.
    pairs = [digits[i : i + 2] for i in range(0, 10, 2)]
    assume(wrong and new != digits[at : at + 2] and new not in pairs)
    right, heard = (say_pair(text) for text in (digits[at : at + 2], new))
    for text in (
        f"non c'est {right} au lieu de {heard}",
        f"non, c'est pas {heard}, c'est {right}",
        f"{right} et pas {heard}",
    ):
        assert national(corrected(wrong, text) or "") == digits


def say_pair(pair: str) -> str:
    return f"zéro {say_number(int(pair[1]))}" if pair[0] == "0" else say_number(int(pair))


@given(st.dates(NOW.date() + timedelta(1), NOW.date() + timedelta(300)), st.integers(0, 3))
def test_days_in_every_way(day, way):
    number = "premier" if day.day == 1 else say_number(day.day)
    month, name = MONTHS[day.month - 1], DAYS[day.weekday()]
    text = (
        f"le {number} {month}", f"{name} {number} {month}", f"{day:%d/%m/%Y}",
        f"plutôt le {day.day} {month} si possible",
    )[way]  # fmt: skip
    found = read_date(text, NOW)
    assert found is not None and found.day == day


@given(st.integers(1, 90), st.booleans())
def test_days_from_now_in_every_zone_and_season(days, summer):
    now = NOW.replace(month=7) if summer else NOW
    ahead = {8: 7, 15: 14}.get(days, days)
    found = read_date(f"dans {say_number(days)} jours", now)
    if days == 1:
        found = read_date("demain", now)
    assert found is not None and found.day == (now + timedelta(days=ahead)).date()


@given(st.times(), st.integers(0, 3))
def test_hours_in_every_way(at, way):
    at = at.replace(second=0, microsecond=0)
    text = (f"demain à {say_time(at)}", f"demain {at:%H}h{at:%M}", f"demain à {at:%H:%M}",
            f"demain vers {say_time(at)} s'il vous plaît")[way]  # fmt: skip
    found = read_date(text, NOW)
    assert found is not None and found.iso == f"2026-01-15T{at:%H:%M}"


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), st.integers(1, 47))
@example(datetime(2026, 3, 29, 1, 0), 2)
@example(datetime(2026, 10, 25, 1, 0), 3)
def test_hours_from_now_are_hours_that_pass(moment, hours):
    now = moment.replace(second=0, microsecond=0, tzinfo=PARIS)
    text = "dans une heure" if hours == 1 else f"dans {say_number(hours)} heures"
    found = read_date(text, now)
    later = (now.astimezone(ZoneInfo("UTC")) + timedelta(hours=hours)).astimezone(PARIS)
    assert found is not None and found.iso == f"{later:%Y-%m-%dT%H:%M}"


@given(st.sampled_from((4, 6, 9, 11)), st.integers(2026, 2040))
def test_the_thirty_first_of_a_short_month_never_comes(month, year):
    text = f"le trente et un {MONTHS[month - 1]} {say_number(year)}"
    assert read_date(text, NOW) is None
    assert no_such_moment(text, NOW) == text


@given(st.dates(NOW.date() - timedelta(300), NOW.date() + timedelta(300)), st.none() | st.times())
def test_what_is_read_back_is_the_moment(day, at):
    iso = f"{day}T{at:%H:%M}" if at else day.isoformat()
    assume(at is None or at not in (time(2), time(3)) or day.month not in (3, 10))
    found = read_date(say_date(iso, NOW), NOW)
    assert found is not None and found.iso[: len(iso)] == iso


letters = st.text(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVXYZ"), min_size=3, max_size=12)


@given(letters, st.integers(0, 3))
def test_spelt_names_in_every_way(name, way):
    text = (
        " ".join(name.lower()),
        "-".join(name),
        " ".join(f"{c} comme {WORDS_OF_LETTERS[c]}" for c in name),
        "ça s'écrit " + ", ".join(name.lower()),
    )[way]
    found = read_name(text, expected=True)
    assert found is not None and found.value.upper() == name


@given(st.text(st.sampled_from(sorted(NAMES_OF_LETTERS)), min_size=3, max_size=12))
def test_letters_as_an_ear_writes_their_names(name):
    text = "ça s'écrit " + " ".join(NAMES_OF_LETTERS[c] for c in name)
    found = read_name(text, expected=True)
    assert found is not None and found.value.upper() == name


@given(st.text(st.sampled_from("BCFGHJKLMNPQRSTVXZ"), min_size=1, max_size=3), st.integers(1, 9999))
def test_references_in_every_way(head, number):
    value = f"{head}{number}"
    for text in (
        f"{' '.join(head.lower())} {say_number(number)}",
        f"{' '.join(f'{c} comme {WORDS_OF_LETTERS[c]}' for c in head)} {say_number(number)}",
        f"c'est {' '.join(head.lower())} {' '.join(say_number(int(d)) for d in str(number))}",
        f"{head}{number}",
    ):
        found = read_reference(text, expected=True)
        assert found is not None and fold(found.value) == fold(value), text
