"""The tables of accounts: who they are, where they are signed in, and what was seen and done."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from voicebot.store.tables import Instant, metadata

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", String(64), nullable=False),
    Column("name", String(64), nullable=False),
    Column("role", String(16), nullable=False),
    # The slugs of the clients that it may see; null for all.
    Column("clients", JSON(none_as_null=True)),
    Column("technician", String(64), nullable=False, server_default=""),
    # What he reads, "en"; empty until he chooses.
    Column("language", String(8), nullable=False, server_default=""),
    # Null until the first password is chosen, by a link.
    Column("password", Text),
    Column("password_at", Instant),
    # The second factor, sealed with a key that is not in the store; it counts once a code was
    # given, and no code counts twice.
    Column("secret", Text),
    Column("secret_at", Instant),
    Column("last_step", Integer),
    Column("made_at", Instant, nullable=False),
    Column("seen_at", Instant),
    Column("disabled_at", Instant),
    UniqueConstraint("login"),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("used_at", Instant),
    UniqueConstraint("user_id", "digest"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("halfway", Boolean, nullable=False),
    Column("agent", String(256), nullable=False),
    Column("address", String(64), nullable=False),
    UniqueConstraint("digest"),
    Index(None, "user_id"),
    Index(None, "made_at"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", String(64), nullable=False),
    # Null for the first administrator, who has no account yet.
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE")),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    UniqueConstraint("digest"),
    Index(None, "user_id"),
)

failures = Table(
    "failures",
    metadata,
    Column("id", Integer, primary_key=True),
    # "account:HASH" of what was typed, whether it exists or not, or "address:IP".
    Column("about", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "about", "at"),
    Index(None, "at"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("kind", String(32), nullable=False),
    # The number alone, without a reference: what was done outlives the account.
    Column("user_id", Integer),
    Column("who", String(64), nullable=False),
    Column("client", String(64), nullable=False),
    Column("about", String(128), nullable=False),
    Column("detail", Text, nullable=False),
    Column("address", String(64), nullable=False),
    Index(None, "at"),
    Index(None, "who", "at"),
    Index(None, "about", "at"),
)
