"""Approvals: named queries, each one thing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, insert, select, text, update

from bot.domain.approvals import Approval
from bot.domain.models import Subject
from bot.domain.states import ApprovalState
from bot.storage import claims, rows
from bot.storage.engine import Tx
from bot.storage.tables import approvals

_ASKED = approvals.c.state == ApprovalState.ASKED
_LOCK: Final = 0x736D74
"""Any number that nobody else locks."""


async def add(tx: Tx, values: Mapping[str, Any]) -> int:
    """Store a request for approval; return its id."""
    statement = insert(approvals).values(**values).returning(approvals.c.id)
    return int((await tx.conn.execute(statement)).scalar_one())


async def lock_asking(tx: Tx) -> None:
    """Let nobody else ask, or learn whom to ask, until the transaction ends; to be locked after people, before any request."""
    if tx.postgres:  # elsewhere a transaction that writes is alone
        await tx.conn.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})


async def load(tx: Tx, approval: int) -> Approval | None:
    """Return a request."""
    row = (await tx.conn.execute(select(approvals).where(approvals.c.id == approval))).one_or_none()
    return None if row is None else rows.approval(row)


async def lock(tx: Tx, approval: int) -> Approval | None:
    """Return a request, locked for the rest of the transaction."""
    statement = select(approvals).where(approvals.c.id == approval).with_for_update()
    row = (await tx.conn.execute(statement)).one_or_none()
    return None if row is None else rows.approval(row)


async def of(tx: Tx, subject: Subject) -> Approval | None:
    """Return the request that was made for a subject."""
    where = and_(approvals.c.kind == subject.kind, approvals.c.subject == subject.id)
    row = (await tx.conn.execute(select(approvals).where(where))).one_or_none()
    return None if row is None else rows.approval(row)


async def open_ones(tx: Tx) -> list[int]:
    """Return the requests that nobody has decided, the oldest first."""
    return list((await tx.conn.scalars(select(approvals.c.id).where(_ASKED).order_by(approvals.c.id))).all())


async def ask_also(tx: Tx, found: Approval, person: int) -> None:
    """Store that one more person is asked."""
    asked = [*found.asked, person]
    await tx.conn.execute(update(approvals).where(approvals.c.id == found.id).values(asked=asked))


async def ask(tx: Tx, approval: int, asking: Mapping[str, str]) -> None:
    """Store the open questions of its cards."""
    await tx.conn.execute(update(approvals).where(approvals.c.id == approval).values(asking=dict(asking)))


async def claim(tx: Tx, limit: int, lease: timedelta) -> list[tuple[int, str]]:
    """Claim requests that nobody has decided in time; return their ids and claims."""
    return [(row.id, row.claim) for row in await claims.claim(tx, approvals, _ASKED, limit=limit, lease=lease)]


async def next_due(tx: Tx) -> datetime | None:
    """Return when the next request runs out."""
    return await claims.next_due(tx, approvals, _ASKED)
