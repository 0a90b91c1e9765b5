"""Texts that are known before anybody calls."""

from __future__ import annotations

from collections.abc import Iterator

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
                    yield filled(text, lambda name, _: facts[name]), language
