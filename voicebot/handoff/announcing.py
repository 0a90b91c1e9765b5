"""What callers and persons are told during a transfer: in French and in English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from voicebot.clients.transfer import Instructions
from voicebot.french.normalise import words
from voicebot.handoff.order import ToCaller, ToPerson

STILL = (ToCaller.STILL, ToCaller.STILL_BUSY)
"""Said again and again, with how long he has been waiting."""
MESSAGE_KEY = "2"
"""As in the flow that answers a call."""
_MESSAGE_WORDS = frozenset(
    ("message", "messages", "messagerie", "rappeler", "rappelez", "rappelle", "rappel", "annuler")
)
_MESSAGE_WORDS_EN = frozenset(("message", "voicemail", "callback", "cancel"))


@dataclass(frozen=True)
class _Language:
    caller: Mapping[ToCaller, str]
    nameless: Mapping[ToCaller, str]
    """In place of those above where there is no name."""
    way_out: str
    still_way_out: str
    minutes: tuple[str, ...]
    """How long he has been waiting, in minutes; the last one for all that are more."""
    person: Mapping[ToPerson, str]
    next: str
    nth: Mapping[int, str]
    """Who is rung next, by how many were rung with this one."""


_FR = _Language(
    caller={
        ToCaller.PUT_THROUGH: "Je vous passe {name}.",
        ToCaller.CALLING: "Je vous passe {name}, restez en ligne.",
        ToCaller.NEXT: "Pas encore de réponse. Je vous passe {name}, restez en ligne.",
        ToCaller.STILL: "J'essaie toujours de joindre {name}.",
        ToCaller.LOST: "La communication avec {name} s'est coupée. Restez en ligne, je cherche "
        "quelqu'un d'autre.",
    },
    nameless={
        ToCaller.PUT_THROUGH: "Je vous passe un collègue.",
        ToCaller.CALLING: "Je vous mets en relation avec quelqu'un, restez en ligne.",
        ToCaller.CALLING_ONE: "Je vous mets en relation avec un collègue, restez en ligne.",
        ToCaller.NEXT: "Pas encore de réponse. J'essaie quelqu'un d'autre, restez en ligne.",
        ToCaller.ON_CALL: "J'appelle {on_call}, restez en ligne.",
        ToCaller.NEXT_ON_CALL: "Pas encore de réponse. Je joins {nth}, restez en ligne.",
        ToCaller.BUSY: "Tous mes collègues sont en ligne. Le premier qui se libère vous répond, "
        "restez en ligne.",
        ToCaller.STILL: "Je continue d'appeler, vous êtes toujours en ligne avec moi.",
        ToCaller.STILL_BUSY: "Mes collègues sont toujours en ligne. Le premier qui se libère vous "
        "répond.",
        ToCaller.LOST: "La communication s'est coupée. Restez en ligne, je cherche quelqu'un "
        "d'autre.",
    },
    way_out="À tout moment, dites « message » ou tapez 2 pour laisser un message.",
    still_way_out="Pour laisser un message, dites « message » ou tapez 2.",
    minutes=(
        "",
        "Voilà une minute que vous patientez, et personne n'a encore répondu.",
        "Voilà deux minutes que vous patientez, et personne n'a encore répondu.",
        "Vous patientez depuis plusieurs minutes, et personne n'a encore répondu.",
    ),
    person={
        ToPerson.TOO_LATE: "Merci, un collègue vient de prendre l'appel.",
        ToPerson.CALLER_LEFT: "L'appelant a raccroché.",
        ToPerson.NOT_NEEDED: "Merci, l'appel n'est plus en attente.",
        ToPerson.GIVEN_BACK: "L'assistant reprend l'appel. Merci.",
        ToPerson.HELD: "Un instant, je vous mets en relation.",
        ToPerson.NOT_JOINED: "Je n'ai pas pu vous mettre en relation.",
    },
    next="la personne suivante",
    nth={
        2: "la deuxième personne d'astreinte",
        3: "la troisième personne d'astreinte",
        4: "la quatrième personne d'astreinte",
    },
)
_EN = _Language(
    caller={
        ToCaller.PUT_THROUGH: "Here is {name}.",
        ToCaller.CALLING: "I am putting you through to {name}. Please hold the line.",
        ToCaller.NEXT: "No answer yet. I am putting you through to {name}. Please hold the line.",
        ToCaller.STILL: "I am still trying to reach {name}.",
        ToCaller.LOST: "The line to {name} was cut. Please hold, I am looking for somebody else.",
    },
    nameless={
        ToCaller.PUT_THROUGH: "I am putting you through to a colleague now.",
        ToCaller.CALLING: "I am putting you through. Please hold the line.",
        ToCaller.CALLING_ONE: "I am putting you through to a colleague. Please hold the line.",
        ToCaller.NEXT: "No answer yet. I am trying somebody else. Please hold the line.",
        ToCaller.ON_CALL: "I am calling {on_call}. Please hold the line.",
        ToCaller.NEXT_ON_CALL: "No answer yet. I am calling {nth}. Please hold the line.",
        ToCaller.BUSY: "All my colleagues are on the line. The first one free will answer you. "
        "Please hold.",
        ToCaller.STILL: "I am still calling, and I am still here with you.",
        ToCaller.STILL_BUSY: "My colleagues are still on the line. The first one free will answer "
        "you.",
        ToCaller.LOST: "The line was cut. Please hold, I am looking for somebody else.",
    },
    way_out="At any moment, say: message, or press 2, to leave a message.",
    still_way_out="To leave a message, say: message, or press 2.",
    minutes=(
        "",
        "You have been waiting for a minute, and nobody has answered yet.",
        "You have been waiting for two minutes, and nobody has answered yet.",
        "You have been waiting for several minutes, and nobody has answered yet.",
    ),
    person={
        ToPerson.TOO_LATE: "Thank you, a colleague has just taken the call.",
        ToPerson.CALLER_LEFT: "The caller has hung up.",
        ToPerson.NOT_NEEDED: "Thank you, the call is no longer waiting.",
        ToPerson.GIVEN_BACK: "The assistant has the call again. Thank you.",
        ToPerson.HELD: "One moment, I am putting you through.",
        ToPerson.NOT_JOINED: "I could not put you through.",
    },
    next="the next person",
    nth={
        2: "the second person on call",
        3: "the third person on call",
        4: "the fourth person on call",
    },
)
_LANGUAGES = MappingProxyType({"fr": _FR, "en": _EN})


def to_caller(
    what: ToCaller,
    name: str,
    plan: Instructions,
    language: str,
    *,
    first: bool,
    waited_s: float,
    count: int = 0,
) -> str:
    """The words for the caller.

    Args:
        what: what he is told.
        name: of whom; empty for nobody in particular.
        plan: the client's instructions: what whoever is on call is called.
        language: his.
        first: whether nothing was told before: he learns how to leave a message instead, unless he
            is joined at once.
        waited_s: for how long he has been waiting.
        count: the how manieth person on call is rung; 0 where that is not told.
    """
    known = _LANGUAGES.get(language, _FR)
    text = (known.caller if name else known.nameless).get(what) or known.nameless[what]
    on_call = plan.on_call_name_en if known is _EN else plan.on_call_name
    said = [text.format(name=name, on_call=on_call, nth=known.nth.get(count, known.next))]
    if what in STILL:
        minutes = min(int(waited_s // 60), len(known.minutes) - 1)
        said = [known.minutes[minutes], *said, known.still_way_out]
    elif first and what is not ToCaller.PUT_THROUGH:
        said.append(known.way_out)
    return " ".join(part for part in said if part)


def to_person(word: ToPerson, language: str) -> str:
    """The words for a person who does not get the call, or has it no more."""
    return _LANGUAGES.get(language, _FR).person[word]


def wants_message(text: str, language: str) -> bool:
    """Whether a caller who waits asks to leave a message instead."""
    if language == "en":
        plain = " ".join(text.casefold().split())
        said = {word.strip(".,!?") for word in plain.split()}
        return bool(said & _MESSAGE_WORDS_EN) or "call me back" in plain
    return any(word.plain in _MESSAGE_WORDS for word in words(text))


def fixed(plan: Instructions) -> Iterator[tuple[str, str]]:
    """(text, language) of all that can be rendered before anybody calls: what has no name in it."""
    for language, known in _LANGUAGES.items():
        for what in ToCaller:
            for first in (False, True):
                for minutes in range(4) if what in STILL else range(1):
                    for count in (0, *known.nth) if what is ToCaller.NEXT_ON_CALL else (0,):
                        waited = minutes * 60.0
                        yield (
                            to_caller(
                                what, "", plan, language, first=first, waited_s=waited, count=count
                            ),
                            language,
                        )
        for word in ToPerson:
            yield to_person(word, language), language
