"""What the chats should see: cards, documents, and the requests and notices that cards show."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, UniqueConstraint

from bot.storage.tables.base import due, identity, only, table
from bot.storage.types import Instant, Json, Key

documents = table(
    "documents",
    identity(),
    Column("blob", Key, ForeignKey("blobs.id"), nullable=False),
    Column("kind", String(8), nullable=False),  # document | photo
    Column("caption", Json),  # a text's key and its arguments
    Column("chat", Key, nullable=False),
    Column("thread", Key, nullable=False, server_default="0"),
    Column("reader", Key, nullable=False),
    Column("card", Key, ForeignKey("cards.id")),  # the card it replies to
    Column("message_id", Key),
    *due(),
)
Index("ix_documents_due", documents.c.next_at, **only("next_at IS NOT NULL"))

requests = table(
    "requests",
    identity(),
    Column("kind", String(16), nullable=False),  # balance | status | reopen | bases | base | forget
    Column("args", Json, nullable=False),
    Column("state", String(16), nullable=False, server_default="asked"),
    Column("result", Json, nullable=False),
    Column("chat", Key),
    Column("asked_at", Instant, nullable=False),
    Column("answered_at", Instant),
    *due(),
)
Index("ix_requests_asked", requests.c.next_at, **only("state = 'asked'"))

notices = table(
    "notices",
    identity(),
    Column("kind", String(32), nullable=False),
    Column("args", Json, nullable=False),
    Column("created_at", Instant, nullable=False),
)

cards = table(
    "cards",
    identity(),
    Column("kind", String(16), nullable=False),
    Column("subject", Key, nullable=False),
    Column("chat", Key, nullable=False),
    Column("thread", Key, nullable=False, server_default="0"),
    Column("reader", Key, nullable=False),  # whose language, zone and role it is written for
    Column("version", Integer, nullable=False, server_default="1"),
    Column("wanted", Integer, nullable=False, server_default="1"),
    Column("shown", Integer, nullable=False, server_default="0"),
    Column("look", String(64)),  # digest of what is on screen, None where that is not certain: no edit without a change
    Column("move", String(8), nullable=False),  # how it was last raised: silent | loud, or edit
    Column("raised", Integer, nullable=False, server_default="0"),  # which `wanted` asked for that: owed while > shown
    Column(
        "pressed", Integer, nullable=False, server_default="0"
    ),  # which `wanted` a press asked for: it skips the pace
    Column("message_id", Key),
    Column("retire", Json, nullable=False),
    Column("shown_version", Integer, nullable=False, server_default="0"),
    Column("fresh_until", Instant),
    Column("obeyed", Json),  # the last press that changed anything: {verb, arg, versions, deed}
    Column("rests_until", Instant),  # in a group: what only tells how far something is waits
    *due(),
    UniqueConstraint("kind", "subject", "chat", "thread"),
)
Index("ix_cards_due", cards.c.next_at, **only("next_at IS NOT NULL"))
Index("ix_cards_held", cards.c.chat, **only("claim IS NOT NULL"))
Index("ix_cards_message", cards.c.chat, cards.c.message_id)
