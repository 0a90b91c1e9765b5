"""Yes and no, as they are really said: "ouais", "tout à fait", "pas vraiment", "non mais oui"."""

from __future__ import annotations

from collections.abc import Mapping

from voicebot.french.normalise import words

_YES = (
    "oui", "ouais", "ouai", "ouep", "yep", "yes", "ok", "okay", "d accord", "dac", "tout a fait",
    "exactement", "exact", "absolument", "bien sur", "c est ca", "c est cela", "c est bien ca",
    "voila", "si si", "parfait", "parfaitement", "carrement", "volontiers", "effectivement",
    "en effet", "je veux bien", "avec plaisir", "ca me va", "ca marche", "c est bon", "c est juste",
    "c est correct", "correct", "evidemment", "affirmatif", "mouais", "vas y", "allez y", "si",
    "je confirme", "entendu", "tres bien", "pourquoi pas", "pas de probleme", "pas de souci",
    "c est exact", "c est moi", "tu penses", "certainement", "nickel", "impeccable", "juste",
)  # fmt: skip
_NO = (
    "non", "nan", "nop", "no", "pas vraiment", "pas du tout", "pas exactement", "pas tout a fait",
    "jamais", "surtout pas", "absolument pas", "certainement pas", "c est pas ca",
    "ce n est pas ca", "pas ca", "faux", "c est faux", "incorrect", "negatif", "pas question",
    "je ne veux pas",
    "je veux pas", "pas la peine", "ca ira", "c est pas bon", "ce n est pas bon", "pas bon",
    "vous vous trompez", "ca ne va pas", "ca va pas", "pas d accord", "je prefere pas",
    "je prefere ne pas", "pas encore", "pas maintenant", "pas correct", "pas exact", "erreur",
    "bien sur que non", "mais non",
)  # fmt: skip
_UNSURE = (
    "je sais pas",
    "je ne sais pas",
    "aucune idee",
    "peut etre",
    "j en sais rien",
    "ca depend",
)
_CANNOT = (
    "je n arrive pas", "j arrive pas", "j y arrive pas", "je n y arrive pas", "on n arrive pas",
    "on arrive pas", "je peux pas", "je ne peux pas", "je n ai pas pu", "j ai pas pu",
    "j ai pas reussi", "je n ai pas reussi", "impossible", "pas moyen", "pas possible",
)  # fmt: skip
"""A no to "avez-vous pu …?", and only where a question of yes or no is open."""
_LONGEST = 7
"""Beyond so many words, a "si" or an "ok" inside is not the answer."""

_PHRASES: dict[tuple[str, ...], bool | None] = {
    **{tuple(phrase.split()): True for phrase in _YES},
    **{tuple(phrase.split()): False for phrase in _NO},
    **{tuple(phrase.split()): None for phrase in _UNSURE},
}
_PHRASES_ASKED = _PHRASES | {tuple(phrase.split()): False for phrase in _CANNOT}
_MOST_WORDS = max(len(phrase) for phrase in _PHRASES_ASKED)
_STRONG = frozenset(("oui", "ouais", "non", "nan"))


def read_yes_no(text: str, *, expected: bool = False) -> bool | None:
    """Whether `text` says yes, no, or neither.

    Args:
        text: what was said.
        expected: a yes-or-no question was asked; a long sentence that begins with yes or no
            then answers it.
    """
    tokens = [word.plain for word in words(text)]
    said = _said(tokens, _PHRASES_ASKED if expected else _PHRASES)
    if not said or (len(tokens) > _LONGEST and not (expected and said[0][1] <= 1)):
        return None
    if any(value is None for value, _, _ in said):
        return None
    answers = [(value, phrase) for value, _, phrase in said]
    # "non mais oui", "oui enfin non": the last word counts, where "mais" or "enfin" turns it.
    turns = {"mais", "enfin", "plutot", "pardon"} & set(tokens)
    if turns and len(tokens) <= _LONGEST:
        strong = [value for value, phrase in answers if set(phrase) & _STRONG]
        return strong[-1] if strong else answers[-1][0]
    first = answers[0]
    if not expected and not set(first[1]) & _STRONG and len(tokens) > len(first[1]) + 3:
        return None
    return first[0]


def _said(
    tokens: list[str], phrases: Mapping[tuple[str, ...], bool | None]
) -> list[tuple[bool | None, int, tuple[str, ...]]]:
    """Each phrase of yes or no with the index where it stands, the longest at each place."""
    found: list[tuple[bool | None, int, tuple[str, ...]]] = []
    at = 0
    while at < len(tokens):
        for length in range(_MOST_WORDS, 0, -1):
            phrase = tuple(tokens[at : at + length])
            if phrase in phrases:
                if not (phrase == ("si",) and at + 1 < len(tokens)):
                    found.append((phrases[phrase], at, phrase))
                at += len(phrase)
                break
        else:
            at += 1
    return found
