"""The grammar of what a flow awaits."""

from __future__ import annotations

from voicebot.dialogue.expectation import Expectation, Kind
from voicebot.speech.grammar import Either, Maybe, Rule, grow, lines, row
from voicebot.speech.graph import Graph, GraphBuilder
from voicebot.speech.language_model import SCALE
from voicebot.speech.lexicon import pronunciations
from voicebot.speech.spoken_names import KnownNames, address_rule, name_rule
from voicebot.speech.spoken_numbers import (
    date_rule,
    number_again,
    number_rule,
    phone_number,
    reference_rule,
)

_AGAIN = 2.5
"""What it costs to say the number again rather than yes or no."""
_HESITATION = Maybe(lines("euh / alors / ben / bah / alors euh / bon / donc / oui alors"), 2.0)
_POLITE = Maybe(lines("s'il vous plaît / merci / voilà / merci beaucoup / d'accord"), 2.5)


_YES = """oui / oui oui / ouais / d'accord / oui d'accord / tout à fait / oui tout à fait
 exactement / oui exactement / c'est ça / oui c'est ça / c'est bien ça / oui c'est bien ça
 c'est exact / oui c'est exact / c'est correct / correct / absolument / bien sûr / oui bien sûr
 ok / parfait / très bien / oui merci / je veux bien / oui je veux bien / volontiers / voilà
 oui voilà / je confirme / oui je confirme / ça marche / ça me va / oui ça me va / c'est bon
 oui c'est bon / si / mais si / ben oui / bah oui / ah oui / mais oui / évidemment / en effet
 effectivement / entendu / allez-y / oui allez-y / oui s'il vous plaît / je pense que oui
 je crois que oui / oui je pense / oui je crois / affirmatif / oui absolument / c'est juste
 ça me convient / pourquoi pas / avec plaisir"""
_NO = """non / non non / non merci / pas du tout / non pas du tout / c'est pas ça / non c'est pas ça
 ce n'est pas ça / non ce n'est pas ça / ah non / mais non / ben non / bah non / absolument pas
 surtout pas / c'est faux / non c'est faux / pas encore / non pas encore / pas vraiment
 non pas vraiment / jamais / c'est pas la peine / non c'est pas la peine / je veux pas
 non c'est tout / non ce sera tout / c'est tout / non ça va / négatif / je crois pas
 je pense pas / je ne crois pas / je ne pense pas / non c'est une erreur / c'est pas bon
 non c'est pas bon / non j'ai pas / non vous avez mal compris / pas maintenant / non rien"""
_UNSURE = """je sais pas / je ne sais pas / j'en sais rien / peut-être / je suis pas sûr
 je suis pas sûre / aucune idée / ça dépend / un instant / attendez / je me souviens plus"""


def expected_graph(
    expectation: Expectation, words: tuple[str, ...], names: KnownNames
) -> Graph | None:
    """The graph of what is awaited; None where anything may come."""
    builder = GraphBuilder(pronunciations)
    start, end = builder.state(), builder.state()
    builder.silence(start)
    builder.final(end)
    if expectation.kind is Kind.PHONE_NUMBER:
        opened, closed = builder.state(), builder.state()
        grow(builder, _HESITATION, start, opened)
        phone_number(builder, opened, closed)
        grow(builder, _POLITE, closed, end)
        return builder.build(SCALE)
    rule = _rule(expectation, words, names)
    if rule is None:
        return None
    if expectation.instead is Kind.PHONE_NUMBER:
        number_again(builder, start, end, _AGAIN)
    grow(builder, row(_HESITATION, rule, _POLITE), start, end)
    return builder.build(SCALE)


def _rule(expectation: Expectation, words: tuple[str, ...], names: KnownNames) -> Rule | None:
    match expectation.kind:
        case Kind.YES_NO:
            return _yes_no()
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


def _yes_no() -> Rule:
    yes, no = row(Maybe("oui", 2.0), lines(_YES)), row(Maybe("non", 1.5), lines(_NO))
    return Either((yes, no, lines(_UNSURE)), (0.8, 0.8, 3.0))
