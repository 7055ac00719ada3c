"""Notices: what the bot says once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from bot.domain.models import Notice
from bot.storage import rows
from bot.storage.engine import Tx
from bot.storage.tables import notices


async def add(tx: Tx, kind: str, args: Mapping[str, Any]) -> int:
    """Store a notice; return its id."""
    statement = insert(notices).values(kind=kind, args=dict(args), created_at=tx.now).returning(notices.c.id)
    return int((await tx.conn.execute(statement)).scalar_one())


async def load(tx: Tx, notice: int) -> Notice | None:
    """Return a notice."""
    row = (await tx.conn.execute(select(notices).where(notices.c.id == notice))).one_or_none()
    return None if row is None else rows.notice(row)


async def made_at(tx: Tx, kind: str, at: datetime) -> list[Notice]:
    """Return the notices of a kind that were made at that very moment."""
    statement = select(notices).where(notices.c.kind == kind, notices.c.created_at == at)
    return [rows.notice(row) for row in (await tx.conn.execute(statement)).all()]


async def change(tx: Tx, notice: int, args: Mapping[str, Any]) -> None:
    """Store what the notice says now."""
    await tx.conn.execute(update(notices).where(notices.c.id == notice).values(args=dict(args)))
