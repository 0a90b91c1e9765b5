"""The caller means the number he calls from: "le numéro d'où j'appelle", "celui-ci"."""

from __future__ import annotations

import re

from voicebot.french.normalise import normalise

_ALWAYS = re.compile(
    r"\b(?:(?:d ou|avec lequel|avec quoi|sur lequel|la ou) (?:j|je vous|je t|je) "
    r"?(?:appelle|telephone|ai appele|contacte)"
    r"|(?:a|sur|au) ce (?:meme )?(?:numero|telephone|portable)(?: ci| la)?"
    r"|ce numero ci|mon numero actuel|le numero actuel|au meme numero|le meme numero"
    r"|(?:numero|celui) (?:qui s affiche|affiche|de l appel|de cet appel)"
    r"|celui avec lequel|sur celui d ou|(?:celui|numero) qui vous appelle"
    r"|(?:numero|celui) que (?:vous avez|vous voyez|j utilise))\b"
)
_WHERE_ASKED = re.compile(
    r"\b(?:celui ci|celui la|le meme|ce numero|le mien|le numero la|ce portable|ce telephone"
    r"|vous l avez|vous devez l avoir|il s affiche|vous avez (?:deja )?mon numero"
    r"|mon portable la|rappelez moi ici)\b"
)
_NOT = re.compile(
    r"\b(?:pas (?:le |a |sur |au |de )?(?:celui|ce|ceux|meme|mien|numero)|un autre|autre numero)\b"
)


def means_own_number(text: str, *, expected: bool = False) -> bool:
    """Whether the caller wants to be called back where he calls from.

    Args:
        text: what was said.
        expected: a number was asked for, so that "le même" or "celui-ci" means it.
    """
    plain = normalise(text)
    if _NOT.search(plain):
        return False
    return bool(_ALWAYS.search(plain) or (expected and _WHERE_ASKED.search(plain)))
