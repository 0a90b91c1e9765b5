"""Alerts on their way to a person."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

INSTANT = sa.DateTime(timezone=True)


def _added() -> tuple[sa.Column[Any], ...]:
    """What an alert gains."""
    return (
        sa.Column("client", sa.String(64), nullable=False, server_default=""),
        sa.Column("caller", sa.String(32)),
        sa.Column("site", sa.Text),
        sa.Column("flagged_at", INSTANT),
        sa.Column("acknowledged_at", INSTANT),
        sa.Column("acknowledged_by", sa.String(64)),
        sa.Column("closed_at", INSTANT),
    )


def upgrade() -> None:
    with op.batch_alter_table("alerts") as batch:
        batch.alter_column("call_id", existing_type=sa.String(64), nullable=True)
        for column in _added():
            batch.add_column(column)
    op.create_index("ix_alerts_client_at", "alerts", ["client", "at"])
    op.create_table(
        "alert_calls",
        sa.Column("alert_id", sa.Integer, nullable=False),
        sa.Column("call_id", sa.String(64), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("alert_id", "call_id", name="pk_alert_calls"),
        _of("alert_calls", "alert_id", "alerts"),
        _of("alert_calls", "call_id", "calls"),
    )
    op.create_index("ix_alert_calls_call_id", "alert_calls", ["call_id"])
    op.create_table(
        "alert_changes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("alert_id", sa.Integer, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alert_changes"),
        _of("alert_changes", "alert_id", "alerts"),
    )
    op.create_index("ix_alert_changes_alert_id", "alert_changes", ["alert_id"])
    op.create_index("ix_alert_changes_who_at", "alert_changes", ["who", "at"])
    op.create_table(
        "escalations",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("alert_id", sa.Integer, nullable=False),
        sa.Column("client", sa.String(64), nullable=False),
        sa.Column("phase", sa.String(16), nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("procedure", sa.Boolean, nullable=False),
        sa.Column("since", INSTANT),
        sa.Column("due_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_escalations"),
        sa.UniqueConstraint("alert_id", name="uq_escalations_alert_id"),
        _of("escalations", "alert_id", "alerts"),
    )
    op.create_index("ix_escalations_due_at", "escalations", ["due_at"])
    _attempts()


def _attempts() -> None:
    whole = ("escalation_id", "procedure", "step", "person", "way", "address")
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("escalation_id", sa.Integer, nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("procedure", sa.Boolean, nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("ring_s", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(16)),
        sa.Column("posted_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("started_at", INSTANT),
        sa.Column("taken_back_at", INSTANT),
        sa.Column("ended_at", INSTANT),
        sa.Column("owner", sa.String(128)),
        sa.Column("beat", sa.Integer, nullable=False, server_default="0"),
        sa.Column("refused", sa.Integer, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
        sa.UniqueConstraint("key", name="uq_attempts_key"),
        sa.UniqueConstraint(*whole, name="uq_attempts_" + "_".join(whole)),
        _of("attempts", "escalation_id", "escalations"),
    )
    op.create_index("ix_attempts_state_due_at", "attempts", ["state", "due_at"])
    op.create_index("ix_attempts_person_posted_at", "attempts", ["person", "posted_at"])


def downgrade() -> None:
    for table in ("attempts", "escalations", "alert_changes", "alert_calls"):
        op.drop_table(table)
    op.drop_index("ix_alerts_client_at", "alerts")
    for column in _added():
        op.drop_column("alerts", column.name)


def _of(table: str, column: str, other: str) -> sa.Constraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")
