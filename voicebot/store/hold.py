"""One server for one store: whoever answers calls holds it, until it ends or dies."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator

from voicebot.errors import BadInput
from voicebot.store.database import Database


@contextlib.contextmanager
def hold(database: Database) -> Iterator[None]:
    """Keeps a second server away from an SQLite store while the block runs.

    The lock is the kernel's, on a file beside the store: it goes with the process, however that
    ends, so nothing is left to clean up after `kill -9`. Other databases are not locked.

    Raises:
        BadInput: another server holds the store.
    """
    if database.file is None:
        yield
        return
    with database.file.with_name(database.file.name + "-server").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            todo = "stop it, or set another VOICEBOT_DATA"
            raise BadInput(
                f"{database.where}: another voicebot uses this store", todo=todo
            ) from error
        yield
