"""Which calls an operator is rung for: her skills, her languages, how many at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from voicebot.errors import BadInput

FRENCH = "fr"
LANGUAGE = re.compile(r"[a-z]{2,3}")
LONGEST_SKILL = 64
MOST_SKILLS = 30
MOST_AT_ONCE = 5


@dataclass(frozen=True)
class Takes:
    """What an operator can take."""

    skills: frozenset[str] = frozenset()
    """E.g. {"chauffage", "juridique"}: what a client's instructions may ask for."""
    languages: frozenset[str] = frozenset({FRENCH})
    at_once: int = 1
    """How many calls she has at the same time: one in her ear, others on hold."""

    def __post_init__(self) -> None:
        """Refuses what nobody can do.

        Raises:
            BadInput: no language, or none that is written so; too many calls or skills.
        """
        if not self.languages:
            raise BadInput("an operator speaks a language at least")
        for language in self.languages:
            if not LANGUAGE.fullmatch(language):
                raise BadInput(f"{language!r} is not a language", todo="fr, en, de …")
        if not 1 <= self.at_once <= MOST_AT_ONCE:
            raise BadInput(f"an operator has 1 to {MOST_AT_ONCE} calls at once")
        if len(self.skills) > MOST_SKILLS:
            raise BadInput(f"an operator has {MOST_SKILLS} skills at most")
        for skill in self.skills:
            if not skill or skill != _word(skill):
                raise BadInput(f"{skill!r} is not a skill", todo="a word or two: chauffage")

    @property
    def values(self) -> Mapping[str, Any]:
        """As arguments, for what keeps them apart."""
        return {"skills": self.skills, "languages": self.languages, "at_once": self.at_once}

    def __str__(self) -> str:
        """As the command line and the log write it: "en, fr; 2 at once; skills: eau, gaz"."""
        told = f"{', '.join(sorted(self.languages))}; {self.at_once} at once"
        return told + (f"; skills: {', '.join(sorted(self.skills))}" if self.skills else "")


def takes_of(skills: Iterable[str], languages: Iterable[str], at_once: int) -> Takes:
    """What somebody typed, as it is kept: skills are compared letter by letter with a client's.

    Raises:
        BadInput: it cannot be.
    """
    return Takes(
        frozenset(filter(None, map(_word, skills))),
        frozenset(language.strip().lower() for language in languages if language.strip()),
        at_once,
    )


def _word(text: str) -> str:
    printable = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(printable.split())[:LONGEST_SKILL].strip()
