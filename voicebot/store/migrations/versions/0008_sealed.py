"""Accounts: room for the sealed secret of a second factor. The server seals it when it starts."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("users", "secret", type_=sa.Text, existing_type=sa.String(64))
        return
    # SQLite changes no column's type but by making the table anew, which would take the rows of
    # other tables that belong to its rows along.
    op.add_column("users", sa.Column("sealed", sa.Text))
    op.execute("UPDATE users SET sealed = secret")
    op.drop_column("users", "secret")
    op.execute("ALTER TABLE users RENAME COLUMN sealed TO secret")


def downgrade() -> None:
    raise NotImplementedError("a sealed secret has no room in the column of before")
