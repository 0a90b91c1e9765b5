"""A YAML file that remembers on which line each of its parts stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from voicebot.errors import FlowError, Place

Path_ = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)

_SAID: dict[str, str] = {
    "missing": "is missing",
    "extra_forbidden": "is not a key that is known here",
    "too_short": "names nobody and nothing: give one at least",
}


class Document:
    """One YAML file: its data, and the place of each part of it.

    Args:
        file: which.
        page: the page that describes its keys.

    Raises:
        FlowError: the file cannot be read, or is not YAML.
    """

    def __init__(self, file: Path, page: str = "docs/clients.md") -> None:
        self.file = file
        self._page = page
        try:
            text = file.read_text(encoding="utf-8")
            root = yaml.compose(text, yaml.SafeLoader)
            self.data: Any = yaml.safe_load(text)
        except FileNotFoundError:
            raise FlowError(
                "this file is missing", where=Place(file), todo="each client has one"
            ) from None
        except UnicodeDecodeError:
            raise FlowError("is not UTF-8 text", where=Place(file)) from None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else None
            problem = getattr(error, "problem", None) or "cannot be read"
            raise FlowError(f"not YAML: {problem}", where=Place(file, line)) from None
        self._lines: dict[Path_, int] = {}
        if root is not None:
            self._mark(root, ())

    def place(self, *path: str | int) -> Place:
        """Where the part under `path` stands, or the nearest part around it."""
        for end in range(len(path), -1, -1):
            line = self._lines.get(path[:end])
            if line is not None:
                return Place(self.file, line)
        return Place(self.file)

    def parse(self, model: type[Model]) -> Model:
        """The data as `model`.

        Raises:
            FlowError: a key is missing, unknown or holds what it should not.
        """
        if not isinstance(self.data, dict):
            raise FlowError("holds no keys", where=Place(self.file, 1))
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            raise self._first(error) from None

    def _first(self, error: ValidationError) -> FlowError:
        # A key that is mistyped is also missing: the typo is what helps.
        trouble = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        path = tuple(trouble["loc"])
        name = ".".join(str(part) for part in path) or "the file"
        what = _SAID.get(trouble["type"]) or trouble["msg"].removeprefix("Value error, ")
        verb = " " if trouble["type"] in _SAID else ": "
        return FlowError(f"{name}{verb}{what}", where=self.place(*path), todo=f"see {self._page}")

    def _mark(self, node: yaml.Node, path: Path_) -> None:
        self._lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if (*path, key.value) in self._lines:
                    where = Place(self.file, key.start_mark.line + 1)
                    todo = "rename or remove one"
                    raise FlowError(f"{key.value!r} is there twice", where=where, todo=todo)
                self._mark(value, (*path, key.value))
                self._lines[(*path, key.value)] = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                self._mark(value, (*path, index))
