"""What is drawn of a balance, and on which scales."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.domain.chart import PERIODS, Chart, chart, enough, heights, moments
from bot.domain.money import Snapshot

NOW = datetime(2026, 11, 24, 9, 6, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")


def snapshot(hours: float, balance: float, overdraft: float = 0) -> Snapshot:
    """Return a balance of so many hours ago."""
    return Snapshot(Decimal(str(balance)), Decimal(str(overdraft)), NOW - timedelta(hours=hours))


def hourly(*balances: float, overdraft: float = 0) -> list[Snapshot]:
    """Return a balance an hour, the last of them now."""
    return [snapshot(len(balances) - 1 - place, value, overdraft) for place, value in enumerate(balances)]


def drawn(story: list[Snapshot], days: int = 7) -> Chart:
    found = chart(story, days, NOW)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "story", [[], hourly(5), [snapshot(0.9, 5), snapshot(0, 4)], [snapshot(800, 5), snapshot(799, 4)]]
)
def test_less_than_an_hour_of_the_period_is_nothing_to_draw(story: list[Snapshot]) -> None:
    assert chart(story, 7, NOW) is None


def test_two_balances_an_hour_apart_are_enough() -> None:
    assert chart(hourly(5, 4), 7, NOW) is not None
    assert enough(*hourly(5, 4))
    assert not enough(None, snapshot(0, 4))


def test_what_was_spent_is_all_that_left_whatever_came_in_between() -> None:
    assert drawn(hourly(500, 300, 5300, 5200)).spent == Decimal(300)


def test_silence_breaks_the_line() -> None:
    """Three hours of seven days are a gap, two are none."""
    found = drawn([snapshot(10, 5), snapshot(8, 4), snapshot(5, 3), snapshot(4, 2)])
    assert [[int(one.balance) for one in run] for run in found.runs] == [[5, 4], [3, 2]]
    assert found.silent == timedelta(hours=3)


def test_a_level_line_is_its_two_ends() -> None:
    """Months of the same balance weigh nothing; every change stays."""
    found = drawn(hourly(5, 5, 5, 5, 4, 4, 4))
    assert [int(one.balance) for one in found.runs[0]] == [5, 5, 4, 4]
    assert [one.at for one in found.runs[0]] == [NOW - timedelta(hours=ago) for ago in (6, 3, 2, 0)]


def test_a_short_history_fills_the_width() -> None:
    found = drawn(hourly(5, 4, 3), 90)
    assert (found.since, found.whole) == (NOW - timedelta(hours=2), False)


def test_a_long_one_begins_with_the_period() -> None:
    found = drawn(hourly(*[5] * 1000))
    assert (found.since, found.whole) == (NOW - timedelta(days=7), True)


@pytest.mark.parametrize(("hours", "holds"), [(1, NOW), (3, NOW - timedelta(hours=3))])
def test_the_last_balance_holds_until_it_is_old(hours: float, holds: datetime) -> None:
    assert drawn([snapshot(hours + 1, 5), snapshot(hours, 4)]).holds == holds


def test_no_end_in_sight_is_told_from_not_knowing() -> None:
    young, idle, spending = drawn(hourly(5, 4)), drawn(hourly(*[5] * 30)), drawn(hourly(*[5] * 29, 4))
    assert [(one.known, one.idle, one.lasts is None) for one in (young, idle, spending)] == [
        (False, False, True),
        (True, True, True),
        (True, False, False),
    ]


def test_the_limit_is_on_the_scale() -> None:
    scale = heights(drawn(hourly(5000, 4000, overdraft=-10_000)))
    assert scale.limited
    assert scale.low < -10_000
    assert scale.high > 5000


def test_a_limit_far_below_does_not_press_the_line_flat() -> None:
    scale = heights(drawn(hourly(600, 400, overdraft=-1_000_000)))
    assert not scale.limited
    assert scale.low > 0


@pytest.mark.parametrize(
    ("balances", "overdraft"),
    [
        ((0, 0), 0),
        ((9, 1), 0),
        ((5006.75, 5006.75), -10_000),
        ((-5, -5.01), -6),
        ((4_200_000, 1.5), -500_000),
        ((7, 7), 7),
    ],
)
def test_whatever_the_amounts_two_to_six_round_levels_are_named(
    balances: tuple[float, float], overdraft: float
) -> None:
    scale = heights(drawn(hourly(*balances, overdraft=overdraft)))
    assert 2 <= len(scale.ticks) <= 6
    assert all(scale.low <= one <= scale.high for one in scale.ticks)
    assert all(len(one.normalize().as_tuple().digits) <= 3 for one in scale.ticks)


@pytest.mark.parametrize("days", PERIODS)
def test_days_are_named_at_their_midnight(days: int) -> None:
    named = moments(drawn([snapshot(hours, 5) for hours in range(24 * days, -1, -1)], days), MOSCOW)
    assert 3 <= len(named) <= 5
    assert {one.astimezone(MOSCOW).hour for one in named} == {0}
    assert named[-1].astimezone(MOSCOW).day == 24
    assert len({two - one for one, two in pairwise(named)}) == 1


def test_hours_are_named_where_it_is_a_day_or_less() -> None:
    named = moments(drawn(hourly(5, 5, 5, 5)), MOSCOW)
    assert [one.astimezone(MOSCOW).hour for one in named] == [10, 11, 12]


def test_days_are_named_at_midnight_beyond_a_change_of_the_clock() -> None:
    """Berlin's night of 25 October 2026 has 25 hours."""
    berlin = ZoneInfo("Europe/Berlin")
    named = moments(drawn([snapshot(hours, 5) for hours in range(24 * 90, -1, -1)], 90), berlin)
    assert {one.astimezone(berlin).hour for one in named} == {0}
