"""Who we know, where they are, and what they said."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, text

from bot.storage.tables.base import identity, metadata, only, table
from bot.storage.types import Instant, Json, Key

admins = Table(
    "admins",
    metadata,
    Column("user_id", Key, primary_key=True, autoincrement=False),
    Column("name", String(200), nullable=False, server_default=""),
    Column("role", String(16), nullable=False),
    Column("language", String(8), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("sender", String(11)),
    Column("phone", String(11)),
    Column("enabled", Boolean, nullable=False, server_default=text("true")),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant),
)

strangers = Table(
    "strangers",
    metadata,
    Column("user_id", Key, primary_key=True, autoincrement=False),
    Column("name", String(200), nullable=False),
    Column("username", String(64)),
    Column("language", String(8), nullable=False, server_default="ru"),
    Column("seen_at", Instant, nullable=False),
    Column("decision", String(16)),  # a role, or "ignored"
    Column("decided_by", Key),
    Column("decided_at", Instant),
)

inbox = table(
    "inbox",
    identity(),
    Column("update_id", Key, nullable=False, unique=True),
    Column("chat", Key, nullable=False),
    Column("body", Json),
    Column("state", String(8), nullable=False, server_default="new"),  # new | done | failed
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_at", Instant),
    Column("error", Text),
    Column("received_at", Instant, nullable=False),
    Column("done_at", Instant),
)
Index("ix_inbox_new", inbox.c.chat, inbox.c.id, **only("state = 'new'"))

chats = Table(
    "chats",
    metadata,
    Column("chat", Key, primary_key=True, autoincrement=False),
    Column("paced_until", Instant),  # edits that nobody asked for wait
    Column("barred_until", Instant),  # Telegram said to wait: nothing at all is sent
    Column("parked", Boolean, nullable=False, server_default=text("false")),
    Column(
        "acted_at", Instant
    ),  # when its people last did something here: near in time, results edit; later, they notify
)
