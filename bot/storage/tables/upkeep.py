"""What happened, and who is alive."""

from sqlalchemy import Column, Index, String, Table

from bot.storage.tables.base import identity, metadata, table
from bot.storage.types import Instant, Json, Key

events = table(
    "events",
    identity(),
    Column("at", Instant, nullable=False),
    Column("actor", String(64), nullable=False),
    Column("verb", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("subject", Key, nullable=False),
    Column("source", String(24)),
    Column("target", String(24)),
    Column("data", Json, nullable=False),
)
Index("ix_events_actor", events.c.actor, events.c.id)
Index("ix_events_subject", events.c.kind, events.c.subject, events.c.id)

beats = Table(
    "beats",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("at", Instant, nullable=False),
)
