"""The sandbox's memory: one SQLite file that outlives the process, so that no id is ever given twice."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

__all__ = ["Clock", "Store"]

Clock = Callable[[], float]

_DDL = """
CREATE TABLE IF NOT EXISTS violations (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, place TEXT NOT NULL, what TEXT NOT NULL
);
"""


class Store:
    """
    One SQLite file; each part of the sandbox adds its own tables with `script`.

    `clock` gives seconds since the epoch and may be replaced by tests. Everything is synchronous and meant
    for one event loop: there is no `await` inside a `transaction`.
    """

    def __init__(self, path: Path | str, clock: Clock = time.time) -> None:
        self.clock = clock
        self._stops: list[Callable[[], object]] = []
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode = WAL")
        # A killed process loses nothing this way; only a power cut could, and no proof here cuts the power.
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute("PRAGMA busy_timeout = 5000")
        self._db.execute("PRAGMA foreign_keys = ON")
        self.script(_DDL)

    def script(self, ddl: str) -> None:
        """Run `CREATE … IF NOT EXISTS` statements; keys are AUTOINCREMENT, so that ids never restart."""
        self._db.executescript(ddl)

    def read(self, sql: str, *args: Any) -> list[sqlite3.Row]:
        """Give all rows of one query."""
        return self._db.execute(sql, args).fetchall()

    def write(self, sql: str, *args: Any) -> int:
        """Run one statement and give its `lastrowid`."""
        return self._db.execute(sql, args).lastrowid or 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; an inner transaction belongs to the outer one."""
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def violation(self, where: str, what: str) -> None:
        """Remember that a caller used what the counterpart does not know: tests assert that there is none."""
        self.write("INSERT INTO violations (at, place, what) VALUES (?, ?, ?)", self.clock(), where, what)

    def violations(self) -> list[dict[str, Any]]:
        """Everything remembered, oldest first: id, at, where, what."""
        return [dict(row) for row in self.read('SELECT id, at, place AS "where", what FROM violations ORDER BY id')]

    def forgive(self) -> None:
        """Forget all violations."""
        self.write("DELETE FROM violations")

    def on_close(self, stop: Callable[[], object]) -> None:
        """Have `stop` called before the file closes: background work must not outlive its store."""
        self._stops.append(stop)

    def close(self) -> None:
        """Stop what works in the background, then close the file; the store is of no use afterwards."""
        for stop in self._stops:
            stop()
        self._db.close()
