"""The grammar of what a flow awaits from a caller who speaks English."""

from __future__ import annotations

from voicebot.dialogue.expectation import Expectation, Kind
from voicebot.speech.english.lexicon import pronunciations
from voicebot.speech.english.numbers import (
    LETTER,
    NUMBER,
    UNIT,
    date_rule,
    number_again,
    number_rule,
    phone_rule,
    reference_rule,
)
from voicebot.speech.english.phones import INDEX
from voicebot.speech.english.words import tokens
from voicebot.speech.grammar import Either, Loop, Maybe, Names, Rule, either, grow, lines, row
from voicebot.speech.graph import Graph, GraphBuilder
from voicebot.speech.language_model import SCALE
from voicebot.speech.spoken_names import KnownNames, known

_AGAIN = 2.5
"""What it costs to say the number again rather than yes or no."""
_HESITATION = Maybe(lines("uh / um / well / so / er / okay / oh / hmm / let me see / yes so"), 2.0)
_POLITE = Maybe(
    lines("please / thank you / thanks / that's it / that's right / thank you very much"), 2.5
)

_YES = """yes / yes yes / yeah / yep / yes please / yes that's right / that's right
 that's correct / yes that's correct / correct / exactly / yes exactly / right / sure / of course
 yes of course / okay / ok / yes okay / all right / fine / that's fine / yes that's fine / perfect
 absolutely / yes it is / yes i do / i do / yes i did / yes i am / yes we are
 yes we do / yes thank you
 definitely / certainly / great / sounds good / please do / yes i think so / i think so / yup
 go ahead / yes go ahead / yes sure / yeah that's right / yeah sure / that's it / yes that's it
 no problem / why not / please / indeed / that works / yes that works / yes absolutely / uh yes"""
_NO = """no / no no / no thank you / no thanks / nope / not really / no not really / that's wrong
 no that's wrong / no that's not right / that's not right / it's not / no it's not / no it isn't
 not at all / no not at all / i don't think so / no i don't think so / no i don't / no i didn't
 i don't / no we don't / not yet / no not yet / no that's all / that's all / nothing else
 no nothing else / no that's not correct / wrong / no sorry / sorry no / never / absolutely not
 of course not / no i'm not / no we're not / not quite / i'm afraid not / no way / no i can't
 no you got it wrong / no that's not my number / no that's not my name / no that is all"""
_UNSURE = """i don't know / i'm not sure / maybe / perhaps / no idea / i have no idea / it depends
 i can't remember / i don't remember / hold on / wait a minute / one moment / just a moment"""


def expected_graph(
    expectation: Expectation, words: tuple[str, ...], names: KnownNames
) -> Graph | None:
    """The graph of what is awaited; None where anything may come."""
    rule = _rule(expectation, words, names)
    if rule is None:
        return None
    builder = GraphBuilder(pronunciations, INDEX, tokens)
    start, end = builder.state(), builder.state()
    builder.silence(start)
    builder.final(end)
    if expectation.instead is Kind.PHONE_NUMBER:
        grow(builder, number_again(), start, end, _AGAIN)
    grow(builder, row(_HESITATION, rule, _POLITE), start, end)
    return builder.build(SCALE)


def _rule(expectation: Expectation, words: tuple[str, ...], names: KnownNames) -> Rule | None:
    match expectation.kind:
        case Kind.YES_NO:
            return Either((lines(_YES), lines(_NO), lines(_UNSURE)), (0.8, 0.8, 3.0))
        case Kind.PHONE_NUMBER:
            return phone_rule()
        case Kind.NUMBER:
            return number_rule()
        case Kind.DATE:
            return date_rule()
        case Kind.NAME:
            return name_rule(words, names)
        case Kind.ADDRESS:
            return address_rule(words, names)
        case Kind.REFERENCE:
            return reference_rule()
        case Kind.PHRASES if expectation.phrases:
            return Either(tuple(expectation.phrases))
        case _:
            return None


def name_rule(words: tuple[str, ...], names: KnownNames) -> Rule:
    """A person's name, said or spelt; a client's own words may be names."""
    before = lines(
        """my name is / it's / this is / i'm / i am / the name is / yes it's / yes my name is
        hi it's / hello my name is / my name's / my last name is / the booking is under
        yes this is"""
    )
    last = known((Names(names.surname), 0.4), (Names(names.firstname), 2.0), (Names(words), 1.6))
    first = Names(names.firstname)
    told = row(
        Maybe(before, 0.7),
        known(
            (row(lines("mr / mrs / miss / doctor / mister / ms"), last), 1.5),
            (row(first, last), 0.6),
            (last, 1.5),
            (first, 2.5),
        ),
        Maybe(lines("speaking / here / from london / calling"), 3.0),
    )
    like = row(lines("as in / for / like"), Names(names.firstname))
    signs = lines("hyphen / dash / apostrophe / space / double u.")
    letter = Either((row(LETTER, Maybe(like, 3.5)), row("double", LETTER), signs), (0.2, 2.5, 4.0))
    spelt = row(
        Maybe(lines("that's / it's spelled / spelled / i'll spell it / let me spell it / so"), 1.5),
        Loop(letter, again=0.1, least=2),
    )
    return Either((told, row(told, spelt), spelt), (0.4, 2.0, 1.8))


def address_rule(words: tuple[str, ...], names: KnownNames) -> Rule:
    """A number, a street with the French or the English word for it, a town."""
    before = lines(
        """i'm at / we're at / it's / the address is / my address is / it's at / i live at
        we are at / i'm staying at / we're staying at / i'm in / we're in / at / in"""
    )
    way = lines(
        """rue / avenue / boulevard / place / street / road / square / quai / chemin / route
        impasse / allée / lane / cours"""
    )
    street = known(
        (Names(names.street), 0.7), (Names(words), 1.6), (Names(names.surname), 2.0),
        (Names(names.town), 2.3),
    )  # fmt: skip
    town = row(Maybe(lines("in / near"), 0.5), known((Names(names.town), 0.5), (Names(words), 1.2)))
    floor = row("on the", lines("first / second / third / fourth / fifth / ground / top"), "floor")
    inside = Maybe(
        either(
            floor, row(lines("apartment / flat / building / door"), either(UNIT, LETTER, NUMBER))
        ),
        2.5,
    )
    french = row(Maybe(NUMBER, 0.3), way, street)
    english = row(Maybe(NUMBER, 0.3), street, lines("street / road / avenue / square / lane"))
    whole = row(Either((french, english), (0.3, 1.5)), inside, Maybe(town, 0.7))
    return row(Maybe(before, 0.9), Either((whole, town), (0.3, 2.0)))
