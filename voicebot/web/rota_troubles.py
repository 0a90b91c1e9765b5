"""One trouble of a rota in French, with what to do: for whoever plans the nights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from voicebot.clients.client import Client
from voicebot.oncall.slot import Span
from voicebot.oncall.trouble import Facts, Found, Trouble
from voicebot.web import people
from voicebot.web.oncall_times import long_day, period


def told(found: Found, client: Client) -> str:
    """What is wrong, in a sentence that begins with a capital and ends with a full stop."""
    return _SAID[found.kind](_Words(found.facts, client))


class _Words:
    """The facts of a trouble, as they are written on a French page."""

    def __init__(self, facts: Facts, client: Client) -> None:
        self.facts = facts
        self._client = client
        self.client = client.name

    @property
    def rota(self) -> str:
        known = people.on_call_of(self._client).rotas.get(self.facts.rota)
        return f"Planning « {known.name if known else self.facts.rota} »"

    @property
    def who(self) -> str:
        return listed([people.names(self._client)(id) for id in self.facts.people])

    @property
    def when(self) -> str:
        spans = self.facts.spans
        first, more = period(*spans[0], self._client.timezone), len(spans) - 1
        if not more:
            return first
        return f"{first}, et {counted(more, 'autre fois', 'autres fois')} ({_hours(spans)})"


def listed(names: Sequence[str]) -> str:
    """Karim, Léa et Thomas."""
    *first, last = names
    return f"{', '.join(first)} et {last}" if first else last


def counted(number: float, one: str, more: str) -> str:
    """1 jour, 2 jours; one and a half is still one, as French counts."""
    return f"{number:g} {one if number < 2 else more}".replace(".", ",")


def _hours(spans: Sequence[Span]) -> str:
    total = sum((end - start for start, end in spans), timedelta()) / timedelta(hours=1)
    return f"{total:.0f} h en tout"


def _unverified(words: _Words) -> str:
    if not words.facts.number:
        return (
            f"{words.who} n'a aucun numéro vérifié. Envoyez-lui un code : voicebot rota verify "
            f"{words.client} {words.facts.people[0]}."
        )
    if words.facts.number < 2:
        return f"{words.who} : une adresse n'est pas vérifiée."
    return f"{words.who} : {words.facts.number:g} adresses ne sont pas vérifiées."


def _gone(words: _Words) -> str:
    change = f"changement n° {words.facts.change}"
    if words.facts.people:
        return (
            f"{words.rota} : le {change} nomme {words.who}, qui n'est plus là. Annulez-le ou "
            "refaites-le."
        )
    return f"{words.rota} : il n'existe plus, et le {change} le concerne encore. Annulez-le."


def _notice(words: _Words) -> str:
    facts = words.facts
    least = counted(facts.number, "jour", "jours")
    begins = _day(facts.begins)
    if facts.change is not None:
        warned = "a été prévenu" if len(facts.people) == 1 else "ont été prévenus"
        return (
            f"{words.rota} : {words.who} {warned} le {_day(facts.told)} pour le {begins}, moins de "
            f"{least} avant (changement n° {facts.change})."
        )
    if facts.told is None:
        return (
            f"{words.rota} : une rotation commence le {begins}, et rien ne dit que l'équipe est "
            f"prévenue ({words.who}). Écrivez la date dans « told » : il faut {least}."
        )
    return (
        f"{words.rota} : une rotation commence le {begins}, et l'équipe ({words.who}) a été "
        f"prévenue le {_day(facts.told)} : moins de {least} avant."
    )


def _rest(words: _Words) -> str:
    number = words.facts.number
    if words.facts.per == "row":
        days = counted(number, "jour", "jours")
        return f"{words.who} est d'astreinte plus de {days} de suite, {words.when}."
    kind = {"daily": "quotidien", "weekly": "hebdomadaire"}[words.facts.per]
    hours = f"{number:g} h".replace(".", ",")
    return f"{words.who} a moins de {hours} de repos {kind} {words.when}."


def _day(day: date | None) -> str:
    return f"{long_day(day).lower()} {day.year}" if day else ""


_SAID: dict[Trouble, Callable[[_Words], str]] = {
    Trouble.NOBODY: lambda w: (
        f"{w.rota} : personne n'y est inscrit. Donnez-lui une rotation qui commence avant, ou "
        "supprimez-le."
    ),
    Trouble.GAP: lambda w: (
        f"{w.rota} : personne n'est d'astreinte {w.when}. Ajoutez un remplacement ou un créneau, "
        "ou dites dans « covers » quand il faut quelqu'un."
    ),
    Trouble.THIN: lambda w: (
        f"{w.rota} : personne n'est d'astreinte au niveau {w.facts.level} {w.when}. Le niveau "
        "suivant est appelé d'abord."
    ),
    Trouble.OVERLAP: lambda w: (
        f"{w.rota}, niveau {w.facts.level} : {w.who} sont d'astreinte en même temps {w.when}. Si "
        "c'est voulu, écrivez « together: true »."
    ),
    Trouble.NO_NUMBER: lambda w: (
        f"{w.who} n'a pas de téléphone à appeler. Ajoutez « ring » dans oncall.yml."
    ),
    Trouble.UNVERIFIED: _unverified,
    Trouble.GONE: _gone,
    Trouble.NOTICE: _notice,
    Trouble.REST: _rest,
}
"""How each kind is told."""
