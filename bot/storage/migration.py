"""The schema's history: SQLite walks it at start, PostgreSQL when it is told to."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.storage import valves
from bot.storage.engine import Database
from bot.storage.tables import metadata


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


async def migrate(database: Database) -> None:
    """Bring the schema to the newest revision, and add the rows that must be there."""
    async with database.write() as tx:
        await tx.conn.run_sync(_upgrade)
        await valves.found(tx)


async def current(database: Database) -> bool:
    """Return whether the schema is at the newest revision."""
    async with database.read() as tx:
        return await tx.conn.run_sync(_is_current)


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _is_current(connection: Connection) -> bool:
    head = ScriptDirectory.from_config(_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head


def difference(connection: Connection) -> list[object]:
    """Return what the tables say and the schema does not have, or the other way round."""
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


def write_revision(connection: Connection, message: str) -> None:
    """Write the next revision from what the tables say; for developers, by `smsbot migrate --write`."""
    config = _config()
    config.attributes["connection"] = connection
    command.revision(config, message, autogenerate=True)
