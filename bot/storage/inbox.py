"""Updates as rows: stored before Telegram hears that they have arrived, handled once each, in order within a chat."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.storage.engine import Tx
from bot.storage.tables import inbox

KEPT = timedelta(days=3)


async def store(tx: Tx, updates: Sequence[tuple[int, int, Mapping[str, Any]]]) -> None:
    """Store (update_id, chat, body) rows; one that is here already is left alone."""
    if not updates:
        return
    upsert = pg_insert if tx.postgres else sqlite_insert
    values = [
        {"update_id": uid, "chat": chat, "body": dict(body), "received_at": tx.now} for uid, chat, body in updates
    ]
    await tx.conn.execute(upsert(inbox).values(values).on_conflict_do_nothing(index_elements=["update_id"]))
    tx.wakes.add("inbox")


async def chats(tx: Tx, limit: int, without: Collection[int] = ()) -> list[int]:
    """Return chats whose oldest unfinished update may be handled now, the longest waiting first.

    Left out are those named in `without`, and those whose update another process has in hand.
    """
    due = or_(inbox.c.next_at.is_(None), inbox.c.next_at <= tx.now)
    statement = select(inbox.c.chat).where(inbox.c.id.in_(_heads(without)), inbox.c.state == "new", due)
    ordered = statement.order_by(inbox.c.id).limit(limit).with_for_update(skip_locked=True)
    return list((await tx.conn.scalars(ordered)).all())


def _heads(without: Collection[int]) -> Select[tuple[int]]:
    waiting = (inbox.c.state == "new", inbox.c.chat.not_in(without))
    return select(func.min(inbox.c.id)).where(*waiting).group_by(inbox.c.chat)


async def head(tx: Tx, chat: int) -> Row[Any] | None:
    """Return the chat's oldest unfinished update, locked until the transaction ends; None where another has it."""
    statement = select(inbox).where(inbox.c.chat == chat, inbox.c.state == "new").order_by(inbox.c.id).limit(1)
    oldest = (await tx.conn.execute(statement)).one_or_none()
    if oldest is None or (oldest.next_at is not None and oldest.next_at > tx.now):
        return None
    locked = select(inbox).where(inbox.c.id == oldest.id, inbox.c.state == "new").with_for_update(skip_locked=True)
    return (await tx.conn.execute(locked)).one_or_none()


async def done(tx: Tx, row: int) -> None:
    """Mark an update as handled; its body, which holds what people wrote, goes."""
    await tx.conn.execute(update(inbox).where(inbox.c.id == row).values(state="done", body=None, done_at=tx.now))


async def failed(tx: Tx, row: int, error: str, limit: int) -> bool:
    """Count a failed try; after so many the update is given up. Return whether it was."""
    attempts = await tx.conn.scalar(select(inbox.c.attempts).where(inbox.c.id == row).with_for_update()) or 0
    over = attempts + 1 >= limit
    values: dict[str, Any] = {"attempts": attempts + 1, "error": error, "next_at": tx.now + timedelta(seconds=attempts)}
    if over:
        values |= {"state": "failed", "body": None, "done_at": tx.now}
    await tx.conn.execute(update(inbox).where(inbox.c.id == row).values(**values))
    return over


async def next_due(tx: Tx, without: Collection[int] = ()) -> datetime | None:
    """Return when there will be something to handle in a chat that is not named in `without`."""
    moments = func.min(func.coalesce(inbox.c.next_at, inbox.c.received_at))
    moment: datetime | None = await tx.conn.scalar(select(moments).where(inbox.c.id.in_(_heads(without))))
    return moment


async def sweep(tx: Tx) -> None:
    """Forget what was handled days ago."""
    await tx.conn.execute(delete(inbox).where(inbox.c.state != "new", inbox.c.done_at < tx.now - KEPT))
