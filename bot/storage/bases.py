"""Phone bases as the provider last listed them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.domain.bases import Listed
from bot.storage.engine import Tx
from bot.storage.tables import bases


def _listed(row: Row[Any]) -> Listed:
    protected = None if row.protected is None else bool(row.protected)
    return Listed(row.id, row.name, row.phones_total, protected, bool(row.listed), row.seen_at)


async def keep(tx: Tx, found: Sequence[tuple[str, str, int]]) -> None:
    """Store the provider's list as (name, id, total); what it no longer has stays known, but is not listed."""
    await tx.conn.execute(update(bases).values(listed=False))
    upsert = pg_insert if tx.postgres else sqlite_insert
    for name, provider_id, total in found:
        values = {"provider_id": provider_id, "phones_total": total, "listed": True, "seen_at": tx.now}
        statement = upsert(bases).values(name=name, **values)
        await tx.conn.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))


async def everyone(tx: Tx) -> list[Listed]:
    """Return the listed bases, by name."""
    statement = select(bases).where(bases.c.listed).order_by(bases.c.name)
    return [_listed(row) for row in (await tx.conn.execute(statement)).all()]


async def load(tx: Tx, base: int) -> Listed | None:
    """Return a base, listed or not."""
    row = (await tx.conn.execute(select(bases).where(bases.c.id == base))).one_or_none()
    return None if row is None else _listed(row)


async def listed_at(tx: Tx) -> datetime | None:
    """Return when the provider last gave its list."""
    moment: datetime | None = await tx.conn.scalar(select(func.max(bases.c.seen_at)))
    return moment


async def protect(tx: Tx, base: int, *, protected: bool) -> None:
    """Remember what a call has shown: whether a base may be read."""
    await tx.conn.execute(update(bases).where(bases.c.id == base).values(protected=protected))


async def unlist(tx: Tx, base: int) -> None:
    """Remember that the provider knows no such base any more."""
    await tx.conn.execute(update(bases).where(bases.c.id == base).values(listed=False))
