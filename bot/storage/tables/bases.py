"""Phone bases, what is sent to them by the provider, and what fills them."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Text, text

from bot.storage.tables.base import due, identity, only, table
from bot.storage.types import Instant, Json, Key, Money

bases = table(
    "bases",
    identity(),
    Column("name", String(200), nullable=False, unique=True),
    Column("provider_id", String(64), nullable=False),
    Column("phones_total", Integer, nullable=False),
    Column("protected", Boolean),  # known once a call says so
    Column("listed", Boolean, nullable=False, server_default=text("true")),  # was in the provider's last list
    Column("seen_at", Instant, nullable=False),
)

multicasts = table(
    "multicasts",
    identity(),
    Column("origin", String(64), nullable=False, unique=True),
    Column("author", Key, nullable=False),
    Column("confirmed_by", Key, nullable=False),
    Column("chat", Key, nullable=False),
    Column("thread", Key, nullable=False, server_default="0"),
    Column("state", String(24), nullable=False),
    Column("sender", String(11), nullable=False),
    Column("text", Text, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("price", Money),
    Column("bases", Json, nullable=False),  # [{"id", "name", "total"}] as they were confirmed
    Column("recipients", Integer, nullable=False),
    Column("start_at", Instant),  # None: at once
    Column("hand_at", Instant, nullable=False),  # when it becomes the provider's
    Column("tells_at", Instant),  # when its countdown reads differently
    Column("draft", Key, ForeignKey("drafts.id")),
    Column("confirmed_at", Instant, nullable=False),
    Column("handed_at", Instant),
    Column("passed", Boolean, nullable=False, server_default=text("false")),  # its start time has passed
    Column("waiting_since", Instant),
    Column("reason", Json),
    Column("asking", Json),  # an open question: a drift, a missing base, a cancel, a risk
    Column("marked_by", String(200)),
    Column("balance_before", Money),
    *due(),
)
Index("ix_multicasts_due", multicasts.c.next_at, **only("next_at IS NOT NULL"))
Index("ix_multicasts_confirmed_at", multicasts.c.confirmed_at, multicasts.c.id)
Index("ix_multicasts_confirmed_by", multicasts.c.confirmed_by, multicasts.c.confirmed_at, multicasts.c.id)
Index("ix_multicasts_state", multicasts.c.state, multicasts.c.confirmed_at, multicasts.c.id)
Index("ix_multicasts_start", multicasts.c.start_at)

imports = table(
    "imports",
    identity(),
    Column("author", Key, nullable=False),
    Column("confirmed_by", Key),
    Column("chat", Key, nullable=False),
    Column("thread", Key, nullable=False, server_default="0"),
    Column("state", String(16), nullable=False),
    Column("base", Key, ForeignKey("bases.id")),
    Column("name", String(200), nullable=False),
    Column("file_id", String(200)),  # Telegram's, where the numbers come from a document
    Column("pasted", Text),
    Column("column", Integer),
    Column("verdict", Json),
    Column("refused", String(32)),  # why the document could not be read, or why the import paused by itself
    Column("total", Integer, nullable=False, server_default="0"),
    Column("done", Integer, nullable=False, server_default="0"),
    Column("added", Integer, nullable=False, server_default="0"),
    Column("rejected", Integer, nullable=False, server_default="0"),
    Column(
        "repeated", Boolean, nullable=False, server_default=text("false")
    ),  # a chunk went twice: rejects may be there already
    Column("blob", Key, ForeignKey("blobs.id")),  # the document, from its download until it is confirmed
    Column("asking", Json),  # what its card asks: a page of the bases, another column
    Column("bad_rows", Key, ForeignKey("blobs.id")),
    Column("began_at", Instant),
    Column("waiting_since", Instant),
    Column("created_at", Instant, nullable=False),
    *due(),
)
Index("ix_imports_due", imports.c.next_at, **only("next_at IS NOT NULL"))

import_chunks = table(
    "import_chunks",
    identity(),
    Column("import", Key, ForeignKey("imports.id"), nullable=False),
    Column("phones", Json, nullable=False),
    Column("size", Integer, nullable=False),
    Column("state", String(8), nullable=False, server_default="queued"),  # queued | done
    Column("added", Integer),
    Column("rejected", Json),
    *due(),
)
Index("ix_import_chunks_queued", import_chunks.c["import"], import_chunks.c.id, **only("state = 'queued'"))
