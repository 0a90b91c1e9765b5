"""What the linter finds."""

from __future__ import annotations

from dataclasses import dataclass

from voicebot.errors import Place


@dataclass(frozen=True)
class Finding:
    """One mistake, or one thing that looks like it."""

    severity: str
    """error or warning."""
    what: str
    file: str = ""
    line: int | None = None
    todo: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        what = f"{self.what} ({self.todo})" if self.todo else self.what
        return f"{place}: {self.severity}: {what}" if place else f"{self.severity}: {what}"


def error(what: str, where: Place | None, todo: str = "") -> Finding:
    """A mistake that callers would suffer from."""
    return _finding("error", what, where, todo)


def warning(what: str, where: Place | None, todo: str = "") -> Finding:
    """Something that may be meant."""
    return _finding("warning", what, where, todo)


def _finding(severity: str, what: str, where: Place | None, todo: str) -> Finding:
    file = str(where.file) if where else ""
    return Finding(severity, what, file, where.line if where else None, todo)
