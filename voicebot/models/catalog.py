"""Which ears and voices exist: models/catalog.yml and voices/catalog.yml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from voicebot.errors import BadInput, NotFound, Place

CATALOG = "catalog.yml"
Kind = Literal["ear", "voice"]


class _Line(BaseModel):
    """One ear or voice, as the catalogue's file writes it."""

    model_config = ConfigDict(extra="forbid")

    name: str
    kind: Kind
    language: str
    source: str
    licence: str
    quality: str
    size_mb: int | None = None
    shipped: bool = False
    folder: str = ""
    revision: str = "main"
    files: tuple[str, ...] = ()
    sha256: dict[str, str] = {}


@dataclass(frozen=True)
class Entry:
    """One ear or voice."""

    name: str
    kind: Kind
    language: str
    source: str
    """`hf:OWNER/REPOSITORY`, or words for what ships."""
    licence: str
    quality: str
    size_mb: int | None
    shipped: bool
    remote_folder: str
    """Where its files lie in the repository."""
    revision: str
    files: tuple[str, ...]
    sha256: dict[str, str]
    """By file, for sources that tell no hash themselves."""
    home: Path
    """The folder its files are put into."""

    @property
    def size(self) -> str:
        """For people."""
        return f"{self.size_mb} MB" if self.size_mb else "-"

    @property
    def here(self) -> bool:
        """Whether every file is in its place."""
        if self.shipped:
            return all(any(self.home.glob(pattern)) for pattern in self.files)
        return all(self.path(name).is_file() for name in self.files)

    def path(self, file: str) -> Path:
        """Where one of its files goes; a voice's card is told apart by the voice's name."""
        if self.kind == "voice" and not file.startswith(self.name):
            return self.home / f"{self.name}.{file}"
        return self.home / file

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        names = ("name", "kind", "language", "source", "licence", "quality", "size_mb", "here")
        return {name: getattr(self, name) for name in names}


def load_catalog(models: Path, voices: Path) -> tuple[Entry, ...]:
    """Every ear, then every voice.

    Raises:
        BadInput: a catalogue is wrong, with the line.
    """
    ears = (_entry(line, models / line.name) for line in _read(models / CATALOG))
    mouths = (_entry(line, voices) for line in _read(voices / CATALOG))
    return (*ears, *mouths)


def find_entry(name: str, models: Path, voices: Path) -> Entry:
    """The ear or voice of that name; `whisper:small` and `piper:NAME` are understood too.

    Raises:
        NotFound: no such name.
    """
    wanted = name.removeprefix("piper:").replace("whisper:", "whisper-")
    catalog = load_catalog(models, voices)
    for entry in catalog:
        if entry.name == wanted:
            return entry
    names = ", ".join(entry.name for entry in catalog if not entry.shipped)
    raise NotFound(f"no ear or voice is called {name!r}", todo=f"one of {names}")


def _entry(line: _Line, home: Path) -> Entry:
    fields = line.model_dump()
    return Entry(remote_folder=fields.pop("folder"), home=home, **fields)


def _read(file: Path) -> list[_Line]:
    if not file.is_file():
        raise BadInput("no catalogue", where=Place(file), todo="restore it from the project")
    try:
        return TypeAdapter(list[_Line]).validate_python(yaml.safe_load(file.read_text()))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = Place(file, mark.line + 1 if mark else None)
        raise BadInput("not valid YAML", where=where) from error
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(str(part) for part in first["loc"])
        raise BadInput(f"{at}: {first['msg']}", where=Place(file)) from error
