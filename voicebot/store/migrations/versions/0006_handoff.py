"""Handing over: operators' presence, transfers and their legs, notes after the call."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
