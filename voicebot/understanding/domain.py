"""Rasa's domain: which intents exist."""

from __future__ import annotations

from pathlib import Path

import yaml

from voicebot.errors import FlowError, Place


def read_intents(nlu: Path) -> frozenset[str]:
    """The intents that `nlu/domain.yml` lists.

    Raises:
        FlowError: the file is missing, is no YAML, or lists none.
    """
    file = nlu / "domain.yml"
    try:
        domain = yaml.safe_load(file.read_text("utf-8"))
    except OSError as error:
        raise FlowError(f"cannot be read: {error.strerror}", where=Place(file)) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise FlowError(f"no YAML: {error.problem}", where=Place(file, line)) from error
    intents = domain.get("intents") if isinstance(domain, dict) else None
    if not isinstance(intents, list) or not intents:
        raise FlowError("lists no intents", where=Place(file), todo="intents: [greet, …]")
    # Rasa lets an intent carry options: `- greet: {use_entities: []}`.
    return frozenset(next(iter(item)) if isinstance(item, dict) else str(item) for item in intents)
