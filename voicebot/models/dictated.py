"""What people dictate, in letters: numbers, telephone numbers, dates, times, spelling."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

_ONES = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix sept", "dix huit", "dix neuf",
)  # fmt: skip
_TENS = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")


def cardinal(number: int, *, swiss: bool = False) -> str:
    """0 to 999,999 as it is spoken, words apart: 97 is "quatre vingt dix sept"."""
    if number >= 1_000:
        head, rest = divmod(number, 1_000)
        start = "mille" if head == 1 else f"{cardinal(head, swiss=swiss)} mille"
        return start + (f" {cardinal(rest, swiss=swiss)}" if rest else "")
    if number >= 100:
        head, rest = divmod(number, 100)
        start = "cent" if head == 1 else f"{_ONES[head]} cent"
        return start + (f" {cardinal(rest, swiss=swiss)}" if rest else "")
    if number < 20:
        return _ONES[number]
    tens, one = divmod(number, 10)
    if swiss and tens in (7, 9):
        base = "septante" if tens == 7 else "nonante"
    elif tens >= 8:
        rest = number - 80
        return "quatre vingt" + (f" {_ONES[rest]}" if rest else "")
    elif tens == 7:
        return "soixante et onze" if one == 1 else f"soixante {_ONES[10 + one]}"
    else:
        base = _TENS[tens]
    return base + ("" if one == 0 else " et un" if one == 1 else f" {_ONES[one]}")


def _pair(rng: Random) -> str:
    value = rng.randrange(100)
    if value < 10:
        return f"zéro {_ONES[value]}" if rng.random() < 0.9 else "double zéro"
    if rng.random() < 0.06:
        return f"{_ONES[value // 10]} {_ONES[value % 10]}"
    return cardinal(value, swiss=rng.random() < 0.05)


def phone(rng: Random) -> str:
    """A French telephone number, in one of the ways people dictate it."""
    head = "zéro " + _ONES[rng.choices(range(1, 10), [4, 2, 2, 2, 2, 14, 8, 1, 2])[0]]
    style = rng.random()
    if style < 0.06:
        return f"{head} " + " ".join(_ONES[rng.randrange(10)] for _ in range(8))
    if style < 0.14:
        short = cardinal(rng.randrange(100, 1000))
        return f"{head} {short} {cardinal(rng.randrange(100, 1000))} {_pair(rng)}"
    if style < 0.2:
        head = head.replace("zéro", "plus trente trois")
    pairs = [_pair(rng) for _ in range(rng.choices((4, 2, 1, 3), (80, 8, 5, 7))[0])]
    if rng.random() < 0.06:
        pairs.insert(rng.randrange(len(pairs)), rng.choice(("euh", "et", "ensuite", "puis")))
    return " ".join([head, *pairs]) if rng.random() < 0.93 else " ".join(pairs)


def digits(rng: Random) -> str:
    """A code of two to six digits, one by one or in pairs."""
    count = rng.randint(2, 6)
    if rng.random() < 0.7:
        return " ".join(_ONES[rng.randrange(10)] for _ in range(count))
    return " ".join(_pair(rng) for _ in range(-(-count // 2)))


def number(rng: Random) -> str:
    """A number, small ones more often."""
    value = rng.choices(
        (rng.randrange(20), rng.randrange(100), rng.randrange(1000), rng.randrange(10_000)),
        (4, 6, 2, 1),
    )[0]
    return cardinal(value, swiss=rng.random() < 0.05)


def letter(rng: Random) -> str:
    """The name of a letter, as one token: "b." so that it is no word."""
    return rng.choices(LETTERS, [3 if c in "aeilnorst" else 1 for c in LETTERS])[0] + "."


def spelt(rng: Random, names: list[str]) -> str:
    """A name spelt letter by letter."""
    name = rng.choice(names)
    plain = name.translate(str.maketrans("àâäéèêëîïôöùûüç", "aaaeeeeiioouuuc"))
    out: list[str] = []
    for char in plain:
        if char.isalpha():
            doubled = len(out) > 0 and out[-1] == f"{char}." and rng.random() < 0.6
            if doubled:
                out[-1:] = ["deux", f"{char}."]
            else:
                out.append(f"{char}.")
                if rng.random() < 0.04:
                    out += ["comme", rng.choice(names)]
        elif rng.random() < 0.4:
            out += ["plus", "loin"] if rng.random() < 0.2 else ["espace"]
    return " ".join(out)


def reference(rng: Random) -> str:
    """A file number of letters and digits."""
    parts = [letter(rng) for _ in range(rng.randint(0, 3))]
    parts.insert(rng.randint(0, len(parts)), digits(rng))
    if rng.random() < 0.2:
        parts.insert(1, rng.choice(("tiret", "slash", "espace")))
    return " ".join(parts)


def date(rng: Random) -> str:
    """A day as it is spoken."""
    day, month = rng.choice(DAYS), rng.choice(MONTHS)
    rank = "premier" if (value := rng.randint(1, 31)) == 1 else cardinal(value)
    forms: tuple[Callable[[], str], ...] = (
        lambda: day,
        lambda: f"{day} prochain",
        lambda: f"{day} en huit",
        lambda: f"{day} matin",
        lambda: f"{day} après-midi",
        lambda: f"{day} soir",
        lambda: f"{day} {rank}",
        lambda: f"{day} {rank} {month}",
        lambda: f"le {rank} {month}",
        lambda: f"le {rank}",
        lambda: rng.choice(("demain", "demain matin", "demain soir", "demain après-midi")),
        lambda: rng.choice(("après-demain", "aujourd'hui", "ce soir", "ce matin", "hier")),
        lambda: rng.choice(("la semaine prochaine", "en fin de semaine", "ce week-end")),
        lambda: f"dans {cardinal(rng.randint(2, 20))} jours",
        lambda: rng.choice(("hier soir", "hier matin", "avant-hier", "cette nuit")),
        lambda: rng.choice(("dans une semaine", "dans quinze jours", "début " + month)),
        lambda: rng.choice(("fin ", "mi ", "courant ", "en ")) + month,
        lambda: f"{day} dernier",
    )
    return rng.choice(forms)()


def birthdate(rng: Random) -> str:
    """A date of birth."""
    rank = "premier" if (value := rng.randint(1, 31)) == 1 else cardinal(value)
    year = rng.randint(30, 99)
    spoken = f"mille neuf cent {cardinal(year)}" if rng.random() < 0.6 else cardinal(year)
    if rng.random() < 0.15:
        spoken = "deux mille " + cardinal(rng.randint(1, 25))
    month = rng.choice(MONTHS) if rng.random() < 0.85 else cardinal(rng.randint(1, 12))
    return f"{rank} {month} {spoken}"


def time_of_day(rng: Random) -> str:
    """A time as it is spoken."""
    hour = rng.randint(0, 23)
    spoken = {0: "minuit", 12: "midi", 1: "une heure", 21: "vingt et une heures"}.get(hour)
    base = spoken or f"{cardinal(hour)} heures"
    tail = rng.choice(("", "", "", "et demie", "et quart", "moins le quart", "trente", "quinze"))
    if rng.random() < 0.15:
        tail = cardinal(rng.choice((5, 10, 20, 25, 35, 40, 45, 50, 55)))
    if rng.random() < 0.12 and hour < 13:
        tail = (tail + " " + rng.choice(("du matin", "du soir", "pile"))).strip()
    return f"{base} {tail}".strip()


def postcode(rng: Random) -> str:
    """Five digits as a postcode is spoken."""
    head, tail = rng.randint(1, 95), rng.choice((0, 100, 200, 300, 400, 500, 600, 700, 800, 130))
    start = cardinal(head) if head > 9 else f"zéro {_ONES[head]}"
    return f"{start} {'mille' if tail == 0 else cardinal(tail)}"
