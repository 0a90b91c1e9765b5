"""Yes and no, as they are really said: "ouais", "tout à fait", "pas vraiment", "non mais oui"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from voicebot.french.normalise import HESITATIONS, word_set, words

LONGEST = 7
"""Beyond so many words, a "si" or an "ok" inside is not the answer."""

_YES = """oui / ouais / ouai / ouep / ouaip / mouais / voui / yep / yes / ok / okay / d accord / dac
 tout a fait / exactement / exact / absolument / bien sur / bien entendu / c est ca / c est cela
 c est bien ca / voila / si si / parfait / parfaitement / carrement / volontiers / effectivement
 en effet / je veux bien / avec plaisir / ca me va / ca me convient / ca marche / ca roule
 c est bon / c est juste / c est correct / correct / evidemment / affirmatif / vas y / allez y / si
 je confirme / je vous confirme / je vous le confirme / entendu / tres bien / pourquoi pas
 pas de probleme / pas de souci / sans probleme / sans souci / c est exact / c est moi / tu penses
 certainement / nickel / impeccable / juste / je crois bien / c est le bon
 c est bien mon numero / a cent pour cent / c est bien cela / vous avez tout bon / aucun probleme
 aucun souci / pas contre / dis pas non / pas de refus / ca doit etre ca / certes
 ca m a l air bon"""
_NO = """non / nan / nop / nope / no / pas vraiment / pas du tout / pas exactement / pas tout a fait
 pas tellement / pas trop / pas forcement / pas specialement / pas necessairement / jamais
 surtout pas / absolument pas / certainement pas / surement pas / c est pas ca / ce n est pas ca
 pas ca / faux / c est faux / incorrect / negatif / pas question / hors de question
 je ne veux pas / je veux pas / pas la peine / ca ira / ca va aller / vous vous trompez
 vous vous etes trompe / mal compris / mal entendu / une erreur / pas d accord / je prefere pas
 je prefere ne pas / je prefererais pas / j aimerais mieux pas / aimerais autant pas / pas encore
 pas maintenant / plus maintenant / toujours pas / meme pas / plutot pas / pas correct / pas exact
 pas bon / pas le bon / erreur / bien sur que non / mais non / je pense pas / je ne pense pas
 je crois pas / je ne crois pas / non plus / pas a ma connaissance / pas que je sache / je refuse
 sans facon"""
_CANNOT = """je n arrive pas / j arrive pas / j y arrive pas / je n y arrive pas / on n arrive pas
 on arrive pas / je peux pas / je ne peux pas / je n ai pas pu / j ai pas pu / j ai pas reussi
 je n ai pas reussi / impossible / pas moyen / pas possible / je trouve pas / je ne trouve pas
 j ai pas compris / je n ai pas compris / y en a pas / n y en a pas / en ai pas / n en a pas
 l ai pas fait / ai pas fait / y a personne / laissez tomber"""
"""A no to "avez-vous pu …?", and only where a question of yes or no is open."""
_ALONE_YES = """ui / super / genial / top / grave / compris / j ai compris / c est compris
 c est fait / ca y est / bon / j ai coupe / a priori / c est note / bien recu / si vous voulez
 c est sur / ca c est sur / sur et certain / je l ai fait / deja fait / c est deja fait"""
_ALONE_NO = """rien / aucun / aucune / c est tout / ca va / ce sera tout / personne / c est mort"""
"""Answers when they are all that is said."""
_UNSURE = """je sais pas / je ne sais pas / aucune idee / peut etre / j en sais rien / ca depend
 bof / oui ou non / ni oui ni non / pas sur / pas sure / j hesite / je vois pas / pas grave
 n est ce pas / je me rappelle pas / je me souviens pas / je comprends pas / je vous entends pas"""
_AROUND = word_set(
    "ah oh bah ben oui non mais alors donc merci beaucoup s il vous plait madame monsieur tres bien"
)
"""Words beside which an answer is still alone."""
_TURNS = frozenset(("mais", "enfin", "plutot", "pardon"))
"""After these the speaker thinks again: "oui enfin non"."""
_DENIED = re.compile(r"\b(?:c est|ce n est|ca|cela|ce serait) (?:\w+ ){0,3}pas\b")
"""E.g. "ça m'arrange pas", "ce n'est pas mon numéro"."""


def _phrases(said: str, means: bool | None) -> dict[tuple[str, ...], bool | None]:
    listed = re.split(r" / |\n ", said)
    return {tuple(phrase.split()): means for phrase in listed}


_ANY = _phrases(_YES, True) | _phrases(_NO, False) | _phrases(_UNSURE, None)
_ASKED = _ANY | _phrases(_CANNOT, False)
_ALONE = _phrases(_ALONE_YES, True) | _phrases(_ALONE_NO, False)
_MOST_WORDS = max(map(len, (*_ASKED, *_ALONE)))
_STRONG = frozenset(("oui", "ouais", "non", "nan"))


@dataclass(frozen=True)
class _Said:
    """One phrase of yes or no."""

    means: bool | None
    at: int
    phrase: tuple[str, ...]

    @property
    def strong(self) -> bool:
        return bool(_STRONG & set(self.phrase))


def read_yes_no(text: str, *, expected: bool = False) -> bool | None:
    """Whether `text` says yes, no, or neither.

    Args:
        text: what was said.
        expected: a yes-or-no question was asked; a long sentence that begins with yes or no
            then answers it.
    """
    hesitations = HESITATIONS - {"bon"}
    every = words(text, keep_hesitations=True)
    tokens = [word.plain for word in every if word.plain not in hesitations]
    said = list(_said(tokens, _ASKED if expected else _ANY))
    if any(one.means is None for one in said):
        return None
    if expected and len(tokens) <= LONGEST and not any(one.strong for one in said):
        alone = _alone(tokens)
        if alone is not None:
            return alone
        sure = any(one.means and "pas" in one.phrase for one in said)  # "ça pose pas de problème"
        if not sure and _DENIED.search(" ".join(tokens)):
            return False
    if not said or (len(tokens) > LONGEST and not (expected and said[0].at <= 1)):
        return None
    if len(tokens) <= LONGEST:
        return _short(tokens, said, expected)
    return said[0].means if expected or said[0].strong else None


def _short(tokens: list[str], said: list[_Said], expected: bool) -> bool | None:
    """The answer of a few words, in which people change their minds."""
    first, strong = said[0], [one for one in said if one.strong]
    if len(said) > 1 and said[-1].phrase in (("si",), ("si", "si")) and not said[-2].means:
        return True  # "non mais si"
    if _TURNS & set(tokens):
        return (strong or said)[-1].means
    if len(strong) > 1 and all(len(one.phrase) == 1 for one in said):
        return strong[-1].means  # "oui non"; but of "c'est ça, non ?" the first counts
    if first.means is False and first.strong and ("c", "est", "ca") in {s.phrase for s in said}:
        return True  # "non non c'est ça"
    if not expected and not first.strong and len(tokens) > len(first.phrase) + 2:
        return None
    return first.means


def _alone(tokens: list[str]) -> bool | None:
    """What is an answer only when hardly anything else is said."""
    for start in range(len(tokens)):
        for end in range(len(tokens), start, -1):
            phrase = tuple(tokens[start:end])
            if phrase in _ALONE and set(tokens[:start] + tokens[end:]) <= _AROUND:
                return _ALONE[phrase]
    return None


def _said(tokens: list[str], phrases: dict[tuple[str, ...], bool | None]) -> Iterable[_Said]:
    """Each phrase of yes or no, the longest at each place."""
    at = 0
    while at < len(tokens):
        for length in range(_MOST_WORDS, 0, -1):
            phrase = tuple(tokens[at : at + length])
            if phrase in phrases:
                alone = phrase == ("si",) and at + 1 < len(tokens)
                denied = phrases[phrase] and at and tokens[at - 1] == "pas"  # "pas bien entendu"
                if not alone and not denied:
                    yield _Said(phrases[phrase], at, phrase)
                at += len(phrase)
                break
        else:
            at += 1
