"""The events, as the audit reads them: newest first, each topic a walk of its own along its index.

Nothing here, or anywhere, changes or deletes an event: they are appended by `moves` alone.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select

from bot.domain.models import Subject
from bot.storage.engine import Tx
from bot.storage.tables import admins, approvals, bases, batches, events, imports, messages, multicasts, strangers


@dataclass(frozen=True, slots=True)
class Event:
    """One event, as far as the audit needs it."""

    id: int
    at: datetime
    actor: str
    verb: str
    about: Subject
    source: str | None
    target: str | None
    data: Mapping[str, Any]


async def page(
    tx: Tx, topic: str, limit: int, *, actor: str | None = None, before: int | None = None, after: int | None = None
) -> list[Event]:
    """Return events of one topic beyond an id, the nearest to it first; of everybody, or of one actor."""
    c = events.c
    columns = (c.id, c.at, c.actor, c.verb, c.kind, c.subject, c.source, c.target, c.data)
    statement = select(*columns).where(c.topic == topic)
    if actor is not None:
        statement = statement.where(c.actor == actor)
    if before is not None:
        statement = statement.where(c.id < before)
    if after is not None:
        statement = statement.where(c.id > after)
    statement = statement.order_by(c.id.asc() if after is not None else c.id.desc()).limit(limit)
    found = (await tx.conn.execute(statement)).all()
    return [
        Event(row.id, row.at, row.actor, row.verb, Subject(row.kind, row.subject), row.source, row.target, row.data)
        for row in found
    ]


async def sends(tx: Tx, ids: Collection[int]) -> dict[int, Row[Any]]:
    """Return (batch, total, phone) of batches; the phone of those that have one message."""
    statement: Select[Any] = select(batches.c.id, batches.c.total, messages.c.phone).outerjoin(
        messages, (messages.c.batch == batches.c.id) & (batches.c.total == 1)
    )
    return {row.id: row for row in (await tx.conn.execute(statement.where(batches.c.id.in_(ids)))).all()}


async def phones(tx: Tx, ids: Collection[int]) -> dict[int, str]:
    """Return the phones of messages."""
    found = await tx.conn.execute(select(messages.c.id, messages.c.phone).where(messages.c.id.in_(ids)))
    return {row.id: row.phone for row in found.all()}


async def bases_of_multicasts(tx: Tx, ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Return the names of the bases of multicasts."""
    found = await tx.conn.execute(select(multicasts.c.id, multicasts.c.bases).where(multicasts.c.id.in_(ids)))
    return {row.id: tuple(str(base["name"]) for base in row.bases) for row in found.all()}


async def base_names(tx: Tx, ids: Collection[int]) -> dict[int, str]:
    """Return the names of bases."""
    found = await tx.conn.execute(select(bases.c.id, bases.c.name).where(bases.c.id.in_(ids)))
    return {row.id: row.name for row in found.all()}


async def bases_of_imports(tx: Tx, ids: Collection[int]) -> dict[int, str]:
    """Return the names of the bases of imports, as far as they are chosen."""
    joined = select(imports.c.id, bases.c.name).join(bases, bases.c.id == imports.c.base)
    return {row.id: row.name for row in (await tx.conn.execute(joined.where(imports.c.id.in_(ids)))).all()}


async def asked_about(tx: Tx, ids: Collection[int]) -> dict[int, Subject]:
    """Return what approvals were asked for."""
    found = await tx.conn.execute(
        select(approvals.c.id, approvals.c.kind, approvals.c.subject).where(approvals.c.id.in_(ids))
    )
    return {row.id: Subject(row.kind, row.subject) for row in found.all()}


async def names(tx: Tx, ids: Collection[int]) -> dict[int, str]:
    """Return what people are called: admins, those who were, and strangers."""
    known = await tx.conn.execute(select(strangers.c.user_id, strangers.c.name).where(strangers.c.user_id.in_(ids)))
    ours = await tx.conn.execute(select(admins.c.user_id, admins.c.name).where(admins.c.user_id.in_(ids)))
    return {row.user_id: row.name for row in (*known.all(), *ours.all())}
