"""What owners have set for everybody, in the chat: it stands above the settings of the installation."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.storage.engine import Tx
from bot.storage.tables import defaults


async def load(tx: Tx) -> dict[str, Any]:
    """Return the values by name."""
    rows = await tx.conn.execute(select(defaults.c.name, defaults.c.value))
    return {row.name: row.value for row in rows.all()}


async def put(tx: Tx, name: str, value: str | int, by: int) -> None:
    """Set a value."""
    upsert = pg_insert if tx.postgres else sqlite_insert
    new = {"value": value, "changed_by": by, "changed_at": tx.now}
    statement = upsert(defaults).values(name=name, **new)
    await tx.conn.execute(statement.on_conflict_do_update(index_elements=["name"], set_=new))
