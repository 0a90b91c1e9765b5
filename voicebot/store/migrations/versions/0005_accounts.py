"""Accounts: who may see and do what, their sessions, and the log of what they did."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
