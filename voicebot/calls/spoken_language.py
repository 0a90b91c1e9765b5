"""The language that a caller is heard in becomes the language of the call."""

from __future__ import annotations

from dataclasses import replace

from voicebot.calls.reply import Utterance
from voicebot.dialogue.interpretation import Entity, Interpretation

TELLING = 3
"""Words of a turn from which it has told the caller's language: "oui allô" has not."""


def spoken_in(said: Utterance, language: str, meant: Interpretation) -> Interpretation:
    """What was meant, with the fact `language` where it was heard in another than the call's."""
    if said.language in ("", language) or meant.entity("language"):
        return meant
    spoken = Entity("language", said.language, said.text, said.confidence)
    return replace(meant, entities=(spoken, *meant.entities))
