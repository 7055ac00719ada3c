"""
A call of the provider's scripts, and the journal of all calls.

The journal is the referee of every "never twice": a call is written down when it arrives, and marked as
executed in the very transaction that holds its effect.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from sandbox.store import Store

__all__ = ["DDL", "Call", "arrive", "executed", "journal"]

DDL = """
CREATE TABLE IF NOT EXISTS sms2_calls (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,
    params TEXT NOT NULL, size INTEGER NOT NULL, fault TEXT, answer TEXT, executed INTEGER NOT NULL DEFAULT 0
);
"""

_SECRETS = frozenset({"pass", "hash"})


@dataclass(frozen=True, slots=True)
class Call:
    """The parameters as text and the uploaded files; a parameter that was not given reads as empty."""

    params: dict[str, str]
    files: dict[str, bytes] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.params.get(name, "")


def arrive(store: Store, *, method: str, path: str, call: Call, size: int, fault: str | None) -> int:
    """Write down a call that arrived whole, without its password; gives its number."""
    params = {name: value for name, value in call.params.items() if name not in _SECRETS}
    params |= {name: f"{len(content)} bytes" for name, content in call.files.items()}
    return store.write(
        "INSERT INTO sms2_calls (at, method, path, params, size, fault) VALUES (?, ?, ?, ?, ?, ?)",
        *(store.clock(), method, path, json.dumps(params, ensure_ascii=False), size, fault),
    )


def executed(store: Store, call_id: int, answer: str) -> None:
    """Mark a call as executed, with its answer – whether or not the answer ever reaches the client."""
    store.write("UPDATE sms2_calls SET executed = 1, answer = ? WHERE id = ?", answer, call_id)


def journal(store: Store, last: int = -1) -> list[dict[str, Any]]:
    """
    Every call (or the newest `last`), oldest first: id, at, method, path, params, size (bytes), fault, answer, executed.

    `executed` is False and `answer` None where a fault kept the call from being executed; a refusal is
    executed.
    """
    rows = store.read("SELECT * FROM (SELECT * FROM sms2_calls ORDER BY id DESC LIMIT ?) ORDER BY id", last)
    return [{**dict(row), "params": json.loads(row["params"]), "executed": bool(row["executed"])} for row in rows]
