"""Free questions to the provider, and the balance answers worth keeping."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, insert, select, update

from bot.domain.models import Request
from bot.domain.money import Snapshot
from bot.storage import claims, rows
from bot.storage.engine import Tx
from bot.storage.tables import balances, requests

ERRANDS: Final = ("fetch", "fit", "show")
"""The steps of a picture on its way into a draft: nothing that the provider could answer."""


async def ask(tx: Tx, kind: str, args: Mapping[str, Any]) -> int:
    """Store a question that is due now; return its id."""
    values = {"kind": kind, "args": dict(args), "result": {}, "asked_at": tx.now, "next_at": tx.now}
    return int((await tx.conn.execute(insert(requests).values(**values).returning(requests.c.id))).scalar_one())


async def load(tx: Tx, request: int) -> Request | None:
    """Return a question and its answer."""
    row = (await tx.conn.execute(select(requests).where(requests.c.id == request))).one_or_none()
    return None if row is None else rows.request(row)


async def asked(tx: Tx, kind: str) -> int | None:
    """Return a question of this kind that is still open."""
    where = (requests.c.kind == kind, requests.c.state == "asked")
    found: int | None = await tx.conn.scalar(select(requests.c.id).where(*where).limit(1))
    return found


async def newest(tx: Tx, kind: str) -> Request | None:
    """Return the latest question of this kind."""
    statement = select(requests).where(requests.c.kind == kind).order_by(requests.c.id.desc()).limit(1)
    row = (await tx.conn.execute(statement)).one_or_none()
    return None if row is None else rows.request(row)


async def claim(tx: Tx, limit: int, lease: timedelta, *errands: str) -> list[Row[Any]]:
    """Claim questions that are due: those for the provider, or these errands."""
    # A picture that takes its process down with it is not tried for ever.
    values = {"attempts": requests.c.attempts + 1} if "fit" in errands else {}
    return await claims.claim(tx, requests, *_open(errands), limit=limit, lease=lease, values=values)


async def next_due(tx: Tx, *errands: str) -> datetime | None:
    """Return when the next question for the provider, or the next of these errands, falls due."""
    return await claims.next_due(tx, requests, *_open(errands))


async def errand(tx: Tx, draft: int, file: str) -> int | None:
    """Return what is under way for a picture of a draft."""
    args = (requests.c.args["draft"].as_integer() == draft, requests.c.args["file"].as_string() == file)
    found: int | None = await tx.conn.scalar(select(requests.c.id).where(*_open(ERRANDS), *args).limit(1))
    return found


def _open(errands: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    kind = requests.c.kind.in_(errands) if errands else requests.c.kind.not_in(ERRANDS)
    return requests.c.state == "asked", kind


async def again(tx: Tx, request: int, claim_: str, at: datetime) -> None:
    """Give a question back, to be asked once more at that time."""
    held = (requests.c.id == request, requests.c.claim == claim_)
    values = {"claim": None, "lease_until": None, "next_at": at, "attempts": requests.c.attempts + 1}
    await tx.conn.execute(update(requests).where(*held).values(**values))


async def change(tx: Tx, request: int, **values: Any) -> None:
    """Set columns that are no state."""
    await tx.conn.execute(update(requests).where(requests.c.id == request).values(**values))


async def keep_balance(tx: Tx, snapshot: Snapshot) -> None:
    """Keep a balance answer."""
    values = {"balance": snapshot.balance, "overdraft": snapshot.overdraft, "at": snapshot.at}
    await tx.conn.execute(insert(balances).values(**values))


async def last_balance(tx: Tx, *, before: datetime | None = None, after: datetime | None = None) -> Snapshot | None:
    """Return the newest balance answer, or the nearest one before or after a moment."""
    statement = select(balances.c.balance, balances.c.overdraft, balances.c.at)
    if after is not None:
        statement = statement.where(balances.c.at > after).order_by(balances.c.at.asc())
    elif before is not None:
        statement = statement.where(balances.c.at <= before).order_by(balances.c.at.desc())
    else:
        statement = statement.order_by(balances.c.at.desc())
    row = (await tx.conn.execute(statement.limit(1))).one_or_none()
    return None if row is None else Snapshot(row.balance, row.overdraft, row.at)
