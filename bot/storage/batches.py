"""Batches: named queries, each one thing."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.domain.models import Batch, Place
from bot.domain.states import BatchState, MessageState
from bot.storage import rows
from bot.storage.engine import Tx
from bot.storage.tables import batches, messages

_CHUNK = 5_000
ALIVE = (MessageState.QUEUED, MessageState.SENDING)


async def load(tx: Tx, batch: int) -> Batch | None:
    """Return a batch with its messages counted."""
    row = (await tx.conn.execute(select(batches).where(batches.c.id == batch))).one_or_none()
    return None if row is None else rows.batch(row, await count(tx, batch))


async def lock(tx: Tx, batch: int) -> Row[Any]:
    """Return the batch's row, locked for the rest of the transaction."""
    return (await tx.conn.execute(select(batches).where(batches.c.id == batch).with_for_update())).one()


async def by_origin(tx: Tx, origin: str) -> int | None:
    """Return the batch that this origin has begun."""
    found: int | None = await tx.conn.scalar(select(batches.c.id).where(batches.c.origin == origin))
    return found


async def by_origin_prefix(tx: Tx, prefix: str) -> int | None:
    """Return the newest batch whose origin begins so."""
    statement = select(batches.c.id).where(batches.c.origin.startswith(prefix, autoescape=True))
    found: int | None = await tx.conn.scalar(statement.order_by(batches.c.id.desc()).limit(1))
    return found


async def count(tx: Tx, batch: int) -> dict[MessageState, int]:
    """Return how many of the batch's messages stand in each state."""
    statement = select(messages.c.state, func.count()).where(messages.c.batch == batch).group_by(messages.c.state)
    return {MessageState(state): number for state, number in (await tx.conn.execute(statement)).all()}


async def begin(tx: Tx, values: Mapping[str, Any], phones: Sequence[str]) -> int | None:
    """Store a batch and its queued messages; None where its origin has begun one before."""
    upsert = pg_insert if tx.postgres else sqlite_insert
    statement = (
        upsert(batches).values(**values).on_conflict_do_nothing(index_elements=["origin"]).returning(batches.c.id)
    )
    batch: int | None = await tx.conn.scalar(statement)
    if batch is None:
        return None
    common = {"batch": batch, "parts": values["parts"], "state": MessageState.QUEUED, "next_at": values["undo_until"]}
    for start in range(0, len(phones), _CHUNK):
        some = [{**common, "phone": phone} for phone in phones[start : start + _CHUNK]]
        await tx.conn.execute(insert(messages), some)
    return batch


async def change(tx: Tx, batch: int, **values: Any) -> None:
    """Set columns that are no state."""
    await tx.conn.execute(update(batches).where(batches.c.id == batch).values(**values))


async def ids(tx: Tx, *where: ColumnElement[bool]) -> list[int]:
    """Return the ids of the batches that meet the conditions."""
    return list((await tx.conn.scalars(select(batches.c.id).where(*where).order_by(batches.c.id))).all())


def waits() -> ColumnElement[bool]:
    """Say which batches have messages that still wait to leave, with none on its way."""
    mine = messages.c.batch == batches.c.id
    queued_ = select(messages.c.id).where(mine, messages.c.state == "queued").exists()
    sending = select(messages.c.id).where(mine, messages.c.state == "sending").exists()
    return and_(queued_, ~sending)


async def begun_by(tx: Tx, prefix: str) -> int:
    """Return how many batches have an origin that begins so."""
    where = batches.c.origin.startswith(prefix, autoescape=True)
    return await tx.conn.scalar(select(func.count()).select_from(batches).where(where)) or 0


async def left(tx: Tx, batch: int) -> bool:
    """Return whether anything of the batch has left, or is leaving."""
    stayed = messages.c.state.in_(("queued", "cancelled"))
    found = await tx.conn.scalar(select(messages.c.id).where(messages.c.batch == batch, ~stayed).limit(1))
    return found is not None


