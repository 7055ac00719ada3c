"""Phone bases, `/api_call.cgi` (section 3): list, add, add many, ask, read, remove."""

import json
from typing import Any

from sandbox.sms2 import phones
from sandbox.sms2.accounts import Account
from sandbox.sms2.calls import Call
from sandbox.sms2.errors import Reason, RefusedError
from sandbox.store import Store

__all__ = [
    "DDL",
    "add_phone",
    "add_phones",
    "get_base",
    "has_phone",
    "list_bases",
    "members",
    "overview",
    "phones_of",
    "put",
    "remove",
    "remove_phone",
    "seed",
]

DDL = """
CREATE TABLE IF NOT EXISTS sms2_bases (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, protected INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS sms2_base_phones (
    id INTEGER PRIMARY KEY, base TEXT NOT NULL, phone TEXT NOT NULL, UNIQUE (base, phone)
);
"""

# name: first phone, how many, protected. The names hold what trips a careless client.
_SEEDS = {
    "VIP": (79161230001, 12, False),
    "Клиенты": (79161230009, 62, False),
    "Совет <ТСЖ> & Ко": (79161240001, 5, False),
    "Опт, розница": (79161250001, 3, False),
    "Сотрудники": (79161260001, 8, True),
}


def seed(store: Store) -> None:
    """Fill an account that has no bases yet."""
    if store.read("SELECT 1 FROM sms2_bases LIMIT 1"):
        return
    with store.transaction():
        for name, (first, count, protected) in _SEEDS.items():
            put(store, name, [str(first + step) for step in range(count)], protected=protected)


def put(store: Store, name: str, members: list[str], *, protected: bool = False) -> None:
    """Create a base or replace what it holds, as the provider's cabinet does: no call of the gate can."""
    with store.transaction():
        store.write(
            "INSERT INTO sms2_bases (name, protected) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET protected = ?2",
            *(name, protected),
        )
        store.write("DELETE FROM sms2_base_phones WHERE base = ?", name)
        for phone in members:
            _insert(store, name, phone)


def remove(store: Store, name: str) -> None:
    """Delete a base, as the provider's cabinet does; raises ValueError for one that is not there."""
    with store.transaction():
        store.write("DELETE FROM sms2_base_phones WHERE base = ?", name)
        if not store.read("DELETE FROM sms2_bases WHERE name = ? RETURNING id", name):
            raise ValueError(f"no such base: {name}")


def phones_of(store: Store, name: str) -> list[str]:
    """A base's phones in the order they came; refuse an unknown base."""
    if not store.read("SELECT 1 FROM sms2_bases WHERE name = ?", name):
        raise RefusedError(Reason.WRONG_BASE)
    return members(store, name)


def members(store: Store, name: str) -> list[str]:
    """A base's phones in the order they came; none where the base is gone."""
    return [row["phone"] for row in store.read("SELECT phone FROM sms2_base_phones WHERE base = ? ORDER BY id", name)]


def overview(store: Store) -> list[dict[str, Any]]:
    """Every base with its phones, for the control."""
    rows = store.read("SELECT * FROM sms2_bases ORDER BY id")
    return [{**dict(row), "protected": bool(row["protected"]), "phones": phones_of(store, row["name"])} for row in rows]


def list_bases(store: Store, _account: Account, _call: Call) -> str:
    """`list_of_bases`: JSON whose values are all strings."""
    rows = store.read(
        "SELECT b.name, b.id, COUNT(p.id) AS total FROM sms2_bases b"
        " LEFT JOIN sms2_base_phones p ON p.base = b.name GROUP BY b.id ORDER BY b.id"
    )
    bases = [{"base_name": row["name"], "id": str(row["id"]), "phones_total": str(row["total"])} for row in rows]
    return json.dumps(bases, ensure_ascii=False)


def add_phone(store: Store, _account: Account, call: Call) -> str:
    """`add_phone_to_base`: a phone that is there already cannot be added."""
    base, phone = _open(store, call), _phone(store, call)
    if not _insert(store, base, phone):
        raise RefusedError(Reason.CANT_ADD_PHONE_NUMBER)
    return "Success"


def add_phones(store: Store, _account: Account, call: Call) -> str:
    """`add_phone_to_base_batch`: the answer is a Perl hash; bad phones and repeats are its errors."""
    base = _open(store, call)
    given = [line.strip() for line in call["phones"].splitlines() if line.strip()]
    errors = [phone for phone in given if not (phones.is_supported(store, phone) and _insert(store, base, phone))]
    return f'{{"success"=>{len(given) - len(errors)}, "errors"=>[{", ".join(map(_quote, errors))}]}}'


def has_phone(store: Store, _account: Account, call: Call) -> str:
    """`is_phone_in_base`."""
    base, phone = _open(store, call), _phone(store, call)
    return "Yes" if phone in phones_of(store, base) else "No"


def get_base(store: Store, _account: Account, call: Call) -> str:
    """`get_base`: one phone a line."""
    return "\n".join(phones_of(store, _open(store, call))) or "No phones in base"


def remove_phone(store: Store, _account: Account, call: Call) -> str:
    """`remove_phone_from_base`: a phone that is not there cannot be removed."""
    base, phone = _open(store, call), _phone(store, call)
    if phone not in phones_of(store, base):
        raise RefusedError(Reason.CANT_REMOVE_PHONE_NUMBER)
    store.write("DELETE FROM sms2_base_phones WHERE base = ? AND phone = ?", base, phone)
    return "Success"


def _open(store: Store, call: Call) -> str:
    rows = store.read("SELECT name, protected FROM sms2_bases WHERE name = ?", call["base"])
    if not rows:
        raise RefusedError(Reason.WRONG_BASE)
    if rows[0]["protected"]:
        raise RefusedError(Reason.BASE_IS_PROTECTED)
    return str(rows[0]["name"])


def _phone(store: Store, call: Call) -> str:
    if not phones.is_supported(store, call["phone"]):
        raise RefusedError(Reason.WRONG_PHONE_NUMBER)
    return call["phone"]


def _insert(store: Store, base: str, phone: str) -> bool:
    sql = "INSERT OR IGNORE INTO sms2_base_phones (base, phone) VALUES (?, ?) RETURNING id"
    return bool(store.read(sql, base, phone))


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
