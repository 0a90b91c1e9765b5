"""The database: how it is opened, and what a transaction is."""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import json
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from voicebot.errors import BadInput, MissingPart, StoreFull

BUSY_MS = 5000
"""How long a writer waits for another one, far above what any of our transactions takes."""


class Database:
    """Opens the store and hands out transactions. Safe to use from several threads."""

    def __init__(self, url: str) -> None:
        try:
            self.url = make_url(url)
            if self.file:
                make_private(self.file)
            self.engine = create_engine(self.url, json_serializer=to_json, pool_pre_ping=True)
        except OSError as error:
            raise unwritable(error, str(self.file)) from error
        except (ArgumentError, NoSuchModuleError) as error:
            todo = "give a SQLAlchemy URL such as sqlite:///var/voicebot.db"
            raise BadInput(f"the store's URL cannot be read: {error}", todo=todo) from error
        except ModuleNotFoundError as error:
            raise MissingPart(
                f"the store needs the package {error.name} (pip install {error.name})"
            ) from error
        if self.url.get_backend_name() == "sqlite":
            event.listen(self.engine, "connect", set_pragmas)
            event.listen(self.engine, "begin", begin)

    @property
    def file(self) -> Path | None:
        """The file it lives in, if it is SQLite's."""
        if self.url.get_backend_name() != "sqlite" or self.url.database in (None, "", ":memory:"):
            return None
        return Path(str(self.url.database))

    @property
    def where(self) -> str:
        """Where the store is, without its password."""
        return str(self.file or self.url.render_as_string(hide_password=True))

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads: it sees one moment of the store, and blocks nobody."""
        with self._refusals(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction, committed when the block ends and undone when it raises.

        Raises:
            StoreFull: the disk or the store refuses to write.
        """
        with self._refusals(), self.engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()

    @contextlib.contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            refused = refusal(error.orig, self.where)
            if refused is None:
                raise
            raise refused from error


def make_private(file: Path) -> None:
    """Makes the file readable by its owner alone: it holds what callers said."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)


def set_pragmas(connection: Any, _: object) -> None:
    """SQLite's settings, on each new connection."""
    # Python's driver opens transactions late and of the wrong kind: `begin` does it instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    # Readers (the pages) and the writer (the calls) do not wait for each other.
    cursor.execute("PRAGMA journal_mode = WAL")
    # What the bot promises must outlive a power cut too, and one fsync a turn is not felt.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    cursor.close()


def begin(connection: Connection) -> None:
    """Opens a transaction; one that writes takes its lock now.

    A reader that turned into a writer would fail at once when another had written meanwhile,
    however long the busy timeout.
    """
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def refusal(error: BaseException | None, where: str) -> StoreFull | BadInput | None:
    """What a failure of the store means to its user, in one line; None when it is our mistake."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if code is not None else None
    if primary == sqlite3.SQLITE_FULL:
        return StoreFull(f"{where}: the disk is full; make room and start again")
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreFull(f"{where}: another program keeps the store locked; stop it and try again")
    if primary in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
        return StoreFull(f"{where}: the store cannot be written: {error}")
    if primary in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        todo = "restore it from a backup, or give another file"
        return BadInput(f"{where}: this is not a store, or it is damaged: {error}", todo=todo)
    return None


def unwritable(error: OSError, where: str) -> StoreFull:
    """What the file system answers when the store's file cannot be made."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreFull(f"{where}: the disk is full; make room and start again")
    return StoreFull(f"{where}: the store cannot be written: {error.strerror}")


def to_json(value: object) -> str:
    """JSON as it is kept: readable French, and never `NaN`, which PostgreSQL refuses."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_plain)


def _plain(value: Any) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"a journal cannot keep a {type(value).__name__}")
