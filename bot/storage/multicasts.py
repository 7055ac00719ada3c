"""Multicasts: what is held, what is with the provider, and what went before."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.domain.models import Multicast, Place
from bot.storage import claims, rows
from bot.storage.engine import Tx
from bot.storage.tables import multicasts

LIVE = ("awaiting_approval", "held", "handing_over", "handed_over", "in_doubt")
REOPENED = ("edited", "undo", "again")


async def begin(tx: Tx, values: Mapping[str, Any]) -> int | None:
    """Store a held multicast; None where its origin has begun one before."""
    upsert = pg_insert if tx.postgres else sqlite_insert
    statement = upsert(multicasts).values(**values).on_conflict_do_nothing(index_elements=["origin"])
    found: int | None = await tx.conn.scalar(statement.returning(multicasts.c.id))
    return found


async def load(tx: Tx, multicast: int) -> Multicast | None:
    """Return a multicast."""
    row = (await tx.conn.execute(select(multicasts).where(multicasts.c.id == multicast))).one_or_none()
    return None if row is None else rows.multicast(row)


async def lock(tx: Tx, multicast: int) -> Multicast | None:
    """Return a multicast, locked for the rest of the transaction."""
    statement = select(multicasts).where(multicasts.c.id == multicast).with_for_update()
    row = (await tx.conn.execute(statement)).one_or_none()
    return None if row is None else rows.multicast(row)


async def change(tx: Tx, multicast: int, **values: Any) -> None:
    """Set columns that are no state."""
    await tx.conn.execute(update(multicasts).where(multicasts.c.id == multicast).values(**values))


async def claim_due(tx: Tx, limit: int, lease: timedelta) -> list[Row[Any]]:
    """Claim held multicasts whose time to be handed over has come."""
    return await claims.claim(tx, multicasts, multicasts.c.state == "held", limit=limit, lease=lease)


async def release(tx: Tx, multicast: int, claim: str, **values: Any) -> None:
    """Give a claim back, if it is still held."""
    held = and_(multicasts.c.id == multicast, multicasts.c.claim == claim)
    await tx.conn.execute(update(multicasts).where(held).values(claim=None, lease_until=None, **values))


async def overdue(tx: Tx, before: datetime) -> list[int]:
    """Return the held multicasts that should have been handed over or started before that."""
    moment = func.coalesce(multicasts.c.start_at, multicasts.c.hand_at)
    statement = select(multicasts.c.id).where(multicasts.c.state == "held", moment < before)
    return list((await tx.conn.scalars(statement)).all())


async def started(tx: Tx) -> list[int]:
    """Return those with the provider whose start has come since the last look."""
    statement = select(multicasts.c.id).where(
        multicasts.c.state == "handed_over", multicasts.c.passed.is_(False), multicasts.c.start_at <= tx.now
    )
    return list((await tx.conn.scalars(statement)).all())


async def telling(tx: Tx) -> list[Multicast]:
    """Return the held multicasts whose countdown has come to read differently."""
    statement = select(multicasts).where(multicasts.c.state == "held", multicasts.c.tells_at <= tx.now)
    return [rows.multicast(row) for row in (await tx.conn.execute(statement)).all()]


async def next_moment(tx: Tx, *, late: timedelta | None = None) -> datetime | None:
    """Return when something of a multicast falls due; with `late`, what is held falls due so long after it should have begun."""
    moment = multicasts.c.next_at if late is None else func.coalesce(multicasts.c.start_at, multicasts.c.hand_at)
    held = await tx.conn.scalar(select(func.min(moment)).where(multicasts.c.state == "held"))
    held = held + late if held is not None and late is not None else held
    lease = await tx.conn.scalar(select(func.min(multicasts.c.lease_until)).where(multicasts.c.state == "handing_over"))
    start = await tx.conn.scalar(
        select(func.min(multicasts.c.start_at)).where(multicasts.c.state == "handed_over", ~multicasts.c.passed)
    )
    tells = await tx.conn.scalar(select(func.min(multicasts.c.tells_at)).where(multicasts.c.state == "held"))
    return min((moment for moment in (held, lease, start, tells) if moment is not None), default=None)


async def leaving(tx: Tx, place: Place, by: int) -> list[Multicast]:
    """Return what this person confirmed here and is held, the latest first."""
    here = (multicasts.c.chat == place.chat, multicasts.c.thread == place.thread, multicasts.c.confirmed_by == by)
    statement = select(multicasts).where(multicasts.c.state == "held", *here).order_by(multicasts.c.id.desc())
    return [rows.multicast(row) for row in (await tx.conn.execute(statement)).all()]


async def coming(tx: Tx, limit: int) -> list[Multicast]:
    """Return what is held, on its way to the provider, or with it and still to begin, the next first."""
    moment = func.coalesce(multicasts.c.start_at, multicasts.c.hand_at)
    waits = and_(multicasts.c.state == "handed_over", ~multicasts.c.passed)
    statement = (
        select(multicasts)
        .where(or_(multicasts.c.state.in_(("held", "handing_over")), waits))
        .order_by(moment, multicasts.c.id)
    )
    return [rows.multicast(row) for row in (await tx.conn.execute(statement.limit(limit))).all()]


async def waiting(tx: Tx) -> int:
    """Return how many wait for their time or for a second person."""
    waits = multicasts.c.state.in_(("awaiting_approval", "held"))
    return int((await tx.conn.execute(select(func.count()).select_from(multicasts).where(waits))).scalar_one())


async def page(tx: Tx, *, past: bool, limit: int, offset: int = 0) -> list[Multicast]:
    """Return multicasts for a list: those to come, soonest first, or those past, newest first."""
    moment = func.coalesce(multicasts.c.start_at, multicasts.c.hand_at)
    coming = or_(
        multicasts.c.state.in_(("awaiting_approval", "held", "handing_over", "in_doubt", "missed")),
        and_(multicasts.c.state == "handed_over", ~multicasts.c.passed),
    )
    # What was only reopened as a draft is no past of its own.
    over = ~and_(multicasts.c.state == "cancelled", multicasts.c.reason["code"].as_string().in_(REOPENED))
    statement = select(multicasts).where(and_(~coming, over) if past else coming)
    order = (moment.desc(), multicasts.c.id.desc()) if past else (moment.asc(), multicasts.c.id.asc())
    statement = statement.order_by(*order).limit(limit).offset(offset)
    return [rows.multicast(row) for row in (await tx.conn.execute(statement)).all()]


async def to_bases(tx: Tx, names: Sequence[str], since: datetime, until: datetime) -> list[Multicast]:
    """Return the live multicasts to any of these bases that start in a span of time."""
    moment = func.coalesce(multicasts.c.start_at, multicasts.c.hand_at)
    statement = select(multicasts).where(multicasts.c.state.in_(LIVE), moment > since, moment < until)
    found = [rows.multicast(row) for row in (await tx.conn.execute(statement.order_by(moment))).all()]
    return [one for one in found if {base.name for base in one.bases} & set(names)]
