"""What the panic switch finds on its way, and the minutes it gives back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from bot.domain.states import BatchState, ImportState, MessageState
from bot.storage.batches import moving
from bot.storage.engine import Tx
from bot.storage.tables import batches, imports, messages, notices

KIND = "halt"
"""The kind of the notice that each standstill has."""
_WAITING = (BatchState.READY, BatchState.RUNNING, BatchState.PAUSED)


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


async def flying(tx: Tx) -> int:
    """Return how many messages are on their way to the provider at this moment."""
    where = messages.c.state == MessageState.SENDING
    return await tx.conn.scalar(select(func.count()).select_from(messages).where(where)) or 0


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
