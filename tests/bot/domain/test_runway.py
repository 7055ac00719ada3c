"""How long the money lasts, and how much of it is spoken for."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from bot.domain.money import Snapshot
from bot.domain.runway import Reserved, Scheduled, reserved, runway, spent, uncovered

_NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def _history(*steps: tuple[float, int], overdraft: int = 0) -> list[Snapshot]:
    return [Snapshot(Decimal(value), Decimal(overdraft), _NOW - timedelta(days=days)) for days, value in steps]


def test_the_money_lasts_at_the_pace_of_the_last_week() -> None:
    """100 a day, 300 left: three days."""
    found = runway(_history((3, 600), (2, 500), (1, 400), (0, 300)), _NOW)
    assert found is not None
    assert (found.rate, found.days, found.until) == (Decimal(100), Decimal(3), _NOW + timedelta(days=3))


def test_what_can_be_spent_reaches_down_to_the_overdraft_limit() -> None:
    """A negative balance with room down to the overdraft still lasts."""
    found = runway(_history((2, 100), (0, -100), overdraft=-600), _NOW)
    assert found is not None
    assert found.days == Decimal(5)


def test_a_payment_is_no_spending_and_hides_none() -> None:
    """The pace is what left, not the difference of two balances."""
    topped_up = _history((2, 200), (1.5, 100), (1, 5000), (0, 4900))
    assert spent(topped_up) == Decimal(200)
    found = runway(topped_up, _NOW)
    assert found is not None
    assert found.rate == Decimal(100)


def test_what_was_spent_before_the_last_week_is_forgotten() -> None:
    """A large send of two weeks ago is not the present pace."""
    found = runway(_history((14, 90_000), (6, 500), (0, 200)), _NOW)
    assert found is not None
    assert found.rate == Decimal(50)


def test_nothing_is_said_without_a_day_of_news_without_spending_or_beyond_a_year() -> None:
    """No news, an hour of them, a flat balance, and a thousand years are all no runway."""
    assert runway([], _NOW) is None
    assert runway(_history((0, 100)), _NOW) is None
    assert runway(_history((0.5, 200), (0, 100)), _NOW) is None
    assert runway(_history((3, 100), (0, 100)), _NOW) is None
    assert runway(_history((3, 1_000_001), (0, 1_000_000)), _NOW) is None


def test_an_account_that_is_used_up_lasts_no_day() -> None:
    """Zero and less are values: the runway ends now, not in the past."""
    for left in (0, -50):
        found = runway(_history((2, 200), (0, left)), _NOW)
        assert found is not None
        assert (found.days, found.until) == (0, _NOW)


def test_what_is_scheduled_adds_up_and_what_has_no_price_is_named_beside() -> None:
    """A send without a price is counted, never taken for free."""
    priced, unpriced = Scheduled(100, 200, Decimal(1000)), Scheduled(1, 1, None)
    assert reserved([priced, priced]) == Reserved(2, 200, 400, Decimal(2000))
    assert reserved([priced, unpriced]) == Reserved(2, 101, 201, Decimal(1000), 1)
    assert reserved([unpriced]).cost is None
    assert reserved([]) == Reserved(0, 0, 0, Decimal())


def test_the_first_multicast_for_which_the_money_runs_out_is_named_and_all_behind_it() -> None:
    """What is queued leaves first; a multicast whose price nobody knows is neither named nor paid for."""
    queued = Scheduled(10, 10, Decimal(50))
    free = Scheduled(5, 5, None, ("Опт",), _NOW)
    first, second = (Scheduled(12, 12, Decimal(60), (name,), _NOW) for name in ("VIP", "Клиенты"))
    all_ = [queued, free, first, second]
    assert uncovered(all_, Decimal(170)) == []
    assert uncovered(all_, Decimal(169)) == [second]
    assert uncovered(all_, Decimal(109)) == [first, second]
    assert uncovered(all_, Decimal(-20)) == [first, second]
    assert uncovered([queued], Decimal(0)) == []


def test_what_the_money_does_not_cover_is_the_difference() -> None:
    """Below zero, all of it is missing; money that suffices misses nothing."""
    both = reserved([Scheduled(10, 10, Decimal(50))])
    assert both.short(Decimal(50)) is None
    assert both.short(Decimal(20)) == Decimal(30)
    assert both.short(Decimal(-5)) == Decimal(50)
    assert reserved([Scheduled(1, 1, None)]).short(Decimal(0)) is None
