"""YAML that remembers its lines: every mistake is told with file and line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from voicebot.errors import FlowError, Place


@dataclass(frozen=True)
class Node:
    """A value in a YAML file and where it stands."""

    value: Any
    """A plain value, a list of nodes, or a dict of text to nodes."""
    where: Place

    def fail(self, what: str, todo: str = "") -> FlowError:
        """The error to raise about this place."""
        return FlowError(what, where=self.where, todo=todo)

    def mapping(self, what: str) -> dict[str, Node]:
        """The fields, or an error saying what was expected."""
        if isinstance(self.value, dict):
            return self.value
        raise self.fail(f"{what} is not a mapping", "write `key: value` lines under it")

    def items(self, what: str) -> list[Node]:
        """The items, or an error saying what was expected."""
        if isinstance(self.value, list):
            return self.value
        raise self.fail(f"{what} is not a list", "start each item with a dash")

    def text(self, what: str) -> str:
        """The text, or an error saying what was expected."""
        if isinstance(self.value, str) and self.value.strip():
            return self.value.strip()
        raise self.fail(f"{what} is not text", "put it between quotes")

    def flag(self, what: str) -> bool:
        """True or false, or an error."""
        if isinstance(self.value, bool):
            return self.value
        raise self.fail(f"{what} is neither true nor false")

    def number(self, what: str) -> float:
        """A number that is not negative, or an error."""
        number = isinstance(self.value, int | float) and not isinstance(self.value, bool)
        if number and self.value >= 0:
            return self.value
        raise self.fail(f"{what} is not a number from 0 on")

    def scalar(self, what: str) -> str | bool | int | None:
        """Text, a whole number, true, false or null."""
        if self.value is None or isinstance(self.value, str | bool | int):
            return self.value
        raise self.fail(f"{what} is not a single value")

    def texts(self, what: str) -> tuple[str, ...]:
        """One text, or a list of texts."""
        if isinstance(self.value, list):
            return tuple(item.text(what) for item in self.value)
        return (self.text(what),)

    def only(self, allowed: Iterable[str], what: str) -> dict[str, Node]:
        """The fields, none of which is unknown."""
        known = list(allowed)
        fields = self.mapping(what)
        for name, node in fields.items():
            if name not in known:
                raise node.fail(f"unknown key {name!r} in {what}", did_you_mean(name, known))
        return fields


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A suggestion for a name that does not exist."""
    choices = list(known)
    close = difflib.get_close_matches(name, choices, 1, 0.6)
    if close:
        return f"did you mean {close[0]!r}?"
    return "known: " + ", ".join(sorted(choices)) if 0 < len(choices) <= 12 else ""


def read_yaml(file: Path) -> Node:
    """Reads a file.

    Raises:
        FlowError: it is missing, no YAML, or has a key twice.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FlowError("the file cannot be read as UTF-8 text", where=Place(file)) from error
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = Place(file, mark.line + 1 if mark else None)
        raise FlowError(
            f"not YAML: {error.problem}", where=where, todo="mind the indent"
        ) from error
    except yaml.YAMLError as error:
        raise FlowError("not YAML", where=Place(file)) from error
    return _node(root, file) if root is not None else Node({}, Place(file))


def _node(node: yaml.Node, file: Path, inside: tuple[yaml.Node, ...] = ()) -> Node:
    where = Place(file, node.start_mark.line + 1)
    if node in inside:
        raise FlowError("an alias that holds itself", where=where)
    within = (*inside, node)
    if isinstance(node, yaml.SequenceNode):
        return Node([_node(item, file, within) for item in node.value], where)
    if isinstance(node, yaml.MappingNode):
        return Node(dict(_fields(node, file, within)), where)
    try:
        return Node(_SCALARS.construct_object(node), where)
    except (yaml.YAMLError, ValueError) as error:
        raise FlowError(f"{node.value!r} cannot be read", where=where, todo="quote it") from error


def _fields(
    node: yaml.MappingNode, file: Path, inside: tuple[yaml.Node, ...]
) -> Iterator[tuple[str, Node]]:
    """The fields; each stands at the line of its key."""
    seen: set[str] = set()
    for key, value in node.value:
        name = str(key.value)
        line = Place(file, key.start_mark.line + 1)
        if name in seen:
            raise FlowError(f"{name!r} is there twice", where=line, todo="rename or remove one")
        seen.add(name)
        yield name, Node(_node(value, file, inside).value, line)


_SCALARS = yaml.constructor.SafeConstructor()
