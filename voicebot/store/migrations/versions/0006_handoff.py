"""Handing over: operators' presence, transfers and their legs, notes after the call."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "call_notes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("call_id", sa.String(64), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("operator", sa.Integer, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(32)),
        sa.PrimaryKeyConstraint("id", name="pk_call_notes"),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name="fk_call_notes_call_id_calls", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_call_notes_call_id_id", "call_notes", ["call_id", "id"])


def downgrade() -> None:
    op.drop_table("call_notes")
