"""Presses of inline buttons and what the bot answered to each."""

import random
from dataclasses import asdict, dataclass
from typing import Any

from sandbox.store import Store
from sandbox.telegram.errors import bad_request
from sandbox.telegram.journal import Journal

__all__ = ["Press", "Presses"]

_DDL = """
CREATE TABLE IF NOT EXISTS tg_presses (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, user_id INTEGER NOT NULL, chat_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL, data TEXT NOT NULL, answered REAL, text TEXT NOT NULL DEFAULT '',
    show_alert INTEGER NOT NULL DEFAULT 0
);
"""
_ANSWER_SECONDS = 60
_MOST_TEXT = 200
_ID_STEP = 1 << 32


@dataclass(frozen=True, slots=True)
class Press:
    """One press; `answered` is the moment the spinner stopped, `text` the toast or alert then shown."""

    id: int
    at: float
    user_id: int
    chat_id: int
    message_id: int
    data: str
    answered: float | None
    text: str
    show_alert: bool

    @property
    def query_id(self) -> str:
        """The callback_query_id: a large number, as text."""
        return str(self.id * _ID_STEP + self.user_id)

    def describe(self) -> dict[str, Any]:
        """Give the press for the control API."""
        return {**asdict(self), "query_id": self.query_id}


class Presses:
    """All presses, newest last."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store = store
        self._journal = journal
        store.script(_DDL)
        store.write(
            "INSERT INTO sqlite_sequence (name, seq) SELECT 'tg_presses', ?"
            " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'tg_presses')",
            random.randrange(100_000, 900_000),
        )

    def add(self, user_id: int, chat_id: int, message_id: int, data: str) -> Press:
        """Remember a press; its spinner runs until the bot answers."""
        number = self._store.write(
            "INSERT INTO tg_presses (at, user_id, chat_id, message_id, data) VALUES (?, ?, ?, ?, ?)",
            *(self._store.clock(), user_id, chat_id, message_id, data),
        )
        press = self._read("id = ?", number)[0]
        self._journal.event("press", chat=chat_id, message_id=message_id, user=user_id, query_id=press.query_id)
        return press

    def answer(self, query_id: str, text: str, *, show_alert: bool) -> None:
        """Stop the spinner once, within a minute; raises `CallError` after that."""
        if len(text) > _MOST_TEXT:
            raise bad_request("MESSAGE_TOO_LONG")
        press = self.find(query_id)
        now = self._store.clock()
        if press is None or press.answered is not None or now > press.at + _ANSWER_SECONDS:
            raise bad_request("Query is too old and response timeout expired or query ID is invalid")
        self._store.write(
            "UPDATE tg_presses SET answered = ?, text = ?, show_alert = ? WHERE id = ?",
            *(now, text, show_alert, press.id),
        )
        about = {"chat": press.chat_id, "user": press.user_id, "query_id": query_id}
        self._journal.event("answer", **about, text=text, show_alert=show_alert)

    def find(self, query_id: str) -> Press | None:
        """One press by its callback_query_id."""
        if not query_id.isdecimal():
            return None
        found = self._read("id = ?", int(query_id) // _ID_STEP)
        return found[0] if found and found[0].query_id == query_id else None

    def all(self) -> list[Press]:
        """Every press there was."""
        return self._read("1 ORDER BY id")

    def _read(self, where: str, *args: int) -> list[Press]:
        rows = self._store.read(f"SELECT * FROM tg_presses WHERE {where}", *args)  # noqa: S608 – our own words
        return [Press(**{**dict(row), "show_alert": bool(row["show_alert"])}) for row in rows]
