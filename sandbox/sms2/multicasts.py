"""Multicasts to bases, `start_multicast` (section 3.1.2): queued, then fired when their time has come."""

import json
import sqlite3
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.sms2 import accounts, bases, messages, phones
from sandbox.sms2.accounts import Account
from sandbox.sms2.calls import Call
from sandbox.sms2.errors import Reason, RefusedError
from sandbox.sms2.phones import Fate
from sandbox.sms2.text import count_parts
from sandbox.store import Store

__all__ = ["DDL", "fire", "queued", "start"]

DDL = """
CREATE TABLE IF NOT EXISTS sms2_multicasts (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, start_at REAL NOT NULL, text TEXT NOT NULL,
    sender TEXT NOT NULL, bases TEXT NOT NULL, fired_at REAL, sent INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0
);
"""

_REFUSED = frozenset({Fate.BLACKLISTED, Fate.UNSUPPORTED, Fate.CLOSED})
_FORMAT = "%Y-%m-%d %H:%M"


def start(store: Store, account: Account, call: Call) -> str:
    """Check and queue; no id is given back. `start_at` is the provider's wall clock, to the minute."""
    if account.switched_off:
        raise RefusedError(Reason.SERVICE_IS_SWITCHED_OFF)
    messages.check_content(account, call["from"], call["message"])
    names = list(dict.fromkeys(call["bases"].split(",")))
    for name in names:
        bases.phones_of(store, name)
    start_at = _instant(call, account) if "start_at" in call.params else store.clock()
    if not accounts.can_spend(account, account.price * count_parts(call["message"])):
        raise RefusedError(Reason.YOUR_CREDIT_IS_NULL)
    store.write(
        "INSERT INTO sms2_multicasts (at, start_at, text, sender, bases) VALUES (?, ?, ?, ?, ?)",
        *(store.clock(), start_at, call["message"], call["from"], json.dumps(names, ensure_ascii=False)),
    )
    return "Success"


def fire(store: Store) -> None:
    """Send what is due; a number in two bases gets one message, what the money does not pay is not sent."""
    due = "SELECT * FROM sms2_multicasts WHERE fired_at IS NULL AND start_at <= ? ORDER BY start_at, id"
    with store.transaction():
        for row in store.read(due, store.clock()):
            results = [_send_one(store, row, phone) for phone in _recipients(store, row)]
            store.write(
                "UPDATE sms2_multicasts SET fired_at = ?, sent = ?, refused = ? WHERE id = ?",
                *(store.clock(), results.count(True), results.count(False), row["id"]),
            )


def queued(store: Store) -> list[dict[str, Any]]:
    """All multicasts ever taken, oldest first; `fired_at` is None while one waits."""
    rows = store.read("SELECT * FROM sms2_multicasts ORDER BY id")
    return [{**dict(row), "bases": json.loads(row["bases"])} for row in rows]


def _instant(call: Call, account: Account) -> float:
    text = call["start_at"]
    try:
        moment = datetime.strptime(text, _FORMAT).replace(tzinfo=ZoneInfo(account.timezone))
    except ValueError:
        raise RefusedError(Reason.WRONG_FUNCTION) from None
    if moment.strftime(_FORMAT) != text:
        raise RefusedError(Reason.WRONG_FUNCTION)
    return moment.timestamp()


def _recipients(store: Store, row: sqlite3.Row) -> list[str]:
    numbers = [phone for name in json.loads(row["bases"]) for phone in bases.members(store, name)]
    return list(dict.fromkeys(numbers))


def _send_one(store: Store, row: sqlite3.Row, phone: str) -> bool:
    account, fate, parts = accounts.read(store), phones.fate_of(store, phone), count_parts(row["text"])
    if fate in _REFUSED:
        return False
    try:
        messages.deliver(
            *(store, account, fate),
            price=account.price * parts,
            kind="multicast",
            phone=phone,
            sender=row["sender"],
            text=row["text"],
            parts=parts,
            at=max(row["at"], row["start_at"]),
        )
    except RefusedError:
        return False
    return True
