"""Brings a database to the tables that this version of the program knows."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from voicebot.errors import BadInput
from voicebot.store import (  # noqa: F401  tables join the metadata
    accounts_tables,
    escalation_tables,
    handoff_tables,
    outbox_tables,
    rota_tables,
)
from voicebot.store.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Runs the migrations that are missing, in one transaction: all or none.

    Raises:
        BadInput: the store was made by a later version.
        StoreFull: the disk or the store refuses to write.
    """
    with database.write() as connection:
        scripts = ScriptDirectory.from_config(config(connection))
        known = {script.revision for script in scripts.walk_revisions()}
        current = MigrationContext.configure(connection).get_current_heads()
        if not set(current) <= known:
            todo = "install that version again, or give another store"
            raise BadInput(
                f"{database.where}: this store was made by a later version of voicebot", todo=todo
            )
        command.upgrade(config(connection), "head")


def config(connection: Connection) -> Config:
    """Alembic's configuration: no file, the scripts of this package, our own connection."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made
