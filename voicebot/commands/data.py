"""The data folder, and the store in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from voicebot.errors import BadInput

if TYPE_CHECKING:
    from voicebot.settings import Settings
    from voicebot.store.database import Database


def open_store(settings: Settings) -> Database:
    """The store with its schema up to date, in a data folder that is there."""
    from voicebot.store.database import Database
    from voicebot.store.schema import migrate

    make_data(settings.data)
    database = Database(settings.store_url)
    migrate(database)
    return database


def make_data(folder: Path) -> None:
    """Makes the data folder, readable by its owner alone: it holds what callers said."""
    try:
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    except OSError as error:
        todo = "set VOICEBOT_DATA to a folder that can be written"
        raise BadInput(f"{folder}: {error.strerror}", todo=todo) from error
