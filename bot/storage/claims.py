"""The one claim shape: take what is due, under a random token, for as long as the lease lasts."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, or_, select, update

from bot.storage.engine import Tx


def token() -> str:
    """Return a claim nobody else can hold."""
    return secrets.token_hex(16)


async def claim(
    tx: Tx,
    table: Table,
    *where: ColumnElement[bool],
    limit: int,
    lease: timedelta,
    values: Mapping[str, Any] | None = None,
) -> list[Row[Any]]:
    """Claim up to `limit` due rows, oldest first, that nobody holds (or whose holder's lease is over); return them whole."""
    due = (
        select(table.c.id)
        .where(table.c.next_at <= tx.now, _free(tx, table), *where)
        .order_by(table.c.next_at)
        .limit(limit)
        .with_for_update(skip_locked=True, of=table)
        .cte("due")
        .prefix_with("MATERIALIZED")
    )
    statement = (
        update(table)
        .where(table.c.id.in_(select(due.c.id)))
        .values(claim=token(), lease_until=tx.now + lease, **(values or {}))
        .returning(*table.c)
    )
    return sorted((await tx.conn.execute(statement)).all(), key=lambda row: row.next_at)


async def next_due(tx: Tx, table: Table, *where: ColumnElement[bool]) -> datetime | None:
    """Return when the next row that nobody holds falls due, or None: what is held has been due and would be so for ever."""
    due = (table.c.next_at.is_not(None), _free(tx, table), *where)
    moment: datetime | None = await tx.conn.scalar(
        select(table.c.next_at).where(*due).order_by(table.c.next_at).limit(1)
    )
    return moment


def _free(tx: Tx, table: Table) -> ColumnElement[bool]:
    return or_(table.c.claim.is_(None), table.c.lease_until < tx.now)
