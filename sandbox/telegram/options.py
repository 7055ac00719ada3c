"""The account's few single values: who the bot is, its webhook, its privacy mode, its names."""

import json
from typing import Any

from sandbox.store import Store

__all__ = ["Options"]

_DDL = "CREATE TABLE IF NOT EXISTS tg_options (name TEXT PRIMARY KEY, value TEXT NOT NULL);"


class Options:
    """Named JSON values that outlive the process."""

    def __init__(self, store: Store) -> None:
        self._store = store
        store.script(_DDL)

    def get(self, name: str, default: Any = None) -> Any:
        """Give a value, or the default where none was ever put."""
        rows = self._store.read("SELECT value FROM tg_options WHERE name = ?", name)
        return json.loads(rows[0]["value"]) if rows else default

    def put(self, name: str, value: Any) -> None:
        """Keep a value; None forgets it."""
        self._store.write("DELETE FROM tg_options WHERE name = ?", name)
        if value is not None:
            self._store.write("INSERT INTO tg_options (name, value) VALUES (?, ?)", name, json.dumps(value))

    def count(self, name: str, first: int) -> int:
        """Give the next number of a sequence that begins with `first` and never gives one twice."""
        number: int = self.get(name, first)
        self.put(name, number + 1)
        return number
