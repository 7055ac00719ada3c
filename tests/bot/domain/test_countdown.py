"""How long something is still held: told in steps, and told again exactly when the step changes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.countdown import changes_at, left

START = datetime(2026, 11, 27, 7, 0, tzinfo=UTC)
lengths = st.integers(0, 400 * 24 * 3600).map(lambda seconds: timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        (timedelta(days=5, hours=23), timedelta(days=5)),
        (timedelta(hours=48), timedelta(days=2)),
        (timedelta(hours=47, minutes=59), timedelta(hours=47)),
        (timedelta(minutes=60), timedelta(hours=1)),
        (timedelta(minutes=59, seconds=59), timedelta(minutes=50)),
        (timedelta(minutes=9), timedelta(0)),
        (-timedelta(minutes=9), timedelta(0)),
    ],
)
def test_days_above_two_then_hours_then_tens_of_minutes(rest: timedelta, told: timedelta) -> None:
    assert left(START, START - rest) == told


@given(lengths)
def test_what_is_told_is_never_more_than_there_is(rest: timedelta) -> None:
    assert timedelta(0) <= left(START, START - rest) <= rest


@given(lengths)
def test_it_reads_the_same_until_it_changes_and_less_from_then_on(rest: timedelta) -> None:
    now = START - rest
    change = changes_at(START, now)
    if change is None:
        assert left(START, now) == timedelta(0)
    else:
        assert now < change <= START + timedelta(seconds=1)
        assert left(START, change - timedelta(seconds=1)) == left(START, now)
        assert left(START, change) < left(START, now)
