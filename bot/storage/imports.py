"""Imports and their chunks: what was read and is to be added, and how far that has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, insert, or_, select, update

from bot.domain.bases import Import
from bot.domain.models import Place
from bot.domain.states import ImportState
from bot.storage import claims
from bot.storage.engine import Tx
from bot.storage.tables import import_chunks as chunks
from bot.storage.tables import imports


@dataclass(frozen=True, slots=True)
class Chunk:
    """Up to 1,000 phones; `repeated`: they may have gone before."""

    id: int
    phones: tuple[str, ...]
    repeated: bool


def _import(row: Row[Any]) -> Import:
    plain = ("id", "author", "base", "name", "file_id", "pasted", "blob", "column", "verdict", "refused", "bad_rows")
    counts = ("total", "done", "added", "rejected", "began_at", "waiting_since", "attempts", "claim")
    values: dict[str, Any] = {name: getattr(row, name) for name in (*plain, *counts)}
    return Import(
        place=Place(row.chat, row.thread),
        state=ImportState(row.state),
        asking=row.asking or {},
        repeated=bool(row.repeated),
        **values,
    )


async def add(tx: Tx, author: int, place: Place, name: str, **values: Any) -> int:
    """Store an import that is to be read; return its id."""
    where = {"author": author, "chat": place.chat, "thread": place.thread, "name": name[:200]}
    state = {"state": ImportState.CHECKING, "created_at": tx.now}
    statement = insert(imports).values(**where, **state, **values).returning(imports.c.id)
    return int((await tx.conn.execute(statement)).scalar_one())


async def load(tx: Tx, import_: int) -> Import | None:
    """Return an import, locked for the rest of a write transaction."""
    row = (await tx.conn.execute(select(imports).where(imports.c.id == import_).with_for_update())).one_or_none()
    return None if row is None else _import(row)


async def peek(tx: Tx, import_: int) -> Import | None:
    """Return an import, for showing."""
    row = (await tx.conn.execute(select(imports).where(imports.c.id == import_))).one_or_none()
    return None if row is None else _import(row)


async def change(tx: Tx, import_: int, **values: Any) -> None:
    """Set columns that are no state."""
    await tx.conn.execute(update(imports).where(imports.c.id == import_).values(**values))


async def held(tx: Tx, import_: Import) -> Import | None:
    """Return an import as it is now, locked, if its claim still holds."""
    mine = and_(imports.c.id == import_.id, imports.c.claim == import_.claim)
    row = (await tx.conn.execute(select(imports).where(mine).with_for_update())).one_or_none()
    return None if row is None else _import(row)


async def free(tx: Tx, import_: Import, next_at: datetime | None, **values: Any) -> None:
    """Give a claim back, to be taken again at that time, if ever."""
    mine = and_(imports.c.id == import_.id, imports.c.claim == import_.claim)
    freed = {"claim": None, "lease_until": None, "next_at": next_at}
    await tx.conn.execute(update(imports).where(mine).values(**freed, **values))


def awaiting_download() -> ColumnElement[bool]:
    """Say which imports lack their document."""
    return and_(imports.c.state == ImportState.CHECKING, imports.c.file_id.is_not(None), imports.c.blob.is_(None))


def awaiting_reading() -> ColumnElement[bool]:
    """Say which imports have what is to be read."""
    there = or_(imports.c.blob.is_not(None), imports.c.pasted.is_not(None))
    return and_(imports.c.state == ImportState.CHECKING, there)


def running() -> ColumnElement[bool]:
    """Say which imports go on adding."""
    return imports.c.state == ImportState.RUNNING


async def claim(tx: Tx, where: ColumnElement[bool], limit: int, lease: timedelta) -> list[Import]:
    """Claim imports that are due for the next step."""
    return [_import(row) for row in await claims.claim(tx, imports, where, limit=limit, lease=lease)]


async def next_due(tx: Tx, where: ColumnElement[bool]) -> datetime | None:
    """Return when the next import is due for that step."""
    return await claims.next_due(tx, imports, where)


async def clear(tx: Tx, import_: int) -> None:
    """Forget what was read."""
    await tx.conn.execute(delete(chunks).where(_of(import_)))


async def keep(tx: Tx, import_: int, phones: Sequence[str]) -> None:
    """Store the next chunk."""
    values = {"import": import_, "phones": list(phones), "size": len(phones)}
    await tx.conn.execute(insert(chunks).values(**values))


async def take(tx: Tx, import_: int) -> Chunk | None:
    """Return the next chunk to add, marked as tried, in the transaction that claims its import; None: all are done."""
    queued = (_of(import_), chunks.c.state == "queued")
    row = (await tx.conn.execute(select(chunks).where(*queued).order_by(chunks.c.id).limit(1))).one_or_none()
    if row is None:
        return None
    await tx.conn.execute(update(chunks).where(chunks.c.id == row.id).values(attempts=row.attempts + 1))
    return Chunk(row.id, tuple(row.phones), repeated=row.attempts > 0)


async def phones(tx: Tx, import_: int) -> list[str]:
    """Return every phone that is still to be added, in order."""
    statement = select(chunks.c.phones).where(_of(import_), chunks.c.state == "queued").order_by(chunks.c.id)
    return [phone for some in await tx.conn.scalars(statement) for phone in some]


async def untry(tx: Tx, chunk: Chunk) -> None:
    """Take the mark of a try back that left nothing behind."""
    await tx.conn.execute(update(chunks).where(chunks.c.id == chunk.id).values(attempts=chunks.c.attempts - 1))


async def done(tx: Tx, chunk: Chunk, added: int, rejected: Sequence[str]) -> bool:
    """Store what became of a chunk, and let go of its phones; False where that was stored already."""
    values: Mapping[str, Any] = {"state": "done", "phones": [], "added": added, "rejected": list(rejected)}
    where = (chunks.c.id == chunk.id, chunks.c.state == "queued")
    return bool((await tx.conn.execute(update(chunks).where(*where).values(**values))).rowcount)


async def rejects(tx: Tx, import_: int) -> list[str]:
    """Return every phone that the provider did not take, in order."""
    statement = select(chunks.c.rejected).where(_of(import_), chunks.c.state == "done").order_by(chunks.c.id)
    return [phone for found in await tx.conn.scalars(statement) for phone in found or ()]


def _of(import_: int) -> ColumnElement[bool]:
    return chunks.c["import"] == import_
