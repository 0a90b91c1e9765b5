"""The data folder."""

from __future__ import annotations

from pathlib import Path

from voicebot.errors import BadInput


def make_data(folder: Path) -> None:
    """Makes the data folder, readable by its owner alone: it holds what callers said."""
    try:
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    except OSError as error:
        todo = "set VOICEBOT_DATA to a folder that can be written"
        raise BadInput(f"{folder}: {error.strerror}", todo=todo) from error
