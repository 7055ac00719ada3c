"""Drafts: what is being composed, and which one listens to its author."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import and_, insert, select, update

from bot.domain.models import Draft, Place
from bot.storage import rows
from bot.storage.engine import Tx
from bot.storage.tables import drafts


async def add(
    tx: Tx, kind: str, author: int, place: Place, fields: Mapping[str, Any], typed: int | None = None
) -> Draft:
    """Store an open draft."""
    values = {
        "kind": kind,
        "author": author,
        "chat": place.chat,
        "thread": place.thread,
        "fields": dict(fields),
        "typed": typed,
        "state": "open",
        "created_at": tx.now,
        "updated_at": tx.now,
    }
    return rows.draft((await tx.conn.execute(insert(drafts).values(**values).returning(*drafts.c))).one())


async def load(tx: Tx, draft: int) -> Draft | None:
    """Return a draft, locked for the rest of a write transaction."""
    row = (await tx.conn.execute(select(drafts).where(drafts.c.id == draft).with_for_update())).one_or_none()
    return None if row is None else rows.draft(row)


async def peek(tx: Tx, draft: int) -> Draft | None:
    """Return a draft, for showing."""
    row = (await tx.conn.execute(select(drafts).where(drafts.c.id == draft))).one_or_none()
    return None if row is None else rows.draft(row)


async def listening(tx: Tx, place: Place, author: int) -> Draft | None:
    """Return the one draft that waits for what this person types here."""
    here = and_(drafts.c.chat == place.chat, drafts.c.thread == place.thread, drafts.c.author == author)
    row = (await tx.conn.execute(select(drafts).where(here, drafts.c.listens))).one_or_none()
    return None if row is None else rows.draft(row)


async def latest(tx: Tx, kinds: Sequence[str], place: Place, author: int) -> Draft | None:
    """Return the open draft that this person changed last here."""
    here = and_(drafts.c.chat == place.chat, drafts.c.thread == place.thread, drafts.c.author == author)
    statement = select(drafts).where(here, drafts.c.kind.in_(kinds), drafts.c.state == "open")
    row = (await tx.conn.execute(statement.order_by(drafts.c.updated_at.desc()).limit(1))).one_or_none()
    return None if row is None else rows.draft(row)


async def typed_as(tx: Tx, chat: int, message_id: int) -> Draft | None:
    """Return the open draft whose text came from this Telegram message."""
    where = (drafts.c.chat == chat, drafts.c.typed == message_id, drafts.c.state == "open")
    row = (await tx.conn.execute(select(drafts).where(*where).order_by(drafts.c.id.desc()).limit(1))).one_or_none()
    return None if row is None else rows.draft(row)


async def of_album(tx: Tx, place: Place, author: int, album: str) -> Draft | None:
    """Return the newest draft here, open or not, whose picture came in this album of Telegram's."""
    here = and_(drafts.c.chat == place.chat, drafts.c.thread == place.thread, drafts.c.author == author)
    where = (here, drafts.c.kind == "mms", drafts.c.fields["album"]["id"].as_string() == album)
    row = (await tx.conn.execute(select(drafts).where(*where).order_by(drafts.c.id.desc()).limit(1))).one_or_none()
    return None if row is None else rows.draft(row)


async def open_about(tx: Tx, kind: str, about: int) -> Draft | None:
    """Return the open draft of a kind whose fields say what it is about."""
    where = (drafts.c.kind == kind, drafts.c.state == "open", drafts.c.fields["about"].as_integer() == about)
    row = (await tx.conn.execute(select(drafts).where(*where).limit(1))).one_or_none()
    return None if row is None else rows.draft(row)


async def save(
    tx: Tx, draft: Draft, fields: Mapping[str, Any], awaiting: str | None, typed: int | None = None
) -> Draft:
    """Store a draft's new content; one that awaits something listens from now on, and no other of its author here does."""
    listens = awaiting is not None and draft.state == "open"
    if listens:
        await hush(tx, draft.place, draft.author)
    values: dict[str, Any] = {"fields": dict(fields), "awaiting": awaiting, "listens": listens, "updated_at": tx.now}
    values["version"] = drafts.c.version + 1
    if typed is not None:
        values["typed"] = typed
    statement = update(drafts).where(drafts.c.id == draft.id).values(**values).returning(*drafts.c)
    return rows.draft((await tx.conn.execute(statement)).one())


async def mark(tx: Tx, draft: int, fields: Mapping[str, Any]) -> None:
    """Store what no card shows: the draft's content stays what it was."""
    await tx.conn.execute(update(drafts).where(drafts.c.id == draft).values(fields=dict(fields)))


async def unconfirmed_edits(tx: Tx) -> list[int]:
    """Return the open drafts that edit a multicast whose start has come."""
    start = drafts.c.fields["source"]["start"].as_string()
    where = (drafts.c.kind == "multicast", drafts.c.state == "open", start.is_not(None), start <= tx.now.isoformat())
    return list((await tx.conn.scalars(select(drafts.c.id).where(*where))).all())


async def listen_again(tx: Tx, draft: int) -> None:
    """Let an open draft listen once more to what it awaits, unless something else of its author listens there."""
    other = drafts.alias("other")
    same = (other.c.chat == drafts.c.chat, other.c.thread == drafts.c.thread, other.c.author == drafts.c.author)
    taken = select(other.c.id).where(*same, other.c.listens).exists()
    where = (drafts.c.id == draft, drafts.c.state == "open", drafts.c.awaiting.is_not(None), ~taken)
    await tx.conn.execute(update(drafts).where(*where).values(listens=True))


async def hush(tx: Tx, place: Place, author: int) -> None:
    """Let no draft of this person listen here."""
    here = and_(drafts.c.chat == place.chat, drafts.c.thread == place.thread, drafts.c.author == author)
    await tx.conn.execute(update(drafts).where(here, drafts.c.listens).values(listens=False))
