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
    Column("undo", Integer),  # seconds in which a send can be taken back, where it is not everybody's
    Column("quiet", String(8)),  # hours like 22-09, where they are not everybody's
    Column("parts_a_day", Integer),  # None: no limit
    Column("largest_multicast", Integer),  # recipients; None: no limit
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant),
    Column("removed_at", Instant),  # kept for the names in the history, and never listed
)

invites = table(
    "invites",
    identity(),
    Column("hash", String(64), nullable=False, unique=True),  # SHA-256 of what the link carries
    Column("nonce", String(32), nullable=False),  # what the link is made of, together with a key that is not kept here
    Column("bot", String(64), nullable=False),  # whose link it is, as Telegram names the bot
    Column("role", String(16), nullable=False),
    Column("created_by", Key, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_by", Key),
    Column("used_at", Instant),
    Column("revoked_at", Instant),
)

defaults = Table(
    "defaults",
    metadata,
    Column("name", String(32), primary_key=True),  # a setting that owners changed in the chat
    Column("value", Json, nullable=False),
    Column("changed_by", Key, nullable=False),
    Column("changed_at", Instant, nullable=False),
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
    Column("acted_at", Instant),  # when its people last acted here: near in time, results edit; later, they notify
    Column("language", String(8)),  # of a group, once an owner has said
    Column("zone", String(64)),
    Column("asked_at", Instant),  # when an owner was asked for both
)
