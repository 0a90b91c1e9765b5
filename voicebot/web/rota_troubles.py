"""One trouble of a rota in words, with what to do: for whoever plans the nights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from voicebot.clients.client import Client
from voicebot.oncall.slot import Span
from voicebot.oncall.trouble import Facts, Found, Trouble
from voicebot.web import people
from voicebot.web.oncall_times import dated, period
from voicebot.web.tongue import SOURCE, _, decimal, ngettext, spoken


def told(found: Found, client: Client) -> str:
    """What is wrong, in a sentence that begins with a capital and ends with a full stop."""
    return _SAID[found.kind](_Words(found.facts, client))


class _Words:
    """The facts of a trouble, as they are written on a page."""

    def __init__(self, facts: Facts, client: Client) -> None:
        self.facts = facts
        self._client = client
        self.client = client.name

    @property
    def rota(self) -> str:
        known = people.on_call_of(self._client).rotas.get(self.facts.rota)
        return _("Planning « %(name)s »", name=known.name if known else self.facts.rota)

    @property
    def who(self) -> str:
        return listed([people.names(self._client)(id) for id in self.facts.people])

    @property
    def when(self) -> str:
        spans = self.facts.spans
        first, more = period(*spans[0], self._client.timezone), len(spans) - 1
        if not more:
            return first
        return ngettext(
            "%(first)s, et %(num)s autre fois (%(hours)s h en tout)",
            "%(first)s, et %(num)s autres fois (%(hours)s h en tout)",
            more,
            first=first,
            hours=_hours(spans),
        )


def listed(names: Sequence[str]) -> str:
    """Karim, Léa et Thomas."""
    *first, last = names
    return _("%(first)s et %(last)s", first=", ".join(first), last=last) if first else last


def days(number: float) -> str:
    """1 jour, 2 jours; one and a half is still one, as French counts, and not in English."""
    still_one = number < 2 if spoken() == SOURCE else number == 1
    shown = decimal(number)
    return ngettext("%(num)s jour", "%(num)s jours", 1 if still_one else 2, num=shown)


def _hours(spans: Sequence[Span]) -> str:
    total = sum((end - start for start, end in spans), timedelta()) / timedelta(hours=1)
    return f"{total:.0f}"


def _unverified(words: _Words) -> str:
    who, number = words.who, words.facts.number
    if not number:
        return _(
            "%(who)s n'a aucun numéro vérifié. Envoyez-lui un code : voicebot rota verify "
            "%(client)s %(id)s.",
            who=who,
            client=words.client,
            id=words.facts.people[0],
        )
    return ngettext(
        "%(who)s : une adresse n'est pas vérifiée.",
        "%(who)s : %(num)s adresses ne sont pas vérifiées.",
        round(number),
        who=who,
    )


def _gone(words: _Words) -> str:
    change = words.facts.change
    if words.facts.people:
        return _(
            "%(rota)s : le changement n° %(change)s nomme %(who)s, qui n'est plus là. Annulez-le "
            "ou refaites-le.",
            rota=words.rota,
            change=change,
            who=words.who,
        )
    return _(
        "%(rota)s : il n'existe plus, et le changement n° %(change)s le concerne encore. "
        "Annulez-le.",
        rota=words.rota,
        change=change,
    )


def _notice(words: _Words) -> str:
    facts = words.facts
    known = {
        "rota": words.rota,
        "who": words.who,
        "least": days(facts.number),
        "begins": _day(facts.begins),
        "told": _day(facts.told),
    }
    if facts.change is not None:
        return ngettext(
            "%(rota)s : %(who)s a été prévenu le %(told)s pour le %(begins)s, moins de %(least)s "
            "avant (changement n° %(change)s).",
            "%(rota)s : %(who)s ont été prévenus le %(told)s pour le %(begins)s, moins de "
            "%(least)s avant (changement n° %(change)s).",
            len(facts.people),
            change=facts.change,
            **known,
        )
    if facts.told is None:
        return _(
            "%(rota)s : une rotation commence le %(begins)s, et rien ne dit que l'équipe est "
            "prévenue (%(who)s). Écrivez la date dans « told » : il faut %(least)s.",
            **known,
        )
    return _(
        "%(rota)s : une rotation commence le %(begins)s, et l'équipe (%(who)s) a été prévenue le "
        "%(told)s : moins de %(least)s avant.",
        **known,
    )


def _rest(words: _Words) -> str:
    known = {"who": words.who, "when": words.when}
    number = words.facts.number
    if words.facts.per == "row":
        row = days(number)
        return _("%(who)s est d'astreinte plus de %(days)s de suite, %(when)s.", days=row, **known)
    hours = decimal(number)
    if words.facts.per == "daily":
        return _(
            "%(who)s a moins de %(hours)s h de repos quotidien %(when)s.", hours=hours, **known
        )
    return _("%(who)s a moins de %(hours)s h de repos hebdomadaire %(when)s.", hours=hours, **known)


def _day(day: date | None) -> str:
    return f"{dated(day)} {day.year}" if day else ""


_SAID: dict[Trouble, Callable[[_Words], str]] = {
    Trouble.NOBODY: lambda w: _(
        "%(rota)s : personne n'y est inscrit. Donnez-lui une rotation qui commence avant, ou "
        "supprimez-le.",
        rota=w.rota,
    ),
    Trouble.GAP: lambda w: _(
        "%(rota)s : personne n'est d'astreinte %(when)s. Ajoutez un remplacement ou un créneau, "
        "ou dites dans « covers » quand il faut quelqu'un.",
        rota=w.rota,
        when=w.when,
    ),
    Trouble.THIN: lambda w: _(
        "%(rota)s : personne n'est d'astreinte au niveau %(level)s %(when)s. Le niveau suivant "
        "est appelé d'abord.",
        rota=w.rota,
        level=w.facts.level,
        when=w.when,
    ),
    Trouble.OVERLAP: lambda w: _(
        "%(rota)s, niveau %(level)s : %(who)s sont d'astreinte en même temps %(when)s. Si c'est "
        "voulu, écrivez « together: true ».",
        rota=w.rota,
        level=w.facts.level,
        who=w.who,
        when=w.when,
    ),
    Trouble.NO_NUMBER: lambda w: _(
        "%(who)s n'a pas de téléphone à appeler. Ajoutez « ring » dans oncall.yml.", who=w.who
    ),
    Trouble.UNVERIFIED: _unverified,
    Trouble.GONE: _gone,
    Trouble.NOTICE: _notice,
    Trouble.REST: _rest,
}
"""How each kind is told."""