async def unrepeat(tx: Tx, batch: int) -> int | None:
    """Forget that a batch repeats a message; return that message's batch."""
    statement = update(messages).where(messages.c.repeated_by == batch).values(repeated_by=None)
    found: int | None = await tx.conn.scalar(statement.returning(messages.c.batch))
    return found


async def repeated_in(tx: Tx, batch: int) -> int | None:
    """Return the batch whose message this batch repeats."""
    found: int | None = await tx.conn.scalar(select(messages.c.batch).where(messages.c.repeated_by == batch).limit(1))
    return found


async def next_to_serve(tx: Tx, passed: Sequence[int]) -> Row[Any] | None:
    """Return the running batch that was served longest ago and has queued messages, locked."""
    queued = select(messages.c.id).where(messages.c.batch == batches.c.id, messages.c.state == "queued").exists()
    statement = (
        select(batches)
        .where(batches.c.state == "running", batches.c.id.not_in(passed), queued)
        .order_by(batches.c.served_at.asc().nulls_first(), batches.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return (await tx.conn.execute(statement)).one_or_none()


async def next_start(tx: Tx) -> datetime | None:
    """Return when the next confirmed batch may start."""
    moment: datetime | None = await tx.conn.scalar(
        select(func.min(batches.c.undo_until)).where(batches.c.state == "ready", complete())
    )
    return moment


async def undoable(tx: Tx, place: Place, by: int) -> int | None:
    """Return the newest batch of this person and place that has not started yet."""
    here = and_(batches.c.chat == place.chat, batches.c.thread == place.thread, batches.c.confirmed_by == by)
    statement = select(batches.c.id).where(here, batches.c.state == "ready", batches.c.undo_until > tx.now)
    found: int | None = await tx.conn.scalar(statement.order_by(batches.c.id.desc()).limit(1))
    return found


async def row(tx: Tx, batch: int) -> Row[Any]:
    """Return the batch's row as it stands, for showing."""
    return (await tx.conn.execute(select(batches).where(batches.c.id == batch))).one()


async def senders(tx: Tx, author: int, limit: int = 3) -> list[str]:
    """Return the senders this person used last."""
    last = func.max(batches.c.id)
    named = (batches.c.author == author, batches.c.sender != "")  # an MMS has none
    statement = select(batches.c.sender).where(*named).group_by(batches.c.sender)
    return list((await tx.conn.scalars(statement.order_by(last.desc()).limit(limit))).all())


async def kinds(tx: Tx, ids_: Collection[int]) -> dict[int, str]:
    """Return the kinds of these batches."""
    statement = select(batches.c.id, batches.c.kind).where(batches.c.id.in_(ids_))
    return {row.id: row.kind for row in (await tx.conn.execute(statement)).all()}


async def alive(tx: Tx, batch: int) -> bool:
    """Return whether anything of the batch may still leave, or is leaving."""
    statement = select(messages.c.id).where(messages.c.batch == batch, messages.c.state.in_(ALIVE)).limit(1)
    return await tx.conn.scalar(statement) is not None


def moving() -> ColumnElement[bool]:
    """Say which batches wait for the valve."""
    return batches.c.state.in_((BatchState.READY, BatchState.RUNNING))


def many_left() -> ColumnElement[bool]:
    """Say which batches are on their way to several people, some of whom are still to come."""
    queued = select(messages.c.id).where(messages.c.batch == batches.c.id, messages.c.state == "queued").exists()
    return and_(batches.c.state == BatchState.RUNNING, batches.c.total > 1, queued)


def complete() -> ColumnElement[bool]:
    """Say which batches have all their messages: no other may start."""
    return batches.c.filling.is_(None)


def paused_for(*codes: str) -> ColumnElement[bool]:
    """Say which batches are paused for one of these reasons."""
    return and_(batches.c.state == BatchState.PAUSED, or_(*(batches.c.reason["code"].as_string() == c for c in codes)))
