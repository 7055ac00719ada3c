"""What is composed and what leaves: drafts, lists, batches, messages, and the valve they leave through."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, text

from bot.storage.tables.base import due, identity, metadata, only, table
from bot.storage.types import Instant, Json, Key, Money

drafts = table(
    "drafts",
    identity(),
    Column("kind", String(16), nullable=False),
    Column("author", Key, nullable=False),
    Column("chat", Key, nullable=False),
    Column("thread", Key, nullable=False, server_default="0"),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("state", String(16), nullable=False, server_default="open"),
    Column("fields", Json, nullable=False),
    Column("awaiting", String(16)),
    Column("listens", Boolean, nullable=False, server_default=text("false")),
    Column("typed", Key),  # the Telegram message its text came from: an edit of that one is followed
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
)
Index("uq_drafts_listens", drafts.c.chat, drafts.c.thread, drafts.c.author, unique=True, **only("listens"))
Index("ix_drafts_kind_state", drafts.c.kind, drafts.c.state)

blobs = table(
    "blobs",
    identity(),
    Column("name", String(200), nullable=False),
    Column("mime", String(100), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
)

lists = table(
    "lists",
    identity(),
    Column("draft", Key, ForeignKey("drafts.id"), nullable=False),
    Column("bases", Json, nullable=False),  # names of the bases it is gathered from
    Column("source", Key),  # the batch whose failed messages it is made of instead
    Column("total", Integer),  # None until it is frozen
    Column("created_at", Instant, nullable=False),
    *due(),
)
Index("ix_lists_due", lists.c.next_at, **only("next_at IS NOT NULL"))

list_chunks = table(
    "list_chunks",
    identity(),
    Column("list", Key, ForeignKey("lists.id"), nullable=False),
    Column("phones", Json, nullable=False),
)
Index("ix_list_chunks_list", list_chunks.c["list"], list_chunks.c.id)

batches = table(
    "batches",
    identity(),
    Column("kind", String(16), nullable=False),  # sms | test | tracked | file | mms
    Column("origin", String(64), nullable=False, unique=True),
    Column("author", Key, nullable=False),
    Column("confirmed_by", Key, nullable=False),
    Column("chat", Key, nullable=False),
    Column("thread", Key, nullable=False, server_default="0"),
    Column("state", String(24), nullable=False),
    Column("sender", String(11), nullable=False),
    Column("flash", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("price", Money),
    Column("total", Integer, nullable=False),
    Column("draft", Key, ForeignKey("drafts.id")),
    Column("undo_until", Instant, nullable=False),
    Column("confirmed_at", Instant, nullable=False),
    Column("progress_at", Instant, nullable=False),  # since when nothing could be handed over
    Column("paused_at", Instant),
    Column("reason", Json),
    Column("served_at", Instant),  # dispatch serves the least recently served batch
    Column("waiting_since", Instant),  # the provider could not be reached since
    Column("doubts", Integer, nullable=False, server_default="0"),  # unknown outcomes in a row
    Column("refusals", Integer, nullable=False, server_default="0"),  # refusals in a row
    Column("balance_before", Money),
    Column("subject", Text),  # of an MMS
    Column("picture", Key, ForeignKey("blobs.id")),  # of an MMS, PNG
    Column("listed", Boolean, nullable=False, server_default=text("false")),
    Column("filling", Key, ForeignKey("lists.id")),  # its list: nothing leaves till it is made
    Column("filled", Key, nullable=False, server_default="0"),  # the last chunk of it that was
    Column("standing", String(16), nullable=False, server_default="going"),  # how the history lists it
)
Index("ix_batches_confirmed_at", batches.c.confirmed_at, batches.c.id)
Index("ix_batches_confirmed_by", batches.c.confirmed_by, batches.c.confirmed_at, batches.c.id)
Index("ix_batches_standing", batches.c.standing, batches.c.confirmed_at, batches.c.id)
Index("ix_batches_person_standing", batches.c.confirmed_by, batches.c.standing, batches.c.confirmed_at, batches.c.id)
Index("ix_batches_state_served_at", batches.c.state, batches.c.served_at)
Index("ix_batches_filling", batches.c.filling, **only("filling IS NOT NULL"))

messages = table(
    "messages",
    identity(),
    Column("batch", Key, ForeignKey("batches.id"), nullable=False),
    Column("phone", String(11), nullable=False),
    Column("text", Text),  # only where personal
    Column("parts", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("gateway_id", String(64)),
    Column("reason", Json),
    Column("marked_by", String(200)),
    Column("repeated_by", Key),  # the batch that sends it once more
    Column("asking", String(16)),  # the open question of its own card
    Column("sending_at", Instant),
    Column("sent_at", Instant),
    Column("final_at", Instant),
    Column("checked_at", Instant),
    *due(),
)
Index("ix_messages_queued", messages.c.batch, messages.c.id, **only("state = 'queued'"))
Index("ix_messages_sending", messages.c.lease_until, **only("state = 'sending'"))
Index("ix_messages_tracked", messages.c.next_at, **only("state = 'sent'"))
Index("ix_messages_batch_state", messages.c.batch, messages.c.state)
Index("ix_messages_phone", messages.c.phone, messages.c.id)
Index("ix_messages_gateway_id", messages.c.gateway_id)

valves = Table(
    "valves",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("tokens", Float, nullable=False),
    Column("filled_at", Instant, nullable=False),
    Column("shut", String(32)),  # None | backoff | a reason code of the provider
    Column("shut_at", Instant),
    Column("until", Instant),  # a back-off opens by itself
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("probe", String(8)),  # None | due | flying: the first claim after reopening is one message
    Column("stopped_by", String(200)),  # the panic switch: a person's name
    Column("stopped_at", Instant),
)

balances = table(
    "balances",
    identity(),
    Column("balance", Money, nullable=False),
    Column("overdraft", Money, nullable=False),
    Column("at", Instant, nullable=False, index=True),
)
