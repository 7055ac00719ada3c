"""One database, two ways in: a write transaction and a read transaction, right on SQLite and on PostgreSQL."""

import asyncio
import fcntl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.domain.clock import Clock

BUSY_SECONDS = 30


class SecondProcessError(Exception):
    """Another process has this SQLite file; more than one needs PostgreSQL."""

    def __init__(self, path: str) -> None:
        super().__init__(f"another process is using {path}: with SQLite run one process, or move to PostgreSQL")


@dataclass(slots=True)
class Tx:
    """One transaction: the connection, its one idea of "now", and whom to wake once it is committed."""

    conn: AsyncConnection
    now: datetime
    wakes: set[str] = field(default_factory=set)

    @property
    def postgres(self) -> bool:
        """Return whether rows can be locked one by one."""
        return self.conn.dialect.name == "postgresql"


class Database:
    """The engine, the clock that stamps its transactions, and the lock that keeps a second process off a file."""

    def __init__(self, url: str, clock: Clock) -> None:
        self.url = make_url(url)
        self.clock = clock
        self._lock: IO[bytes] | None = None
        self.engine = _sqlite(self.url) if self.is_file else _postgres(self.url)
        self._readers = self.engine.execution_options(reads=True)
        # SQLite lets one write at a time and has those who find it busy look again, ever more seldom: a lane that writes
        # without a pause would keep all others out. The file is this process's alone, so they can queue up here instead.
        self._turn = asyncio.Lock() if self.is_file else nullcontext()

    @property
    def is_file(self) -> bool:
        """Return whether this is SQLite."""
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        """Give a transaction that commits at the end and rolls back on any exception."""
        async with self._turn, self.engine.begin() as conn:
            yield Tx(conn, self.clock.now())

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """Give a transaction that only reads: it waits for no writer."""
        async with self._readers.connect() as conn:
            yield Tx(conn, self.clock.now())

    def occupy(self) -> None:
        """Hold the SQLite file for this process until close(); raise SecondProcessError where another one has it."""
        if not self.is_file or self.url.database in (None, "", ":memory:"):
            return
        lock = Path(f"{self.url.database}.lock").open("ab")  # noqa: SIM115 - held until close()
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.close()
            raise SecondProcessError(str(self.url.database)) from error
        self._lock = lock

    async def close(self) -> None:
        """Let go of connections and of the file."""
        await self.engine.dispose()
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def _sqlite(url: Any) -> AsyncEngine:
    engine = create_async_engine(url, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine.sync_engine, "connect")
    def connect(raw: Any, _record: Any) -> None:
        raw.isolation_level = None  # the driver's own BEGIN is deferred, and loses increments
        cursor = raw.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(conn: Connection) -> None:
        conn.exec_driver_sql("BEGIN" if conn.get_execution_options().get("reads") else "BEGIN IMMEDIATE")

    return engine


def _postgres(url: Any) -> AsyncEngine:
    return create_async_engine(
        url,
        pool_size=20,
        max_overflow=20,
        pool_pre_ping=True,
        connect_args={"server_settings": {"synchronous_commit": "on"}},
    )
