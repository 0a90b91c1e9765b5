"""The tree of errors: every error that a user may meet is one clear line.

VoicebotError
├── BadInput            what somebody wrote or gave is wrong: a flow, a WAV, an option
│   ├── FlowError       a flow or a client's files, with file and line
│   └── AudioError      a sound file that cannot be used
├── NotFound            an unknown client, call, voice or model
├── MissingPart         something optional is not installed, with the way to get it
├── WrongModel          a model file is not the one that was pinned
└── StoreFull           the disk or the store refuses to write
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class VoicebotError(Exception):
    """Base of all errors shown to a user as one line: what, where, what to do."""

    exit_code = 1


@dataclass(frozen=True)
class Place:
    """Where a mistake stands: a file and a line counted from 1."""

    file: Path
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else str(self.file)


class BadInput(VoicebotError):
    """What somebody wrote or gave cannot be used."""

    exit_code = 2

    def __init__(self, what: str, *, where: Place | None = None, todo: str = "") -> None:
        self.what, self.where, self.todo = what, where, todo
        place = f"{where}: " if where else ""
        super().__init__(f"{place}{what}" + (f" ({todo})" if todo else ""))


class FlowError(BadInput):
    """A flow or a client's files are wrong."""


class AudioError(BadInput):
    """A sound file cannot be used."""


class NotFound(BadInput):
    """Nothing has that name."""


class MissingPart(VoicebotError):
    """Something optional is not installed; the message says how to get it."""

    exit_code = 3


class WrongModel(VoicebotError):
    """A model file is not the one that the project pinned."""

    exit_code = 3


class StoreFull(VoicebotError):
    """The disk or the store refuses to write."""

    exit_code = 4
