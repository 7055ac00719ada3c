"""The one way a subject changes its state: compare, set, and append to the events."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table, insert, update

from bot.domain.audit import topic
from bot.domain.states import check_move
from bot.storage import standings, tables
from bot.storage.engine import Tx

_TABLES: dict[str, Table] = {
    "draft": tables.drafts,
    "batch": tables.batches,
    "message": tables.messages,
    "multicast": tables.multicasts,
    "import": tables.imports,
    "approval": tables.approvals,
    "request": tables.requests,
}
_CHUNK = 5_000


async def move(
    tx: Tx,
    kind: str,
    source: str,
    target: str,
    *where: ColumnElement[bool],
    actor: str,
    verb: str,
    values: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> list[int]:
    """Move every subject that stands in `source` and meets the conditions; return the ids of those moved.

    An empty answer means that somebody else was first, or that a claim was no longer held: never an error by itself.
    """
    check_move(kind, source, target)
    table = _TABLES[kind]
    statement = (
        update(table)
        .where(table.c.state == source, *where)
        .values(state=target, **(values or {}))
        .returning(table.c.id)
    )
    moved = [row.id for row in await tx.conn.execute(statement)]
    if kind == "batch" and target in standings.ENDED:
        await standings.renew(tx, moved)
    await append(tx, actor, verb, kind, moved, source=source, target=target, data=data)
    return moved


async def append(
    tx: Tx,
    actor: str,
    verb: str,
    kind: str,
    subjects: Iterable[int],
    *,
    source: str | None = None,
    target: str | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Append one event for each subject."""
    common = {"at": tx.now, "actor": actor, "verb": verb, "kind": kind, "source": source, "target": target}
    common["topic"] = topic(actor, kind, verb)
    rows = [{**common, "subject": subject, "data": dict(data or {})} for subject in subjects]
    for start in range(0, len(rows), _CHUNK):
        await tx.conn.execute(insert(tables.events), rows[start : start + _CHUNK])
