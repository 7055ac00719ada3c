"""The valves' rows; load() locks one until the transaction ends."""

from dataclasses import asdict, fields
from datetime import UTC, datetime

from sqlalchemy import insert, select, update

from bot.domain.valve import Valve
from bot.storage.engine import Tx
from bot.storage.tables import valves

SENDS = "sends"
STATUS = "status"
_COLUMNS = tuple(valves.c[field.name] for field in fields(Valve))


async def load(tx: Tx, name: str = SENDS) -> Valve:
    """Return the valve, locked for the rest of the transaction."""
    row = (await tx.conn.execute(select(*_COLUMNS).where(valves.c.name == name).with_for_update())).one()
    return Valve(*row)


async def peek(tx: Tx, name: str = SENDS) -> Valve:
    """Return the valve as it stands, for showing."""
    row = (await tx.conn.execute(select(*_COLUMNS).where(valves.c.name == name))).one()
    return Valve(*row)


async def save(tx: Tx, valve: Valve) -> None:
    """Store the valve that load() locked."""
    await tx.conn.execute(update(valves).where(valves.c.name == valve.name).values(**asdict(valve)))


async def found(tx: Tx) -> None:
    """Add the valves' rows where they are missing."""
    present = set((await tx.conn.scalars(select(valves.c.name))).all())
    start = datetime(2000, 1, 1, tzinfo=UTC)
    for name in {SENDS, STATUS} - present:
        await tx.conn.execute(insert(valves).values(name=name, tokens=0.0, filled_at=start, failures=0))
