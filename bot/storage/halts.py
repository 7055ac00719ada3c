"""What the panic switch finds on its way, and the minutes it gives back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, func, or_, select, update

from bot.domain.models import Multicast
from bot.domain.states import BatchState, ImportState, MessageState, MulticastState
from bot.storage import rows
from bot.storage.batches import moving
from bot.storage.engine import Tx
from bot.storage.tables import batches, imports, messages, multicasts, notices

KIND = "halt"
"""The kind of the notice that each standstill has."""
_WAITING = (BatchState.READY, BatchState.RUNNING, BatchState.PAUSED)
_GIVEN = (MulticastState.HANDED_OVER, MulticastState.IN_DOUBT)
_HELD = multicasts.c.state == MulticastState.HELD


@dataclass(frozen=True, slots=True)
class Halted:
    """A send that waits for an owner's word: how many of its messages wait, and to whom where it is one."""

    batch: int
    total: int
    queued: int
    phone: str | None
    sender: str


async def current(tx: Tx) -> int | None:
    """Return the notice of the last standstill, over or not."""
    found: int | None = await tx.conn.scalar(select(func.max(notices.c.id)).where(notices.c.kind == KIND))
    return found


async def sends(tx: Tx) -> int:
    """Return how many sends would like to go."""
    return await tx.conn.scalar(select(func.count()).select_from(batches).where(moving())) or 0


async def listed(tx: Tx, limit: int) -> Sequence[Halted]:
    """Return the oldest sends that would like to go."""
    mine, waits = messages.c.batch == batches.c.id, messages.c.state == MessageState.QUEUED
    queued = select(func.count()).where(mine, waits).scalar_subquery()
    phone = select(func.min(messages.c.phone)).where(mine, batches.c.total == 1).scalar_subquery()
    columns = (batches.c.id, batches.c.total, queued, phone, batches.c.sender)
    rows = await tx.conn.execute(select(*columns).where(moving()).order_by(batches.c.id).limit(limit))
    return [Halted(*row) for row in rows.all()]


async def flying(tx: Tx, lately: timedelta) -> int:
    """Return how many messages are on their way and have no final state yet; of an MMS that tells none, so long."""
    asked = and_(messages.c.state == MessageState.SENT, messages.c.next_at.is_not(None))
    counted = select(func.count()).select_from(messages)
    mute = (batches.c.kind == "mms", messages.c.state == MessageState.SENT, messages.c.next_at.is_(None))
    lately_sent = (batches.c.confirmed_at >= tx.now - lately, messages.c.sent_at >= tx.now - lately)
    queries = (
        counted.where(messages.c.state == MessageState.SENDING),
        counted.where(asked),
        counted.join(batches, batches.c.id == messages.c.batch).where(*mute, *lately_sent),
    )
    return sum([await tx.conn.scalar(query) or 0 for query in queries])


async def holding(tx: Tx) -> int:
    """Return how many multicasts are held."""
    return await tx.conn.scalar(select(func.count()).select_from(multicasts).where(_HELD)) or 0


async def held(tx: Tx, limit: int) -> list[Multicast]:
    """Return held multicasts, the next first."""
    moment = func.coalesce(multicasts.c.start_at, multicasts.c.hand_at)
    statement = select(multicasts).where(_HELD).order_by(moment, multicasts.c.id).limit(limit)
    return [rows.multicast(row) for row in (await tx.conn.execute(statement)).all()]


async def gone(tx: Tx, lately: timedelta) -> list[Multicast]:
    """Return the multicasts that the provider has, or may have, and that are not surely over: what began lately may still run."""
    moment = func.coalesce(multicasts.c.start_at, multicasts.c.handed_at, multicasts.c.hand_at)
    given = and_(multicasts.c.state.in_(_GIVEN), moment > tx.now - lately)
    where = or_(multicasts.c.state == MulticastState.HANDING_OVER, given)
    statement = select(multicasts).where(where).order_by(moment, multicasts.c.id)
    return [rows.multicast(row) for row in (await tx.conn.execute(statement)).all()]


async def importing(tx: Tx) -> bool:
    """Return whether a base is being filled."""
    where = imports.c.state == ImportState.RUNNING
    return await tx.conn.scalar(select(imports.c.id).where(where).limit(1)) is not None


async def give_back(tx: Tx, since: datetime) -> None:
    """Let no send's minutes count since then: of one that began to wait later, since it did."""
    waiting = (batches.c.state.in_(_WAITING), batches.c.progress_at < tx.now)
    rows = (await tx.conn.execute(select(batches.c.id, batches.c.progress_at).where(*waiting))).all()
    values = [{"of": row.id, "to": row.progress_at + (tx.now - max(since, row.progress_at))} for row in rows]
    if values:
        statement = update(batches).where(batches.c.id == bindparam("of")).values(progress_at=bindparam("to"))
        await tx.conn.execute(statement, values)
