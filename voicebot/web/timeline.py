"""What happened to an alert, line by line, as an operator reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from voicebot.delivery.letter import Channel
from voicebot.delivery.standing import WITHDRAWN, State
from voicebot.oncall.alert import AlertChange, Happening
from voicebot.store.outbox import Posted
from voicebot.web import oncall_labels as labels
from voicebot.web.labels import urgency
from voicebot.web.times import clock
from voicebot.web.tongue import N_, _, ngettext

Names = Callable[[str], str]


@dataclass(frozen=True)
class Line:
    """One line: when, what, who, and how it stands."""

    key: str
    """The same while the line is about the same, so that a page changes it in place."""
    at: datetime
    kind: str
    """For its look: the happening's name, or letter."""
    text: str
    detail: str = ""
    until: datetime | None = None
    """When a ring ended."""
    tone: str = ""
    """good, bad, or nothing."""
    call_id: str = ""
    """The call that it speaks of."""


def timeline(
    changes: Iterable[AlertChange], letters: Iterable[Posted], names: Names, zone: ZoneInfo
) -> tuple[Line, ...]:
    """The lines, the first thing that happened first.

    Args:
        changes: of the alert, in order.
        letters: posted for it.
        names: makes a person's name of his id.
        zone: the client's, for the times that a line speaks of.
    """
    lines: list[Line] = []
    rings: dict[str, int] = {}
    for number, change in enumerate(changes):
        if change.kind is Happening.WRITTEN:
            continue  # the letter itself tells more: how it stands
        if change.kind is Happening.RING_ENDED and _ring(change) in rings:
            place = rings.pop(_ring(change))
            lines[place] = _ended(lines[place], change, names)
            continue
        if change.kind is Happening.RUNG:
            if _ring(change) in rings:
                continue  # the exchange had refused it; the same ring is made again
            rings[_ring(change)] = len(lines)
        lines.append(_line(number, change, names))
        if change.kind is Happening.ARRIVING:
            lines[-1] = replace(lines[-1], detail=_arrival(change, zone))
    lines += [_letter(posted, names) for posted in letters if _shown(posted)]
    return tuple(sorted(lines, key=lambda line: line.at))


def _shown(posted: Posted) -> bool:
    """Webhooks tell of these very lines: only one that failed is news."""
    return posted.letter.way is not Channel.WEBHOOK or posted.standing.state is State.FAILED


def _ring(change: AlertChange) -> str:
    return str(change.data.get("key") or change.who)


def _line(number: int, change: AlertChange, names: Names) -> Line:
    text, detail, tone = TOLD[change.kind](change, names)
    call_id = str(change.data.get("call_id") or "")
    return Line(
        f"c{number}", change.at, change.kind.value, text, detail, tone=tone, call_id=call_id
    )


def _ended(line: Line, change: AlertChange, names: Names) -> Line:
    told = _line(0, change, names)
    return replace(line, text=told.text, detail=told.detail, tone=told.tone, until=change.at)


def _letter(posted: Posted, names: Names) -> Line:
    letter, standing = posted.letter, posted.standing
    to = names(letter.technician) if letter.technician else ""
    withdrawn = standing.code == WITHDRAWN
    detail = labels.letter_state(WITHDRAWN if withdrawn else standing.state.value)
    if standing.state.value in ("pending", "sending", "failed") and standing.code and not withdrawn:
        detail += f" ({standing.code})"
    if standing.attempts > 1:
        detail += ngettext(", %(num)s essai", ", %(num)s essais", standing.attempts)
    tone = "bad" if standing.state is State.FAILED and not withdrawn else ""
    text = labels.letter(letter.way.value)
    if to:
        text = _("%(letter)s à %(name)s", letter=text, name=to)
    return Line(f"l{posted.id}", letter.at, "letter", text, detail, tone=tone)


Told = tuple[str, str, str]


def _triggered(change: AlertChange, names: Names) -> Told:
    return _("Alerte déclenchée"), _why(change.data), ""


def _joined(change: AlertChange, names: Names) -> Told:
    return _("Un autre appel pour la même affaire"), "", ""


def _worsened(change: AlertChange, names: Names) -> Told:
    return _("L'affaire s'aggrave"), _why(change.data), "bad"


