"""The watch: who wants to hear of what, what was told, and what the account looked like."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.domain.alerts import Threshold, Watcher
from bot.domain.models import Place
from bot.domain.money import Snapshot
from bot.storage.engine import Tx
from bot.storage.tables import balances, batches, episodes, messages, thresholds, watchers

_FEW = 200
_UNDER_WAY = ("ready", "running", "paused")


async def watcher_in(tx: Tx, place: Place, reader: int) -> tuple[Watcher, bool]:
    """Return who is told in a place, and whether that is new: troubles alone, until something else is chosen."""
    upsert = pg_insert if tx.postgres else sqlite_insert
    values = {"chat": place.chat, "thread": place.thread, "reader": reader, "created_at": tx.now}
    statement = upsert(watchers).values(**values).on_conflict_do_nothing(index_elements=["chat", "thread"])
    new = await tx.conn.scalar(statement.returning(watchers.c.id))
    here = (watchers.c.chat == place.chat, watchers.c.thread == place.thread)
    row = (await tx.conn.execute(select(watchers).where(*here))).one()
    return _watcher(row, await _thresholds(tx, row.id)), new is not None


async def watcher(tx: Tx, id_: int) -> Watcher | None:
    """Return one of those who are told."""
    row = (await tx.conn.execute(select(watchers).where(watchers.c.id == id_))).one_or_none()
    return None if row is None else _watcher(row, await _thresholds(tx, id_))


async def all_watchers(tx: Tx) -> list[Watcher]:
    """Return everybody who is told, the oldest first."""
    rows = (await tx.conn.execute(select(watchers).order_by(watchers.c.id))).all()
    of: dict[int, list[Threshold]] = {row.id: [] for row in rows}
    for row in (await tx.conn.execute(select(thresholds).order_by(thresholds.c.id))).all():
        of[row.watcher].append(_threshold(row))
    return [_watcher(row, of[row.id]) for row in rows]


async def change_watcher(tx: Tx, id_: int, **values: Any) -> None:
    """Set what somebody chose."""
    await tx.conn.execute(update(watchers).where(watchers.c.id == id_).values(**values))


async def add_threshold(tx: Tx, watcher_: int, kind: str, value: Decimal) -> int | None:
    """Add a threshold; None where it is there already."""
    upsert = pg_insert if tx.postgres else sqlite_insert
    values = {"watcher": watcher_, "kind": kind, "value": value.quantize(Decimal("0.01"))}
    statement = upsert(thresholds).values(**values)
    statement = statement.on_conflict_do_nothing(index_elements=["watcher", "kind", "value"])
    found: int | None = await tx.conn.scalar(statement.returning(thresholds.c.id))
    return found


async def remove_threshold(tx: Tx, watcher_: int, id_: int) -> bool:
    """Take a threshold away; False where it is gone already."""
    statement = delete(thresholds).where(thresholds.c.id == id_, thresholds.c.watcher == watcher_)
    return bool((await tx.conn.execute(statement)).rowcount)


async def fire(tx: Tx, ids: Sequence[int]) -> list[int]:
    """Let thresholds fire; return those that had not yet."""
    armed = (thresholds.c.id.in_(ids), thresholds.c.fired_at.is_(None))
    statement = update(thresholds).where(*armed).values(fired_at=tx.now).returning(thresholds.c.id)
    return sorted((await tx.conn.scalars(statement)).all())


async def told_by(tx: Tx, ids: Sequence[int], notice: int) -> None:
    """Remember which notice told of thresholds."""
    await tx.conn.execute(update(thresholds).where(thresholds.c.id.in_(ids)).values(notice=notice))


async def rearm(tx: Tx, ids: Sequence[int]) -> list[int]:
    """Arm thresholds that had fired; return the notices that told of them."""
    fired = (thresholds.c.id.in_(ids), thresholds.c.fired_at.is_not(None))
    told = set((await tx.conn.scalars(select(thresholds.c.notice).where(*fired))).all())
    await tx.conn.execute(update(thresholds).where(*fired).values(fired_at=None, notice=None))
    return sorted(one for one in told if one is not None)


async def still_told(tx: Tx, notice: int) -> bool:
    """Return whether any threshold that a notice told of has not recovered."""
    return await tx.conn.scalar(select(thresholds.c.id).where(thresholds.c.notice == notice).limit(1)) is not None


async def episode(tx: Tx, name: str) -> Row[Any]:
    """Return what is known of a kind of trouble, locked for the rest of the transaction."""
    upsert = pg_insert if tx.postgres else sqlite_insert
    await tx.conn.execute(upsert(episodes).values(name=name).on_conflict_do_nothing(index_elements=["name"]))
    return (await tx.conn.execute(select(episodes).where(episodes.c.name == name).with_for_update())).one()


async def change_episode(tx: Tx, name: str, **values: Any) -> None:
    """Store what is known of a kind of trouble."""
    await tx.conn.execute(update(episodes).where(episodes.c.name == name).values(**values))


async def outcomes_seen(tx: Tx) -> int:
    """Return the latest outcomes as `domain.burst` keeps them; 0: none yet."""
    found: int | None = await tx.conn.scalar(select(episodes.c.failures).where(episodes.c.name == "refusals"))
    return found or 0


async def snapshots(tx: Tx, since: datetime) -> list[Snapshot]:
    """Return the balance answers since then, the oldest first."""
    columns = (balances.c.balance, balances.c.overdraft, balances.c.at)
    statement = select(*columns).where(balances.c.at >= since).order_by(balances.c.at, balances.c.id)
    return [Snapshot(*row) for row in (await tx.conn.execute(statement)).all()]


async def story(tx: Tx, since: datetime) -> AsyncIterator[Sequence[Snapshot]]:
    """Yield the balance answers since then, the oldest first, a few at a time: months of them would hold everybody up."""
    columns = (balances.c.balance, balances.c.overdraft, balances.c.at)
    statement = select(*columns).where(balances.c.at >= since).order_by(balances.c.at, balances.c.id)
    async with tx.conn.stream(statement) as found:
        async for rows in found.partitions(_FEW):
            yield [Snapshot(*row) for row in rows]


async def thin(tx: Tx, before: datetime, limit: int) -> None:
    """Forget balance answers from before then, at most so many at once."""
    old = select(balances.c.id).where(balances.c.at < before).order_by(balances.c.at).limit(limit)
    await tx.conn.execute(delete(balances).where(balances.c.id.in_(old)))


async def queued(tx: Tx) -> list[tuple[int, int, Decimal | None]]:
    """Return of each send that is under way how many numbers still wait, in how many parts, and the price of a part."""
    recipients, parts = func.count().label("recipients"), func.sum(messages.c.parts).label("parts")
    statement = select(recipients, parts, batches.c.price).join(messages, messages.c.batch == batches.c.id)
    waiting = (messages.c.state == "queued", batches.c.state.in_(_UNDER_WAY), batches.c.filling.is_(None))
    there = (await tx.conn.execute(statement.where(*waiting).group_by(batches.c.id, batches.c.price))).all()
    to_come = (batches.c.filling.is_not(None), batches.c.state.in_(_UNDER_WAY))
    columns = (batches.c.total, batches.c.total * batches.c.parts, batches.c.price)
    filling = (await tx.conn.execute(select(*columns).where(*to_come))).all()
    return [(row[0], int(row[1]), row[2]) for row in (*there, *filling)]


async def standings(tx: Tx, since: datetime) -> dict[str, int]:
    """Return how many sends confirmed since then stand how."""
    statement = select(batches.c.standing, func.count()).where(batches.c.confirmed_at >= since)
    return {row[0]: row[1] for row in (await tx.conn.execute(statement.group_by(batches.c.standing))).all()}


async def _thresholds(tx: Tx, watcher_: int) -> list[Threshold]:
    statement = select(thresholds).where(thresholds.c.watcher == watcher_).order_by(thresholds.c.id)
    return [_threshold(row) for row in (await tx.conn.execute(statement)).all()]


def _threshold(row: Row[Any]) -> Threshold:
    return Threshold(row.id, row.kind, row.value, row.fired_at)


def _watcher(row: Row[Any], its: Sequence[Threshold]) -> Watcher:
    return Watcher(
        id=row.id,
        place=Place(row.chat, row.thread),
        reader=row.reader,
        quiet=row.quiet,
        digest=row.digest,
        digested_at=row.digested_at,
        troubles=row.troubles,
        thresholds=tuple(sorted(its, key=lambda one: (one.kind, -one.value))),
    )
