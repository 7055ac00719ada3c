"""The tables. Every due table carries the same four columns: next_at, attempts, claim, lease_until."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.storage.types import Instant, Json, Key, Money

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)


def _table(name: str, *parts: Any) -> Table:
    # AUTOINCREMENT: SQLite would give a deleted row's id to the next one, and buttons name ids.
    return Table(name, metadata, *parts, sqlite_autoincrement=True)


def _id() -> Column[int]:
    return Column("id", Key, primary_key=True, autoincrement=True)


def _due() -> tuple[Column[Any], ...]:
    return (
        Column("next_at", Instant),
        Column("attempts", Integer, nullable=False, server_default="0"),
        Column("claim", String(32)),
        Column("lease_until", Instant),
    )


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

inbox = _table(
    "inbox",
    _id(),
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
Index(
    "ix_inbox_new", inbox.c.chat, inbox.c.id, sqlite_where=text("state = 'new'"), postgresql_where=text("state = 'new'")
)

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

drafts = _table(
    "drafts",
    _id(),
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
Index(
    "uq_drafts_listens",
    drafts.c.chat,
    drafts.c.thread,
    drafts.c.author,
    unique=True,
    sqlite_where=text("listens"),
    postgresql_where=text("listens"),
)
Index("ix_drafts_kind_state", drafts.c.kind, drafts.c.state)

blobs = _table(
    "blobs",
    _id(),
    Column("name", String(200), nullable=False),
    Column("mime", String(100), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
)

lists = _table(
    "lists",
    _id(),
    Column("draft", Key, ForeignKey("drafts.id"), nullable=False),
    Column("bases", Json, nullable=False),  # names of the bases it is gathered from
    Column("source", Key),  # the batch whose failed messages it is made of instead
    Column("total", Integer),  # None until it is frozen
    Column("created_at", Instant, nullable=False),
    *_due(),
)
Index(
    "ix_lists_due",
    lists.c.next_at,
    sqlite_where=text("next_at IS NOT NULL"),
    postgresql_where=text("next_at IS NOT NULL"),
)

list_chunks = _table(
    "list_chunks",
    _id(),
    Column("list", Key, ForeignKey("lists.id"), nullable=False),
    Column("phones", Json, nullable=False),
)
Index("ix_list_chunks_list", list_chunks.c["list"], list_chunks.c.id)

batches = _table(
    "batches",
    _id(),
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
)
Index("ix_batches_state_served_at", batches.c.state, batches.c.served_at)
Index(
    "ix_batches_filling",
    batches.c.filling,
    sqlite_where=text("filling IS NOT NULL"),
    postgresql_where=text("filling IS NOT NULL"),
)

messages = _table(
    "messages",
    _id(),
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
    *_due(),
)
Index(
    "ix_messages_queued",
    messages.c.batch,
    messages.c.id,
    sqlite_where=text("state = 'queued'"),
    postgresql_where=text("state = 'queued'"),
)
Index(
    "ix_messages_sending",
    messages.c.lease_until,
    sqlite_where=text("state = 'sending'"),
    postgresql_where=text("state = 'sending'"),
)
Index(
    "ix_messages_tracked",
    messages.c.next_at,
    sqlite_where=text("state = 'sent'"),
    postgresql_where=text("state = 'sent'"),
)
Index("ix_messages_batch_state", messages.c.batch, messages.c.state)
Index("ix_messages_phone", messages.c.phone, messages.c.id)
Index("ix_messages_gateway_id", messages.c.gateway_id)

bases = _table(
    "bases",
    _id(),
    Column("name", String(200), nullable=False, unique=True),
    Column("provider_id", String(64), nullable=False),
    Column("phones_total", Integer, nullable=False),
    Column("protected", Boolean),  # known once a call says so
    Column("listed", Boolean, nullable=False, server_default=text("true")),  # was in the provider's last list
    Column("seen_at", Instant, nullable=False),
)

multicasts = _table(
    "multicasts",
    _id(),
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
    *_due(),
)
Index(
    "ix_multicasts_due",
    multicasts.c.next_at,
    sqlite_where=text("next_at IS NOT NULL"),
    postgresql_where=text("next_at IS NOT NULL"),
)
Index("ix_multicasts_start", multicasts.c.start_at)

imports = _table(
    "imports",
    _id(),
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
    *_due(),
)
Index(
    "ix_imports_due",
    imports.c.next_at,
    sqlite_where=text("next_at IS NOT NULL"),
    postgresql_where=text("next_at IS NOT NULL"),
)

import_chunks = _table(
    "import_chunks",
    _id(),
    Column("import", Key, ForeignKey("imports.id"), nullable=False),
    Column("phones", Json, nullable=False),
    Column("size", Integer, nullable=False),
    Column("state", String(8), nullable=False, server_default="queued"),  # queued | done
    Column("added", Integer),
    Column("rejected", Json),
    *_due(),
)
Index(
    "ix_import_chunks_queued",
    import_chunks.c["import"],
    import_chunks.c.id,
    sqlite_where=text("state = 'queued'"),
    postgresql_where=text("state = 'queued'"),
)

documents = _table(
    "documents",
    _id(),
    Column("blob", Key, ForeignKey("blobs.id"), nullable=False),
    Column("kind", String(8), nullable=False),  # document | photo
    Column("caption", Json),  # a text's key and its arguments
    Column("chat", Key, nullable=False),
    Column("thread", Key, nullable=False, server_default="0"),
    Column("reader", Key, nullable=False),
    Column("card", Key, ForeignKey("cards.id")),  # the card it replies to
    Column("message_id", Key),
    *_due(),
)
Index(
    "ix_documents_due",
    documents.c.next_at,
    sqlite_where=text("next_at IS NOT NULL"),
    postgresql_where=text("next_at IS NOT NULL"),
)

requests = _table(
    "requests",
    _id(),
    Column("kind", String(16), nullable=False),  # balance | status | reopen | bases | base | forget
    Column("args", Json, nullable=False),
    Column("state", String(16), nullable=False, server_default="asked"),
    Column("result", Json, nullable=False),
    Column("chat", Key),
    Column("asked_at", Instant, nullable=False),
    Column("answered_at", Instant),
    *_due(),
)
Index(
    "ix_requests_asked",
    requests.c.next_at,
    sqlite_where=text("state = 'asked'"),
    postgresql_where=text("state = 'asked'"),
)

notices = _table(
    "notices",
    _id(),
    Column("kind", String(32), nullable=False),
    Column("args", Json, nullable=False),
    Column("created_at", Instant, nullable=False),
)

cards = _table(
    "cards",
    _id(),
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
    *_due(),
    UniqueConstraint("kind", "subject", "chat", "thread"),
)
Index(
    "ix_cards_due",
    cards.c.next_at,
    sqlite_where=text("next_at IS NOT NULL"),
    postgresql_where=text("next_at IS NOT NULL"),
)
Index("ix_cards_held", cards.c.chat, sqlite_where=text("claim IS NOT NULL"), postgresql_where=text("claim IS NOT NULL"))
Index("ix_cards_message", cards.c.chat, cards.c.message_id)

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

balances = _table(
    "balances",
    _id(),
    Column("balance", Money, nullable=False),
    Column("overdraft", Money, nullable=False),
    Column("at", Instant, nullable=False, index=True),
)

events = _table(
    "events",
    _id(),
    Column("at", Instant, nullable=False),
    Column("actor", String(64), nullable=False),
    Column("verb", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("subject", Key, nullable=False),
    Column("source", String(24)),
    Column("target", String(24)),
    Column("data", Json, nullable=False),
)
Index("ix_events_subject", events.c.kind, events.c.subject, events.c.id)

beats = Table(
    "beats",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("at", Instant, nullable=False),
)
