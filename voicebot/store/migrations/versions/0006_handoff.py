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

    op.create_table(
        "operators",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("skills", sa.JSON, nullable=False),
        sa.Column("languages", sa.JSON, nullable=False),
        sa.Column("at_once", sa.Integer, nullable=False),
        sa.Column("presence", sa.String(16), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_operators"),
    )
    op.create_table(
        "presence_changes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("operator", sa.Integer, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("presence", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_presence_changes"),
    )
    op.create_index("ix_presence_changes_operator_at", "presence_changes", ["operator", "at"])

    op.create_table(
        "transfers",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("call_id", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("by", sa.String(64)),
        sa.Column("began_at", INSTANT, nullable=False),
        sa.Column("joined_at", INSTANT),
        sa.Column("ended_at", INSTANT),
        sa.Column("result", sa.String(16)),
        sa.Column("person", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_transfers"),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name="fk_transfers_call_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_transfers_call_id", "transfers", ["call_id"])
    op.create_index("ix_transfers_began_at", "transfers", ["began_at"])
    op.create_table(
        "transfer_legs",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("transfer_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("target", sa.String(16), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("began_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.Column("outcome", sa.String(16)),
        sa.Column("reason", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_transfer_legs"),
        sa.ForeignKeyConstraint(
            ["transfer_id"],
            ["transfers.id"],
            name="fk_transfer_legs_transfer_id",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("transfer_id", "number", name="uq_transfer_legs_transfer_id_number"),
    )


def downgrade() -> None:
    for table in ("transfer_legs", "transfers", "presence_changes", "operators", "call_notes"):
        op.drop_table(table)
