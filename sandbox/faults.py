"""Fault switches: which call of which counterpart shall fail next, how, and how many times."""

import json
from dataclasses import dataclass, field
from typing import Any

from sandbox.store import Store

__all__ = ["KINDS", "SIDES", "TELEGRAM_ONLY", "Fault", "Faults"]

SIDES = ("sms2", "telegram")
KINDS = {
    "delay": "waits, then goes on",
    "hang": "never answers, nothing executed",
    "cut_before": "cuts the connection, nothing executed",
    "cut_after": "executes, then cuts the connection: the answer is lost",
    "error500_before": "answers 500, nothing executed",
    "error500_after": "executes, then answers 500",
    "html": "executes, then answers an HTML page",
    "empty": "executes, then answers an empty body",
    "trickle": "executes, then answers a byte at a time",
    "429": "too many requests, nothing executed (args: retry_after)",
    "forbidden": "the bot was blocked, nothing executed",
}
TELEGRAM_ONLY = frozenset({"429", "forbidden"})

_DDL = """
CREATE TABLE IF NOT EXISTS faults (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    side TEXT NOT NULL, call TEXT NOT NULL, kind TEXT NOT NULL,
    times INTEGER, seconds REAL NOT NULL, args TEXT NOT NULL
);
"""

_Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Fault:
    """One failure to act out: its kind (a key of `KINDS`), its pause in seconds, what else the kind needs."""

    kind: str
    seconds: float = 0.0
    args: dict[str, Any] = field(default_factory=dict)


class Faults:
    """The switches, kept in the store: set from a test or the page, taken by the call they hit."""

    def __init__(self, store: Store) -> None:
        self._store = store
        store.script(_DDL)

    def set(self, side: str, call: str, kind: str, *, times: int | None = 1, seconds: float = 0.0, **args: Any) -> None:
        """Let the next `times` calls (`sms.cgi`, `getMe`, `*` for all) fail; None: until cleared."""
        if side not in SIDES or kind not in KINDS or (side == "sms2" and kind in TELEGRAM_ONLY):
            raise ValueError(f"no such fault: {side} {kind}")
        if times is not None and times < 1:
            raise ValueError(f"times must be positive or None: {times}")
        self._store.write(
            "INSERT INTO faults (side, call, kind, times, seconds, args) VALUES (?, ?, ?, ?, ?, ?)",
            *(side, call, kind, times, seconds, json.dumps(args)),
        )

    def take(self, side: str, call: str) -> Fault | None:
        """Take one use of the oldest switch for this call; one set for `*` comes after those set by name."""
        with self._store.transaction():
            rows = self._store.read(
                "SELECT * FROM faults WHERE side = ? AND call IN (?, '*') ORDER BY call = '*', id LIMIT 1",
                *(side, call),
            )
            if not rows:
                return None
            row = rows[0]
            if row["times"] is not None:
                self._use(row["id"])
        return Fault(row["kind"], row["seconds"], json.loads(row["args"]))

    def clear(self, side: str | None = None) -> None:
        """Switch everything off, on one side or on both."""
        self._store.write("DELETE FROM faults WHERE ?1 IS NULL OR side = ?1", side)

    def list(self) -> _Rows:
        """What is switched on: id, side, call, kind, times (None: until cleared), seconds, args."""
        rows = self._store.read("SELECT * FROM faults ORDER BY id")
        return [{**dict(row), "args": json.loads(row["args"])} for row in rows]

    def _use(self, fault_id: int) -> None:
        self._store.write("UPDATE faults SET times = times - 1 WHERE id = ?", fault_id)
        self._store.write("DELETE FROM faults WHERE id = ? AND times < 1", fault_id)
