"""The history, page by page: every query walks one index from where the last page ended, and stops when it has enough."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, Table, and_, not_, or_, select

from bot.domain.history import Key, Span
from bot.storage.engine import Tx
from bot.storage.multicasts import REOPENED
from bot.storage.tables import admins, batches, drafts, messages, multicasts

_TABLES: Final[Mapping[str, Table]] = {"batch": batches, "multicast": multicasts}


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a page begins: beyond this entry, on the older side or on the newer."""

    at: datetime
    key: Key
    newer: bool = False


async def cut(tx: Tx, key: Key, *, newer: bool = False) -> Cut | None:
    """Return the cut at an entry; None where there is no such entry."""
    if key.kind == "message":
        found = await tx.conn.scalar(
            select(batches.c.confirmed_at)
            .join(messages, messages.c.batch == batches.c.id)
            .where(messages.c.id == key.id)
        )
    else:
        table = _TABLES[key.kind]
        found = await tx.conn.scalar(select(table.c.confirmed_at).where(table.c.id == key.id))
    return None if found is None else Cut(found, key, newer)


async def sends(
    tx: Tx, span: Span, cut_: Cut | None, limit: int, *, standing: str | None, who: int | None
) -> list[Row[Any]]:
    """Return batches beyond a cut, the nearest to it first."""
    c = batches.c
    same = [*([c.standing == standing] if standing else ()), *([c.confirmed_by == who] if who else ())]
    columns = (c.id, c.kind, c.state, c.standing, c.sender, c.total, c.draft, c.confirmed_at)
    return await _walk(tx, batches, columns, "batch", (span, cut_, limit), same)


async def of_multicasts(
    tx: Tx, span: Span, cut_: Cut | None, limit: int, *, state: str | None, who: int | None
) -> list[Row[Any]]:
    """Return multicasts beyond a cut, the nearest to it first; what was only reopened as a draft is none."""
    c = multicasts.c
    reopened = and_(c.state == "cancelled", c.reason["code"].as_string().in_(REOPENED))
    same = [*([c.state == state] if state else ()), *([c.confirmed_by == who] if who else ())]
    columns = (c.id, c.state, c.passed, c.sender, c.bases, c.recipients, c.confirmed_at)
    return await _walk(tx, multicasts, columns, "multicast", (span, cut_, limit), [*same, not_(reopened)])


async def to_phone(
    tx: Tx, phone: str, span: Span, cut_: Cut | None, limit: int, *, states: Collection[str], who: int | None
) -> list[Row[Any]]:
    """Return messages to one phone beyond a cut, with their batches, in the order in which they were made."""
    newer = cut_ is not None and cut_.newer
    columns = (
        messages.c.id,
        messages.c.phone,
        messages.c.state,
        batches.c.kind,
        batches.c.sender,
        batches.c.confirmed_at,
    )
    where = [messages.c.phone == phone, *_inside(batches, span)]
    where += [messages.c.state.in_(states)] if states else []
    where += [batches.c.confirmed_by == who] if who else []
    if cut_ is not None:
        where.append(messages.c.id > cut_.key.id if newer else messages.c.id < cut_.key.id)
    statement: Select[Any] = (
        select(*columns, batches.c.state.label("batch_state"))
        .join(batches, batches.c.id == messages.c.batch)
        .where(*where)
        .order_by(messages.c.id.asc() if newer else messages.c.id.desc())
    )
    return list((await tx.conn.execute(statement.limit(limit))).all())


async def only_messages(tx: Tx, ids: Collection[int]) -> dict[int, Row[Any]]:
    """Return phone and state of the messages of batches that have one each."""
    statement: Select[Any] = select(messages.c.batch, messages.c.phone, messages.c.state)
    found = (await tx.conn.execute(statement.where(messages.c.batch.in_(ids)))).all()
    return {row.batch: row for row in found}


async def fields(tx: Tx, ids: Collection[int]) -> dict[int, Mapping[str, Any]]:
    """Return the fields of drafts."""
    found = (await tx.conn.execute(select(drafts.c.id, drafts.c.fields).where(drafts.c.id.in_(ids)))).all()
    return {row.id: row.fields for row in found}


async def people(tx: Tx) -> list[Row[Any]]:
    """Return everybody who is an admin or was one, who was here last first."""
    statement: Select[Any] = select(admins.c.user_id, admins.c.name)
    return list(
        (await tx.conn.execute(statement.order_by(admins.c.seen_at.desc().nulls_last(), admins.c.user_id))).all()
    )


async def _walk(
    tx: Tx,
    table: Table,
    columns: Collection[Any],
    kind: str,
    page: tuple[Span, Cut | None, int],
    same: Collection[ColumnElement[bool]],
) -> list[Row[Any]]:
    span, cut_, limit = page
    newer = cut_ is not None and cut_.newer
    at, id_ = table.c.confirmed_at, table.c.id
    beyond = [_beyond(table, kind, cut_)] if cut_ is not None else []
    order = (at.asc(), id_.asc()) if newer else (at.desc(), id_.desc())
    statement = select(*columns).where(*same, *_inside(table, span), *beyond).order_by(*order).limit(limit)
    return list((await tx.conn.execute(statement)).all())


def _inside(table: Table, span: Span) -> list[ColumnElement[bool]]:
    at = table.c.confirmed_at
    return [
        *([at >= span.since] if span.since is not None else ()),
        *([at < span.until] if span.until is not None else ()),
    ]


def _beyond(table: Table, kind: str, cut_: Cut) -> ColumnElement[bool]:
    """Compare (confirmed_at, kind, id) with the cut; the bound on the time alone is what an index starts from."""
    at, id_ = table.c.confirmed_at, table.c.id
    if cut_.newer:
        later = at > cut_.at if kind <= cut_.key.kind else at >= cut_.at
        return and_(at >= cut_.at, or_(at > cut_.at, id_ > cut_.key.id)) if kind == cut_.key.kind else later
    earlier = at < cut_.at if kind >= cut_.key.kind else at <= cut_.at
    return and_(at <= cut_.at, or_(at < cut_.at, id_ < cut_.key.id)) if kind == cut_.key.kind else earlier
