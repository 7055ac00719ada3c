"""The watch over the money and the provider, and the second pair of eyes: approvals, alerts, episodes, ticks."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from bot.storage.tables.base import due, identity, metadata, only, table
from bot.storage.types import Instant, Json, Key, Money

approvals = table(
    "approvals",
    identity(),
    Column("kind", String(16), nullable=False),  # batch | multicast
    Column("subject", Key, nullable=False),
    Column("author", Key, nullable=False),
    Column("state", String(16), nullable=False),  # asked | approved | refused | withdrawn | expired
    Column("digest", String(64), nullable=False),  # of all that was shown: what is approved is what leaves
    Column("recipients", Integer, nullable=False),
    Column("cost", Money),
    Column("asked", Json, nullable=False),  # ids of those whose private chats got the card
    Column("asking", Json),  # {person: open question} of their cards
    Column("decided_by", Key),
    Column("decided_at", Instant),
    Column("reason", Json),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    *due(),
    UniqueConstraint("kind", "subject"),
)
Index("ix_approvals_due", approvals.c.next_at, **only("next_at IS NOT NULL"))

watchers = table(
    "watchers",
    identity(),
    Column("chat", Key, nullable=False),  # a person's private chat, or a group
    Column("thread", Key, nullable=False, server_default="0"),
    Column("reader", Key, nullable=False),
    Column("quiet", String(8)),  # hours like 22-09 without a sound
    Column("digest", Integer),  # the hour of the morning's summary; None: none
    Column("digested_at", Instant),
    Column("troubles", Boolean, nullable=False, server_default=text("true")),  # also told when the provider fails
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("chat", "thread"),
)

thresholds = table(
    "thresholds",
    identity(),
    Column("watcher", Key, ForeignKey("watchers.id"), nullable=False),
    Column("kind", String(8), nullable=False),  # money: roubles that can still be spent | days: of runway
    Column("value", Money, nullable=False),
    Column("fired_at", Instant),  # None: armed
    Column("notice", Key),  # that told of it
    UniqueConstraint("watcher", "kind", "value"),
)

episodes = Table(
    "episodes",
    metadata,
    Column("name", String(16), primary_key=True),  # gateway | password | refusals
    Column(
        "failures", Integer, nullable=False, server_default="0"
    ),  # in a row; of refusals: the latest outcomes, a bit each
    Column("since", Instant),
    Column("told_at", Instant),  # None: nobody was told of this one yet
    Column("notice", Key),  # that told of it
)

ticks = Table(
    "ticks",
    metadata,
    Column("name", String(16), primary_key=True),
    *due(),
)
