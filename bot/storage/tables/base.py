"""What all tables are made of."""

from typing import Any

from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    String,
    Table,
    text,
)

from bot.storage.types import Instant, Key

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)


def table(name: str, *parts: Any) -> Table:
    """Make a table whose ids are never given twice."""
    # AUTOINCREMENT: SQLite would give a deleted row's id to the next one, and buttons name ids.
    return Table(name, metadata, *parts, sqlite_autoincrement=True)


def identity() -> Column[int]:
    """Make the key of a row."""
    return Column("id", Key, primary_key=True, autoincrement=True)


def due() -> tuple[Column[Any], ...]:
    """Make the columns of whatever falls due."""
    return (
        Column("next_at", Instant),
        Column("attempts", Integer, nullable=False, server_default="0"),
        Column("claim", String(32)),
        Column("lease_until", Instant),
    )


def only(where: str) -> dict[str, Any]:
    """Say for which rows alone an index is kept."""
    return {"sqlite_where": text(where), "postgresql_where": text(where)}
