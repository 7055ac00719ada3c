"""What happened, and who is alive."""

from sqlalchemy import Column, Index, String, Table

from bot.storage.tables.base import identity, metadata, only, table
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
    Column("topic", String(16)),  # under which the audit lists it; None: it does not
)
Index("ix_events_topic", events.c.topic, events.c.id, **only("topic IS NOT NULL"))
Index("ix_events_actor_topic", events.c.actor, events.c.topic, events.c.id, **only("topic IS NOT NULL"))
Index("ix_events_actor", events.c.actor, events.c.id)
Index("ix_events_subject", events.c.kind, events.c.subject, events.c.id)

beats = Table(
    "beats",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("at", Instant, nullable=False),
)
