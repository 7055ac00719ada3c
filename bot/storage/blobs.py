"""Files on their way: kept in the database, for another process may take the next step."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, LargeBinary, delete, func, insert, select, type_coerce, update

from bot.domain.bases import BaseFile
from bot.storage.engine import Tx
from bot.storage.tables import blobs, documents, imports

_LARGE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Extent:
    """A part of a file, in bytes."""

    start: int
    size: int


async def add(tx: Tx, file: BaseFile) -> int:
    """Store a file; return its id."""
    values = {"name": file.name[:200], "mime": file.mime, "data": file.data, "created_at": tx.now}
    # Values apart: a compiled statement is kept for the next time, and those that stand in it with it.
    found = int((await tx.conn.execute(insert(blobs).returning(blobs.c.id), values)).scalar_one())
    if not tx.postgres and len(file.data) >= _LARGE:
        await tx.conn.run_sync(Connection.detach)  # SQLite's own copy goes with the connection only
    return found


async def load(tx: Tx, blob: int) -> BaseFile | None:
    """Return a file, whole."""
    row = (await tx.conn.execute(select(blobs).where(blobs.c.id == blob))).one_or_none()
    return None if row is None else BaseFile(row.name, row.mime, bytes(row.data))


async def name(tx: Tx, blob: int) -> str | None:
    """Return the name of a file."""
    found: str | None = await tx.conn.scalar(select(blobs.c.name).where(blobs.c.id == blob))
    return found


async def pin(tx: Tx, blob: int) -> bool:
    """Keep a file until the transaction is over; False where it was cleared away."""
    held = select(blobs.c.id).where(blobs.c.id == blob).with_for_update(read=True, key_share=True)
    return await tx.conn.scalar(held) is not None


async def part(tx: Tx, blob: int, extent: Extent) -> bytes:
    """Return a part of a file, b"" where there is none; the rest stays in the database."""
    cut = type_coerce(func.substr(blobs.c.data, extent.start + 1, extent.size), LargeBinary)
    found = await tx.conn.scalar(select(cut).where(blobs.c.id == blob))
    return bytes(found) if found else b""


async def remove(tx: Tx, blob: int) -> None:
    """Delete a file, and all that points to it."""
    for column in (imports.c.blob, imports.c.bad_rows):
        await tx.conn.execute(update(imports).where(column == blob).values({column: None}))
    await tx.conn.execute(delete(documents).where(documents.c.blob == blob))
    await tx.conn.execute(delete(blobs).where(blobs.c.id == blob))