def _why(data: Mapping[str, Any]) -> str:
    grave = urgency(data["urgency"]) if data.get("urgency") else ""
    rule = _("règle %(rule)s", rule=data["rule"]) if data.get("rule") else ""
    return " · ".join(filter(None, (grave, rule)))


def _rung(change: AlertChange, names: Names) -> Told:
    return _call(change, names, None), _step(change.data), ""


def _ring_ended(change: AlertChange, names: Names) -> Told:
    outcome = str(change.data.get("outcome") or "")
    tone = "good" if outcome in labels.GOOD_RINGS else "bad"
    if outcome == "caller_left":
        tone = ""
    return _call(change, names, outcome), _step(change.data), tone


def _call(change: AlertChange, names: Names, outcome: str | None) -> str:
    return _(
        "Appel à %(name)s\N{NO-BREAK SPACE}: %(outcome)s",
        name=_person(change, names),
        outcome=labels.ring(outcome),
    )


def _step(data: Mapping[str, Any]) -> str:
    if data.get("procedure"):
        return _("procédure d'urgence")
    step = data.get("step")
    return _("étape %(number)s", number=step + 1) if isinstance(step, int) else ""


def _written(change: AlertChange, names: Names) -> Told:
    return _named(N_("Message à %(name)s"), change, names), labels.way(change.by.value), ""


def _nobody(change: AlertChange, names: Names) -> Told:
    return _("Personne à joindre à cette étape"), _step(change.data), "bad"


def _procedure(change: AlertChange, names: Names) -> Told:
    told = _("Personne n'a répondu\N{NO-BREAK SPACE}: la procédure d'urgence du client commence")
    return told, "", "bad"


def _exhausted(change: AlertChange, names: Names) -> Told:
    told = _("Personne n'a pu être joint\N{NO-BREAK SPACE}: quelqu'un doit s'en occuper maintenant")
    return told, "", "bad"


def _acknowledged(change: AlertChange, names: Names) -> Told:
    text = _named(N_("Prise en charge par %(name)s"), change, names)
    return text, labels.way(change.by.value), "good"


def _declined(change: AlertChange, names: Names) -> Told:
    text = _named(N_("%(name)s ne peut pas venir"), change, names)
    return text, labels.way(change.by.value), "bad"


def _arriving(change: AlertChange, names: Names) -> Told:
    text = _named(N_("%(name)s annonce son arrivée"), change, names)
    return text, labels.way(change.by.value), "good"


def _arrival(change: AlertChange, zone: ZoneInfo) -> str:
    try:
        there = datetime.fromisoformat(str(change.data.get("at")))
    except ValueError:
        return ""
    return _("vers %(time)s", time=clock(there.astimezone(zone)))


def _started(change: AlertChange, names: Names) -> Told:
    return _named(N_("Début de l'intervention de %(name)s"), change, names), _noted(change), ""


def _stopped(change: AlertChange, names: Names) -> Told:
    return _named(N_("Fin de l'intervention de %(name)s"), change, names), _noted(change), ""


def _noted(change: AlertChange) -> str:
    by = change.data.get("noted_by")
    return _("noté par %(name)s", name=by) if by else labels.way(change.by.value)


def _closed(change: AlertChange, names: Names) -> Told:
    return _named(N_("Close par %(name)s"), change, names), labels.way(change.by.value), "good"


def _named(sentence: str, change: AlertChange, names: Names) -> str:
    return _(sentence, name=_person(change, names))


def _person(change: AlertChange, names: Names) -> str:
    return str(change.data.get("name") or "") or names(change.who) or _("personne de connu")


TOLD: Mapping[Happening, Callable[[AlertChange, Names], Told]] = {
    Happening.TRIGGERED: _triggered,
    Happening.JOINED: _joined,
    Happening.WORSENED: _worsened,
    Happening.RUNG: _rung,
    Happening.RING_ENDED: _ring_ended,
    Happening.WRITTEN: _written,
    Happening.NOBODY: _nobody,
    Happening.PROCEDURE: _procedure,
    Happening.EXHAUSTED: _exhausted,
    Happening.ACKNOWLEDGED: _acknowledged,
    Happening.DECLINED: _declined,
    Happening.ARRIVING: _arriving,
    Happening.STARTED: _started,
    Happening.ENDED: _stopped,
    Happening.CLOSED: _closed,
}
"""For each happening: its text, its detail, its tone."""
