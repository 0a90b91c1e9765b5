"""Runs the migrations on the connection that voicebot.store.schema gives."""

from alembic import context

from voicebot.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite's tables change inside a transaction like any other database's; Alembic supposes not.
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
