"""What happens at regular times: exactly one process takes each of them, and those that nobody took are left out."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.storage import claims
from bot.storage.engine import Tx
from bot.storage.tables import ticks


async def begin(tx: Tx, name: str, every: timedelta) -> None:
    """Let the first one come after the interval, unless they come already; a shorter interval counts from now on."""
    upsert = pg_insert if tx.postgres else sqlite_insert
    first = tx.now + every
    statement = (
        upsert(ticks)
        .values(name=name, next_at=first)
        .on_conflict_do_update(index_elements=["name"], set_={"next_at": first}, where=ticks.c.next_at > first)
    )
    await tx.conn.execute(statement)


async def claim(tx: Tx, name: str, lease: timedelta) -> str | None:
    """Claim the one that is due, unless somebody has it; return the claim."""
    free = or_(ticks.c.claim.is_(None), ticks.c.lease_until < tx.now)
    statement = update(ticks).where(ticks.c.name == name, ticks.c.next_at <= tx.now, free)
    statement = statement.values(claim=claims.token(), lease_until=tx.now + lease)
    found: str | None = await tx.conn.scalar(statement.returning(ticks.c.claim))
    return found


async def next_due(tx: Tx, name: str) -> datetime | None:
    """Return when the next one is due that nobody has."""
    free = or_(ticks.c.claim.is_(None), ticks.c.lease_until < tx.now)
    found: datetime | None = await tx.conn.scalar(select(ticks.c.next_at).where(ticks.c.name == name, free))
    return found


async def finish(tx: Tx, name: str, claim_: str, every: timedelta) -> bool:
    """Give a claim back, the next one due in the rhythm and ahead; False where the claim was lost."""
    held = (ticks.c.name == name, ticks.c.claim == claim_)
    row = (await tx.conn.execute(select(ticks.c.next_at).where(*held).with_for_update())).one_or_none()
    if row is None:
        return False
    next_at = row.next_at + every * (1 + max(timedelta(), tx.now - row.next_at) // every)
    values = {"claim": None, "lease_until": None, "next_at": next_at}
    await tx.conn.execute(update(ticks).where(*held).values(**values))
    return True
