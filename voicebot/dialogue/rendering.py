"""From a response to words: which wording, with which values in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from voicebot.dialogue.conditions import Lookup
from voicebot.dialogue.flow import Response, Variation

PLACEHOLDER = re.compile(r"\{(facts\.\w+|\w+)(?:\.(end|polite))?\}")
"""{caller_name}, {facts.address} where a slot has the same name, {caller_number.end} for the last
two digits of a number, and {caller_name.polite} for a name as one addresses it."""

Spoken = Callable[[str, str], str]
"""Gives a value as it is said ("caller_name", ""); "" when there is none."""


def eligible(
    response: Response, language: str, lookup: Lookup, speak: Spoken
) -> tuple[Variation, ...]:
    """The wordings that can be used now: their `if` holds and each placeholder has a value.

    Where some are in the caller's language, only those.
    """
    usable = tuple(
        variation
        for variation in response.variations
        if (variation.condition is None or variation.condition.holds(lookup))
        and all(speak(name, part) for name, part in placeholders(variation.text))
        and (language in variation.translation or not variation.foreign)
    )
    return tuple(v for v in usable if language in v.translation) or usable


def placeholders(text: str) -> Iterator[tuple[str, str]]:
    """The names in braces, with the part of each that is wanted."""
    for match in PLACEHOLDER.finditer(text):
        yield match[1], match[2] or ""


def filled(text: str, speak: Spoken) -> str:
    """The text with its values."""
    return PLACEHOLDER.sub(lambda match: speak(match[1], match[2] or ""), text).strip()


def wording(variation: Variation, language: str) -> tuple[str, str]:
    """The text in that language and its language; French where there is no translation."""
    if language in variation.translation:
        return variation.translation[language], language
    return variation.text, "fr"
