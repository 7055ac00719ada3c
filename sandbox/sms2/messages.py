"""SMS: sending one (section 1), the status of one (section 2), and the log of everything phones received."""

import re
import sqlite3
from decimal import Decimal
from typing import Any

from sandbox.sms2 import accounts, phones
from sandbox.sms2.accounts import Account
from sandbox.sms2.calls import Call
from sandbox.sms2.errors import Reason, RefusedError
from sandbox.sms2.phones import Fate
from sandbox.sms2.text import count_parts, is_sender, is_text
from sandbox.store import Store

__all__ = ["DDL", "check_content", "deliver", "get_status", "mms_id", "override", "received", "send"]

# The description's example is Message_ID=27460: the first message of a new account bears it.
DDL = """
CREATE TABLE IF NOT EXISTS sms2_messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, phone TEXT NOT NULL, sender TEXT NOT NULL,
    subject TEXT NOT NULL, text TEXT NOT NULL, flash INTEGER NOT NULL, picture BLOB, parts INTEGER NOT NULL,
    price TEXT NOT NULL, at REAL NOT NULL, due REAL NOT NULL, fate TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS sms2_messages_phone ON sms2_messages (phone, at);
INSERT INTO sqlite_sequence (name, seq)
    SELECT 'sms2_messages', 27459
    WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'sms2_messages');
"""

_DAY = 86_400.0
_SHOWN = (
    "id, kind, phone, sender, subject, text, flash, parts, price, at, due, fate, LENGTH(picture) > 0 AS has_picture"
)
_ID = re.compile(r"[1-9][0-9]{0,17}")


def send(store: Store, account: Account, call: Call) -> str:
    """`/sms.cgi`: the checks come in the order of this function."""
    if account.switched_off:
        raise RefusedError(Reason.SERVICE_IS_SWITCHED_OFF)
    fate = phones.check_reachable(store, call["phone"])
    check_content(account, call["from"], call["message"])
    if fate is Fate.BLACKLISTED:
        raise RefusedError(Reason.PHONE_BLACKLISTED)
    if _is_duplicate(store, call["phone"], call["message"]):
        raise RefusedError(Reason.MESSAGE_DUPLICATION)
    parts = count_parts(call["message"])
    message_id = deliver(
        *(store, account, fate),
        price=account.price * parts,
        kind="sms",
        phone=call["phone"],
        sender=call["from"],
        text=call["message"],
        flash=call["flash"] == "1",
        parts=parts,
    )
    return f"Message successfully sent! Message_ID={message_id}"


def get_status(store: Store, _account: Account, call: Call) -> str:
    """`/sms_status2.cgi`: SMS only, the ids of MMS are of another kind."""
    rows: list[sqlite3.Row] = []
    if _ID.fullmatch(call["mess_id"]):
        query = "SELECT * FROM sms2_messages WHERE id = ? AND kind = 'sms'"
        rows = store.read(query, int(call["mess_id"]))
    if not rows:
        raise RefusedError(Reason.NO_SUCH_MESSAGE)
    return f"Status: {_status(rows[0], store.clock())}"


def check_content(account: Account, sender: str, text: str) -> None:
    """Refuse a malformed or unregistered sender and a text that breaks a rule; the login is a sender too."""
    if not is_sender(sender):
        raise RefusedError(Reason.CANT_SEND_THIS_MESSAGE)
    if sender not in (*account.senders, account.login):
        raise RefusedError(Reason.UNSUPPORTED_SENDER)
    if not is_text(text):
        raise RefusedError(Reason.CANT_SEND_THIS_MESSAGE)
    if any(word.casefold() in text.casefold() for word in account.blocked_words):
        raise RefusedError(Reason.BLOCKED_TEXT_MESSAGE)


def deliver(store: Store, account: Account, fate: Fate, *, price: Decimal, **columns: Any) -> int:
    """Charge for a message and hand it to its phone; gives the new id. Refuses when money is short."""
    accounts.charge(store, price)
    at = columns.pop("at", store.clock())
    row = {"subject": "", "flash": False, **columns, "price": str(price), "at": at}
    row |= {"due": at + account.delivery_seconds, "fate": fate}
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    return store.write(f"INSERT INTO sms2_messages ({names}) VALUES ({marks})", *row.values())  # noqa: S608


def override(store: Store, message_id: int, fate: str) -> None:
    """Let a message's fate be another one, and known by now."""
    store.write(
        "UPDATE sms2_messages SET fate = ?, due = MIN(due, ?) WHERE id = ?",
        *(Fate(fate), store.clock(), message_id),
    )


def mms_id(number: int) -> str:
    """The form in which the MMS gate gives its ids."""
    return f"Ok_{number:06X}"


def received(store: Store, last: int = -1) -> list[dict[str, Any]]:
    """
    All messages handed to phones (or the newest `last`), oldest first.

    An MMS also has `mms_id` and `picture`, the path where the control serves it (None without one).
    """
    now = store.clock()
    newest = f"SELECT {_SHOWN} FROM sms2_messages ORDER BY id DESC LIMIT ?"  # noqa: S608 – our own columns
    return [_message(row, now) for row in reversed(store.read(newest, last))]


def _is_duplicate(store: Store, phone: str, text: str) -> bool:
    return bool(
        store.read(
            "SELECT 1 FROM sms2_messages WHERE phone = ? AND text = ? AND kind = 'sms' AND at > ?",
            *(phone, text, store.clock() - _DAY),
        )
    )


def _status(row: sqlite3.Row, now: float) -> str:
    return row["fate"] if now >= row["due"] and row["fate"] != Fate.NO_REPORT else "unknown"


def _message(row: sqlite3.Row, now: float) -> dict[str, Any]:
    message = {**dict(row), "flash": bool(row["flash"]), "status": _status(row, now)}
    has_picture = message.pop("has_picture")
    if row["kind"] == "mms":
        path = f"/control/sms2/pictures/{row['id']}" if has_picture else None
        message |= {"mms_id": mms_id(row["id"]), "picture": path}
    return message
