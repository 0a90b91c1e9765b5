"""The rota: who changed it, whom it was told to, whose numbers were verified."""

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
