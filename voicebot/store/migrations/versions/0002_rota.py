"""The rota: who changed it, whom it was told to, whose numbers were verified."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "swaps",
        *_of_a_client("swaps"),
        sa.Column("rota", sa.String(64), nullable=False),
        sa.Column("asker", sa.String(64), nullable=False),
        sa.Column("asked", sa.String(64), nullable=False),
        sa.Column("start", INSTANT, nullable=False),
        sa.Column("end", INSTANT, nullable=False),
        sa.Column("back_start", INSTANT),
        sa.Column("back_end", INSTANT),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("answered_at", INSTANT),
    )
    op.create_index("ix_swaps_client_state", "swaps", ["client", "state"])
    op.create_table(
        "rota_changes",
        *_of_a_client("rota_changes"),
        sa.Column("rota", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("start", INSTANT, nullable=False),
        sa.Column("end", INSTANT, nullable=False),
        sa.Column("add", sa.String(64)),
        sa.Column("remove", sa.String(64)),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("shifts", sa.JSON),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("exceptional", sa.Boolean, nullable=False),
        sa.Column("swap_id", sa.Integer),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("withdrawn_by", sa.String(64)),
        sa.Column("withdrawn_at", INSTANT),
        sa.ForeignKeyConstraint(["swap_id"], ["swaps.id"], name="fk_rota_changes_swap_id"),
    )
    op.create_index("ix_rota_changes_client_end", "rota_changes", ["client", "end"])
    op.create_table(
        "contact_checks",
        *_of_a_client("contact_checks"),
        sa.Column("technician", sa.String(64), nullable=False),
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("digest", sa.String(64)),
        sa.Column("expires_at", INSTANT),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("verified_at", INSTANT),
        sa.Column("verified_by", sa.String(64)),
        sa.UniqueConstraint(
            "client", "technician", "address", name="uq_contact_checks_client_technician_address"
        ),
    )
    op.create_table(
        "confirmations",
        *_of_a_client("confirmations"),
        sa.Column("rota", sa.String(64), nullable=False),
        sa.Column("technician", sa.String(64), nullable=False),
        sa.Column("shift_start", INSTANT, nullable=False),
        sa.Column("shift_end", INSTANT, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("confirmed_at", INSTANT),
        sa.Column("confirmed_by", sa.String(16)),
        sa.Column("missed_at", INSTANT),
        sa.UniqueConstraint(
            "client",
            "rota",
            "technician",
            "shift_start",
            name="uq_confirmations_client_rota_technician_shift_start",
        ),
    )
    op.create_index("ix_confirmations_client_shift_end", "confirmations", ["client", "shift_end"])


def downgrade() -> None:
    for table in ("confirmations", "contact_checks", "rota_changes", "swaps"):
        op.drop_table(table)


def _of_a_client(table: str) -> tuple[sa.Column[int] | sa.Column[str] | sa.Constraint, ...]:
    return (
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("client", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
