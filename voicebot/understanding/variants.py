"""Other ways in which a training sentence may reach us: said differently, or misheard."""

from __future__ import annotations

import random
import re

from voicebot.french.normalise import normalise

_SAID: tuple[tuple[str, str], ...] = (
    (r"\by a\b", "il y a"),
    (r"\bil y a\b", "y a"),
    (r"\bj ai plus\b", "je n ai plus"),
    (r"\bj ai pas\b", "je n ai pas"),
    (r"\bje (\w+) pas\b", r"je ne \1 pas"),
    (r"\b(ne|n) ", ""),
    (r"\bje suis\b", "chuis"),
    (r"\bca\b", "cela"),
    (r"\bje voudrais\b", "j aimerais"),
    (r"\bc est pour\b", "j appelle pour"),
    (r"\bmarche\b", "fonctionne"),
    (r"\bmarchent\b", "fonctionnent"),
    (r"\best en panne\b", "marche plus"),
)
_HEARD: tuple[tuple[str, str], ...] = (
    (r"\best\b", "et"), (r"\bai\b", "est"), (r"\bc est\b", "ses"), (r"\bs est\b", "c est"),
    (r"e[rz]\b", "e"), (r"\ba\b", ""), (r"s\b", ""), (r"au\b", "o"), (r"\bplus\b", "plu"),
    (r"\bj ai\b", "g"), (r"ent\b", "e"), (r"\bqu \b", ""), (r"\bdu\b", "de"), (r"\bles\b", "le"),
)  # fmt: skip
_BEFORE = ("bonjour", "bonsoir", "allo", "oui", "alors", "voila", "en fait", "oui bonjour")


def variants(text: str, chance: random.Random, count: int) -> list[str]:
    """`count` variants of a sentence, normalised; the sentence itself is not among them."""
    plain = normalise(text)
    ways = (_say, _mishear, _drop, _introduce)
    found = [ways[number % len(ways)](plain, chance) for number in range(count)]
    return [variant for variant in found if variant and variant != plain]


def _say(text: str, chance: random.Random) -> str:
    """Written as others would say it."""
    fitting = [(p, r) for p, r in _SAID if re.search(p, text)]
    for pattern, replacement in chance.sample(fitting, min(2, len(fitting))):
        text = re.sub(pattern, replacement, text, count=1)
    return text


def _mishear(text: str, chance: random.Random) -> str:
    """Words that sound alike, as an ear confuses them."""
    fitting = [(p, r) for p, r in _HEARD if re.search(p, text)]
    for pattern, replacement in chance.sample(fitting, min(2, len(fitting))):
        text = re.sub(pattern, replacement, text)
    return " ".join(text.split())


def _drop(text: str, chance: random.Random) -> str:
    """A word lost on the line."""
    tokens = text.split()
    if len(tokens) > 3:
        del tokens[chance.randrange(len(tokens))]
    return " ".join(tokens)


def _introduce(text: str, chance: random.Random) -> str:
    """With what people say before they come to the point."""
    return f"{chance.choice(_BEFORE)} {text}" if len(text.split()) > 2 else text
