"""Signs of life: when each loop last went round."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.storage.engine import Tx
from bot.storage.tables import beats


async def beat(tx: Tx, name: str) -> None:
    """Store that this loop is alive now."""
    upsert = pg_insert if tx.postgres else sqlite_insert
    statement = upsert(beats).values(name=name, at=tx.now)
    await tx.conn.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"at": tx.now}))


async def all_of(tx: Tx) -> dict[str, datetime]:
    """Return the last sign of each loop."""
    return {row.name: row.at for row in (await tx.conn.execute(select(beats))).all()}


async def forget(tx: Tx, prefix: str) -> None:
    """Expect no more signs of the loops whose names begin so: their process has ended as it should."""
    await tx.conn.execute(delete(beats).where(beats.c.name.startswith(prefix, autoescape=True)))
