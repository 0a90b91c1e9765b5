"""Training sentences in Rasa's format, read from nlu/."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from voicebot.errors import FlowError, NotFound, Place

_ANNOTATED = re.compile(
    r"\[([^\]]+)\]\(([a-z_]+)\)|\[([^\]]+)\]\{[^}]*?\"entity\": *\"([a-z_]+)\"[^}]*\}"
)


@dataclass(frozen=True)
class Marked:
    """An entity as it is annotated: its words and its name."""

    text: str
    name: str


@dataclass(frozen=True)
class Example:
    """One sentence and what it means."""

    intent: str
    text: str
    entities: tuple[Marked, ...] = ()


def read_examples(folder: Path) -> list[Example]:
    """All sentences of the YAML files in `folder` and below it.

    Raises:
        NotFound: there is none.
        FlowError: a file is not in Rasa's format; the message names file and line.
    """
    files = sorted(folder.rglob("*.yml"))
    examples = [example for file in files for example in read_file(file)]
    if not examples:
        raise NotFound(f"no training sentences in {folder}", todo="nlu/fr/ comes with the project")
    return examples


def read_lookups(folder: Path) -> dict[str, list[str]]:
    """The lookup tables of the YAML files in `folder` and below it, by name.

    Raises:
        FlowError: a file is not in Rasa's format; the message names file and line.
    """
    found: dict[str, list[str]] = {}
    for file in sorted(folder.rglob("*.yml")):
        for block in _blocks(file):
            if (name := _under(block, "lookup")) is not None:
                found.setdefault(name.value, []).extend(_lines(file, block))
    return found


def content_hash(folders: Iterable[Path]) -> str:
    """Changes when any sentence changes."""
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*.yml")):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def read_file(file: Path) -> list[Example]:
    """The sentences of one YAML file.

    Raises:
        FlowError: the file is not in Rasa's format; the message names file and line.
    """
    return [example for block in _blocks(file) for example in _examples(file, block)]


def _blocks(file: Path) -> list[Any]:
    """The items of the list `nlu:`."""
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = Place(file, mark.line + 1 if mark else None)
        raise FlowError("not YAML", where=where, todo="mind the indent") from None
    blocks = _under(root, "nlu")
    if not isinstance(blocks, yaml.SequenceNode):
        raise FlowError("no list `nlu:`", where=Place(file, 1), todo="as Rasa's training data")
    return list(blocks.value)


def _examples(file: Path, block: Any) -> list[Example]:
    """One intent with its examples; lookup tables and synonyms are no sentences."""
    intent = _under(block, "intent")
    if intent is None:
        return []
    return [_example(intent.value, text) for text in _lines(file, block)]


def _lines(file: Path, block: Any) -> list[str]:
    """The lines under `examples`, without their dash."""
    lines = _under(block, "examples")
    if lines is None or not isinstance(lines.value, str):
        where = Place(file, block.start_mark.line + 1)
        name = block.value[0][1].value if block.value else ""
        raise FlowError(f"{name!r} has no examples", where=where)
    found = []
    for number, line in enumerate(lines.value.splitlines()):
        text, at = line.strip(), lines.start_mark.line + 2 + number
        if not text:
            continue
        if not text.startswith("- "):
            raise FlowError(f"{text!r} does not begin with `- `", where=Place(file, at))
        found.append(text[2:].strip())
    return found


def _example(intent: str, text: str) -> Example:
    marked = tuple(Marked(m[1] or m[3], m[2] or m[4]) for m in _ANNOTATED.finditer(text))
    return Example(intent, _ANNOTATED.sub(lambda m: m[1] or m[3], text), marked)


def _under(node: Any, key: str) -> Any:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)
