"""Texts that are known before anybody calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from voicebot.dialogue.flow import FlowSet
from voicebot.dialogue.rendering import filled, placeholders


def fixed_texts(flows: FlowSet) -> Iterator[tuple[str, str]]:
    """(text, language) of each wording that needs nothing from the caller.

    Only facts of the client stand in them, so that they can be rendered before the first call.
    """
    facts = {name: text for name, text in flows.facts.items() if name not in flows.slots}
    facts |= {f"facts.{name}": text for name, text in flows.facts.items()}
    for response in flows.responses.values():
        for variation in response.variations:
            for language, text in [("fr", variation.text), *variation.translation.items()]:
                if all(name in facts and not part for name, part in placeholders(text)):
                    yield from ((whole, language) for whole in _greeted(flows, facts, text))


def _greeted(flows: FlowSet, facts: Mapping[str, str], text: str) -> Iterator[str]:
    """The text as it is said; where it greets, with each of the client's greetings."""
    yield filled(text, partial(_value, facts))
    if "{greeting}" in text:
        for opening in flows.openings.values():
            if opening.greeting:
                own = {**facts, "greeting": opening.greeting}
                yield filled(text, partial(_value, own))


def _value(facts: Mapping[str, str], name: str, _: str) -> str:
    return facts[name]
