"""Quiet hours run over midnight, end where they say, and never hold when both ends are one."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.hours import QuietHours

MOSCOW = ZoneInfo("Europe/Moscow")
hours = st.integers(0, 23)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds it
zones = st.sampled_from([ZoneInfo(name) for name in ("Europe/Moscow", "Asia/Kamchatka", "Europe/Berlin", "UTC")])


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 24, hour, minute, tzinfo=MOSCOW)


@pytest.mark.parametrize(
    ("moment", "quiet"), [(at(21, 59), False), (at(22), True), (at(0), True), (at(8, 59), True), (at(9), False)]
)
def test_a_window_over_midnight_holds_from_its_first_minute_and_not_at_its_end(moment: datetime, quiet: bool) -> None:
    assert QuietHours(22, 9).holds(moment, MOSCOW) is quiet


@given(hours, moments, zones)
def test_equal_hours_mean_never(hour: int, moment: datetime, zone: ZoneInfo) -> None:
    assert not QuietHours(hour, hour).holds(moment, zone)


@given(hours, hours, moments, zones)
def test_a_window_and_its_reverse_share_no_moment_and_leave_none_out(
    start: int, end: int, moment: datetime, zone: ZoneInfo
) -> None:
    inside = QuietHours(start, end).holds(moment, zone)
    outside = QuietHours(end, start).holds(moment, zone)
    assert (inside, outside) == (False, False) if start == end else inside is not outside


@given(hours, hours)
def test_a_window_reads_back_as_it_was_written(start: int, end: int) -> None:
    window = QuietHours(start, end)
    assert QuietHours.parse(str(window)) == window
    assert QuietHours.parse(f" {start} - {end} ") == window


@pytest.mark.parametrize("text", ["", "22", "22-25", "-9", "22-9-5", "ab-cd", "22:00-09:00"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="22-09"):
        QuietHours.parse(text)


@given(hours, hours, moments, st.integers(0, 48 * 60), zones)
@example(22, 9, at(21, 20), 45, MOSCOW)
def test_a_stretch_touches_the_window_exactly_when_one_of_its_minutes_lies_in_it(
    start: int, end: int, begin: datetime, minutes: int, zone: ZoneInfo
) -> None:
    window, lasting = QuietHours(start, end), timedelta(minutes=minutes)
    steps = (timedelta(minutes=minute) for minute in range(minutes + 1))
    assert window.touches(begin, lasting, zone) is any(window.holds(begin + step, zone) for step in steps)
