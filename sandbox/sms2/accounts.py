"""The customer's account: credentials, money, registered senders and the provider's switches."""

import codecs
import json
from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from hashlib import md5
from hmac import compare_digest
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.sms2.errors import Reason, RefusedError
from sandbox.store import Store

__all__ = [
    "DDL",
    "Account",
    "authenticate",
    "authenticate_hash",
    "can_spend",
    "change",
    "charge",
    "credit_info",
    "read",
]

DDL = """
CREATE TABLE IF NOT EXISTS sms2_account (id INTEGER PRIMARY KEY CHECK (id = 1), settings TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Account:
    """
    Everything the control may set.

    Money is in roubles; `overdraft` is the balance at which sending is cut off; `price` is per part and
    `mms_price` per MMS; a report comes `delivery_seconds` after a send; `timezone` is that of `start_at`;
    `answer_charset` is how answers are encoded, which the description leaves open.
    """

    login: str = "sandbox"
    password: str = "sandbox"  # noqa: S105 – of an emulated account
    balance: Decimal = Decimal("5006.75")
    overdraft: Decimal = Decimal("-10000.00")
    price: Decimal = Decimal("5.00")
    mms_price: Decimal = Decimal("15.00")
    delivery_seconds: float = 2.0
    switched_off: bool = False
    senders: tuple[str, ...] = ("Clinic", "MyShop", "SMS2", "Test")
    blocked_words: tuple[str, ...] = ("казино",)
    timezone: str = "Europe/Moscow"
    answer_charset: str = "utf-8"

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.timezone)
            codecs.lookup(self.answer_charset)
        except LookupError as error:
            raise ValueError(f"no such time zone or charset: {error}") from error


def read(store: Store) -> Account:
    """The account as it stands."""
    rows = store.read("SELECT settings FROM sms2_account")
    return _with(Account(), json.loads(rows[0]["settings"])) if rows else Account()


def change(store: Store, **settings: Any) -> Account:
    """Change some settings (see `Account`); raises ValueError or TypeError for what does not fit."""
    account = _with(read(store), settings)
    store.write("INSERT OR REPLACE INTO sms2_account VALUES (1, ?)", json.dumps(asdict(account), default=str))
    return account


def authenticate(store: Store, login: str, password: str) -> Account:
    """Refuse all but the right login and password (section 1.2)."""
    account = read(store)
    if not (_same(login, account.login) and _same(password, account.password)):
        raise RefusedError(Reason.AUTHENTICATION_FAILURE)
    return account


def authenticate_hash(store: Store, login: str, digest: str) -> Account:
    """Refuse all but the right login and MD5 of the password, as the MMS gate wants it."""
    account = read(store)
    wanted = md5(account.password.encode(), usedforsecurity=False).hexdigest()
    if not (_same(login, account.login) and _same(digest.lower(), wanted)):
        raise RefusedError(Reason.AUTHENTICATION_FAILURE)
    return account


def credit_info(store: Store) -> str:
    """The answer of section 4.2."""
    account = read(store)
    return f"Balance: {account.balance}; Overdraft: {account.overdraft}"


def can_spend(account: Account, amount: Decimal) -> bool:
    """Whether this amount leaves the balance at the overdraft or above."""
    return account.balance - amount >= account.overdraft


def charge(store: Store, amount: Decimal) -> None:
    """Take money; refuse when it would sink the balance below the overdraft."""
    account = read(store)
    if not can_spend(account, amount):
        raise RefusedError(Reason.YOUR_CREDIT_IS_NULL)
    change(store, balance=account.balance - amount)


def _same(given: str, wanted: str) -> bool:
    return compare_digest(given.encode(), wanted.encode())


def _with(account: Account, settings: dict[str, Any]) -> Account:
    known = {field.name: field.type for field in fields(Account)}
    if unknown := settings.keys() - known.keys():
        raise ValueError(f"unknown settings: {', '.join(sorted(unknown))}")
    return replace(account, **{name: _typed(known[name], value) for name, value in settings.items()})


def _typed(kind: Any, value: Any) -> Any:
    if kind is Decimal:
        return _money(value)
    if kind == tuple[str, ...] and isinstance(value, list | tuple):
        return tuple(str(item) for item in value)
    if kind is float and isinstance(value, int):
        return float(value)
    if not isinstance(kind, type) or not isinstance(value, kind):
        raise TypeError(f"{kind} expected, not {value!r}")
    return value


def _money(value: Any) -> Decimal:
    try:
        return Decimal(str(value)).quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise ValueError(f"no amount of money: {value!r}") from error
