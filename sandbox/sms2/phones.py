"""Phones and their fates: what becomes of a message to each, by magic number or by the control's word."""

import re
from enum import StrEnum

from sandbox.sms2.errors import Reason, RefusedError
from sandbox.store import Store

__all__ = ["DDL", "MAGIC", "Fate", "check_reachable", "fate_of", "fates", "is_supported", "set_fate"]

DDL = """
CREATE TABLE IF NOT EXISTS sms2_phones (phone TEXT PRIMARY KEY, fate TEXT NOT NULL);
"""

_PHONE = re.compile(r"7[1-9][0-9]{9}")


class Fate(StrEnum):
    """What becomes of a message to a phone; the last three are refused at once."""

    DELIVERED = "delivered"
    NOT_DELIVERED = "not_delivered"
    NO_REPORT = "no_report"
    BLACKLISTED = "blacklisted"
    UNSUPPORTED = "unsupported"
    CLOSED = "closed"


MAGIC = {
    "79110000001": Fate.BLACKLISTED,
    "79110000002": Fate.NOT_DELIVERED,
    "79110000003": Fate.NO_REPORT,
    "79110000004": Fate.UNSUPPORTED,
    "79110000005": Fate.CLOSED,
}


def fates(store: Store) -> dict[str, Fate]:
    """Every phone with a fate of its own; all others are delivered to."""
    chosen = {row["phone"]: Fate(row["fate"]) for row in store.read("SELECT * FROM sms2_phones ORDER BY phone")}
    return {**MAGIC, **chosen}


def fate_of(store: Store, phone: str) -> Fate:
    """What becomes of the next message to this phone."""
    rows = store.read("SELECT fate FROM sms2_phones WHERE phone = ?", phone)
    return Fate(rows[0]["fate"]) if rows else MAGIC.get(phone, Fate.DELIVERED)


def set_fate(store: Store, phone: str, fate: str) -> None:
    """Choose a phone's fate for the messages to come; raises ValueError for an unknown one."""
    store.write("INSERT OR REPLACE INTO sms2_phones VALUES (?, ?)", phone, Fate(fate))


def is_supported(store: Store, phone: str) -> bool:
    """11 digits, a 7 first (7 0… is no number: section 3.2 has one as an error), not marked unsupported."""
    return _PHONE.fullmatch(phone) is not None and fate_of(store, phone) is not Fate.UNSUPPORTED


def check_reachable(store: Store, phone: str) -> Fate:
    """The phone's fate; refuse unsupported numbers and closed directions."""
    if not is_supported(store, phone):
        raise RefusedError(Reason.UNSUPPORTED_PHONE_NUMBER)
    fate = fate_of(store, phone)
    if fate is Fate.CLOSED:
        raise RefusedError(Reason.DIRECTION_IS_CLOSED)
    return fate
