"""Who needs a second person, who may be one, and on exactly what."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.access import Role
from bot.domain.approvals import PATIENCE, Sealed, approvers, expires_at, is_alone, needed
from bot.domain.models import Admin
from bot.domain.policy import Policy

POLICY = Policy(sender="MyShop", approve_recipients=1000, approve_cost=Decimal(5000))
NOW = datetime(2026, 11, 24, 9, 4, tzinfo=UTC)
SEALED = Sealed(
    kind="multicast",
    text="Скидка",
    sender="MyShop",
    flash=False,
    parts=1,
    price=Decimal(5),
    recipients=1860,
    start=NOW,
    bases=((1, "VIP", 1240), (2, "Клиенты", 620)),
)


def admin(user_id: int, role: Role = Role.OPERATOR, *, enabled: bool = True) -> Admin:
    return Admin(user_id, f"№ {user_id}", role, "ru", "Europe/Moscow", None, None, enabled)


@pytest.mark.parametrize(
    ("recipients", "roubles", "second"),
    [(1000, None, False), (1001, None, True), (1, "5000", False), (1, "5000.01", True), (1001, "1", True)],
)
def test_above_either_limit_takes_a_second_person(recipients: int, roubles: str | None, second: bool) -> None:
    assert needed(POLICY, recipients, None if roubles is None else Decimal(roubles)) is second


def test_nought_recipients_are_no_limit() -> None:
    never = replace(POLICY, approve_recipients=0, approve_cost=None)
    assert not needed(never, 10_000_000, Decimal(10**9))


def test_a_request_ends_before_the_provider_gets_it_or_after_a_day() -> None:
    start = NOW + timedelta(hours=3)
    assert expires_at(start, NOW, POLICY) == start - POLICY.handover
    assert expires_at(None, NOW, POLICY) == NOW + PATIENCE


@pytest.mark.parametrize(
    "other",
    [
        {"text": "Скидка!"},
        {"sender": "Sklad"},
        {"flash": True},
        {"parts": 2},
        {"price": Decimal(6)},
        {"recipients": 1861},
        {"start": NOW + timedelta(minutes=1)},
        {"start": None},
        {"bases": ((1, "VIP", 1240), (2, "Клиенты", 621))},
        {"bases": ((1, "VIP", 1860),)},
        {"phones": ("79119876543",)},
        {"frozen": 4},
        {"subject": "Меню"},
        {"picture": 4},
    ],
)
def test_any_other_content_has_another_digest(other: dict[str, Any]) -> None:
    assert replace(SEALED, **other).digest != SEALED.digest
    assert replace(SEALED).digest == SEALED.digest


def test_whoever_may_send_may_approve_what_is_not_his_own() -> None:
    table = [admin(1, Role.OWNER), admin(2), admin(3), admin(4, Role.VIEWER), admin(5, enabled=False)]
    assert [one.user_id for one in approvers(table, (2, 3))] == [1]


def test_an_owner_is_alone_only_where_nobody_else_may_approve() -> None:
    """A viewer, or one who was disabled, is no second person; an operator is, and an operator alone is no owner."""
    owner = admin(1, Role.OWNER)
    assert is_alone(owner, [owner, admin(2, Role.VIEWER), admin(3, enabled=False)])
    assert not is_alone(owner, [owner, admin(2)])
    assert not is_alone(admin(2), [admin(2)])
