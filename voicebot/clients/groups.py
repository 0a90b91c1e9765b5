"""Groups of words that patterns name as $person: the concepts that dangers are told with."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("groups.yml")


@lru_cache(maxsize=1)
def word_groups() -> dict[str, tuple[str, ...]]:
    """The groups of groups.yml; one may name others before it."""
    found: dict[str, tuple[str, ...]] = {}
    for name, text in yaml.safe_load(FILE.read_text(encoding="utf-8")).items():
        words: list[str] = []
        for word in text.split():
            words.extend(found[word[1:]] if word.startswith("$") else [word])
        found[name] = tuple(dict.fromkeys(words))
    return found
