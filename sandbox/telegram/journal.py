"""What happened on the Telegram side: every call of the bot, and every change that the chat page shows."""

import asyncio
import json
from typing import Any

from sandbox.store import Store

__all__ = ["Journal"]

_DDL = """
CREATE TABLE IF NOT EXISTS tg_calls (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, method TEXT NOT NULL, params TEXT NOT NULL,
    status INTEGER NOT NULL, description TEXT NOT NULL, fault TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS tg_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL
);
"""


class Journal:
    """Append-only lists of calls and events, and the bell that wakes those who wait for an event."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: set[asyncio.Future[None]] = set()
        store.script(_DDL)

    def call(
        self, method: str, params: dict[str, Any], *, status: int = 200, description: str = "", fault: str = ""
    ) -> None:
        """Record one call of the bot; written in the transaction of its effect, if it had one."""
        self._store.write(
            "INSERT INTO tg_calls (at, method, params, status, description, fault) VALUES (?, ?, ?, ?, ?, ?)",
            *(self._store.clock(), method, json.dumps(params, ensure_ascii=False)),
            *(status, description, fault),
        )

    def calls(self, after: int = 0) -> list[dict[str, Any]]:
        """All calls behind an id: id, at, method, params, status, description, fault."""
        rows = self._store.read("SELECT * FROM tg_calls WHERE id > ? ORDER BY id", after)
        return [{**dict(row), "params": json.loads(row["params"])} for row in rows]

    def event(self, kind: str, **data: Any) -> None:
        """Record a change and wake all who wait for one."""
        self._store.write(
            "INSERT INTO tg_events (at, kind, data) VALUES (?, ?, ?)",
            *(self._store.clock(), kind, json.dumps(data, ensure_ascii=False)),
        )
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    def last(self) -> int:
        """Id of the newest event, 0 before the first."""
        return int(self._store.read("SELECT coalesce(max(id), 0) AS last FROM tg_events")[0]["last"])

    def events(self, after: int) -> list[dict[str, Any]]:
        """All events behind an id: id, at, kind and what belongs to the kind."""
        rows = self._store.read("SELECT * FROM tg_events WHERE id > ? ORDER BY id LIMIT 500", after)
        return [{**json.loads(row["data"]), "id": row["id"], "at": row["at"], "kind": row["kind"]} for row in rows]

    async def wait(self, after: int, seconds: float) -> list[dict[str, Any]]:
        """All events behind an id, waiting for the first one if there is none yet."""
        if found := self.events(after):
            return found
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await asyncio.wait({future}, timeout=seconds)
        finally:
            self._waiting.discard(future)
        return self.events(after)
