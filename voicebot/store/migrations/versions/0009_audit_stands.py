"""The log of who saw and did what stands on PostgreSQL too, as it does on SQLite since 0005."""

from alembic import op

revision = "0009"
down_revision = "0008"

REFUSES = """
CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at <= now() - interval '1 year' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE =
        'the log of what was seen and done is not rewritten, and kept a year';
END
$$
"""
ROWS = (
    "CREATE TRIGGER audit_stands BEFORE UPDATE OR DELETE ON audit "
    "FOR EACH ROW EXECUTE FUNCTION audit_refuses()"
)
# TRUNCATE looks at no row, and so would pass the other one by.
WHOLE = (
    "CREATE TRIGGER audit_stays BEFORE TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses()"
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for statement in (REFUSES, ROWS, WHOLE):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_stays ON audit")
        op.execute("DROP TRIGGER audit_stands ON audit")
        op.execute("DROP FUNCTION audit_refuses()")
