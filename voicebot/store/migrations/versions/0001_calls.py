"""Calls, their journal, their message, their alerts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "calls",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("client", sa.String(64), nullable=False),
        sa.Column("caller_number", sa.String(32)),
        sa.Column("called", sa.String(64)),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("situation", sa.String(32)),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("answered_at", INSTANT),
        sa.Column("ended_at", INSTANT),
        sa.Column("outcome", sa.String(32)),
        sa.Column("cause", sa.String(32)),
        sa.Column("urgency", sa.String(16)),
        sa.Column("rule", sa.String(128)),
        sa.Column("because", sa.Text),
        sa.Column("words", sa.JSON),
        sa.Column("search", sa.Text, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_calls"),
    )
    op.create_index("ix_calls_started_at", "calls", ["started_at"])
    op.create_index("ix_calls_client_started_at", "calls", ["client", "started_at"])
    op.create_index("ix_calls_ended_at", "calls", ["ended_at"])

    op.create_table(
        "journal",
        *_of_a_call("journal"),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.UniqueConstraint("call_id", "seq", name="uq_journal_call_id_seq"),
    )
    op.create_table(
        "messages",
        *_of_a_call("messages"),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False),
        sa.UniqueConstraint("call_id", name="uq_messages_call_id"),
    )
    op.create_table(
        "alerts",
        *_of_a_call("alerts"),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("urgency", sa.String(16), nullable=False),
        sa.Column("rule", sa.String(128), nullable=False),
        sa.Column("because", sa.Text),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.UniqueConstraint("call_id", "rule", name="uq_alerts_call_id_rule"),
    )
    op.create_index("ix_alerts_state_at", "alerts", ["state", "at"])


def downgrade() -> None:
    for table in ("alerts", "messages", "journal", "calls"):
        op.drop_table(table)


def _of_a_call(table: str) -> tuple[sa.Column[int] | sa.Column[str] | sa.Constraint, ...]:
    return (
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("call_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name=f"fk_{table}_call_id", ondelete="CASCADE"
        ),
    )
