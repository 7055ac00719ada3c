"""Alerts as values: what fires, what arms again, who hears it how, and what people may type."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import burst
from bot.domain.alerts import Level, Threshold, Watcher, level, read_hour, read_quiet, read_threshold
from bot.domain.models import Place
from bot.domain.money import Snapshot
from bot.domain.runway import Runway

_NOW = datetime(2026, 11, 24, 6, 4, tzinfo=UTC)
_MOSCOW = ZoneInfo("Europe/Moscow")
_WATCHER = Watcher(1, Place(1), 1)


def _at(money: str, days: str | None = None) -> Level:
    return Level(Decimal(money), None if days is None else Decimal(days))


def _money(value: str, *, fired: bool = False) -> Threshold:
    return Threshold(1, "money", Decimal(value), _NOW if fired else None)


@pytest.mark.parametrize("value", ["1000", "0", "-500"])
def test_a_threshold_fires_at_its_value_and_below_and_only_once(value: str) -> None:
    """Zero and less are values like any other."""
    assert _money(value).fires(_at(value))
    assert _money(value).fires(_at("-10000"))
    assert not _money(value).fires(_at(str(Decimal(value) + Decimal("0.01"))))
    assert not _money(value, fired=True).fires(_at(value))


@pytest.mark.parametrize(("value", "armed", "still"), [
    ("1000", "1100", "1099.99"), ("0", "1", "0.99"), ("-500", "-450", "-450.01"), ("-2", "-1", "-1.5"),
])  # fmt: skip
def test_a_threshold_is_armed_again_a_tenth_above_and_a_rouble_at_least(value: str, armed: str, still: str) -> None:
    assert _money(value, fired=True).recovers(_at(armed))
    assert not _money(value, fired=True).recovers(_at(still))
    assert not _money(value).recovers(_at(armed))


def test_days_fire_and_recover_by_the_runway_and_wait_where_nobody_knows_it() -> None:
    days = Threshold(1, "days", Decimal(3))
    assert days.fires(_at("1000", "3"))
    assert not days.fires(_at("1000", "3.1"))
    assert not days.fires(_at("0"))
    fired = replace(days, fired_at=_NOW)
    assert fired.recovers(_at("1000", "3.3"))
    assert fired.recovers(_at("1000", "Infinity"))
    assert not fired.recovers(_at("1000"))


def test_no_spending_is_no_end_in_sight_and_no_money_is_the_end() -> None:
    rich, poor = (Snapshot(Decimal(value), Decimal(0), _NOW) for value in (100, 0))
    assert level(rich, None, known=True).days == Decimal("Infinity")
    assert level(rich, None, known=False).days is None
    assert level(poor, None, known=False).days == 0
    assert level(rich, Runway(Decimal(10), Decimal(10), _NOW), known=True).days == Decimal(10)


def test_a_quiet_hour_takes_the_sound_and_nothing_else() -> None:
    """By the clock of whoever reads it: 06:04 in UTC is 09:04 in Moscow."""
    quiet = replace(_WATCHER, quiet="22-09")
    assert quiet.move(_NOW, _MOSCOW) == "loud"
    assert quiet.move(_NOW, ZoneInfo("UTC")) == "silent"
    assert _WATCHER.move(_NOW - timedelta(hours=6), _MOSCOW) == "loud"


def test_a_summary_is_due_once_a_day_from_its_hour_on_and_left_out_when_it_is_hours_late() -> None:
    nine = replace(_WATCHER, digest=9)
    assert nine.wants_digest(_NOW, _MOSCOW)
    assert not nine.wants_digest(_NOW - timedelta(minutes=5), _MOSCOW)
    assert not nine.wants_digest(_NOW + timedelta(hours=3), _MOSCOW)
    assert not replace(nine, digested_at=_NOW).wants_digest(_NOW + timedelta(minutes=5), _MOSCOW)
    assert replace(nine, digested_at=_NOW).wants_digest(_NOW + timedelta(days=1), _MOSCOW)
    assert not _WATCHER.wants_digest(_NOW, _MOSCOW)


@pytest.mark.parametrize(("said", "read"), [
    ("1000", ("money", "1000")), ("1 000,50 ₽", ("money", "1000.50")), ("12\u00a0500 руб", ("money", "12500")),
    ("1,500", ("money", "1500")), ("-500", ("money", "-500")), ("−0", ("money", "0")), ("3д", ("days", "3")),
    ("3 дня", ("days", "3")), ("14d", ("days", "14")), ("0", ("money", "0")),
])  # fmt: skip
def test_money_and_days_are_read_as_people_write_them(said: str, read: tuple[str, str]) -> None:
    assert read_threshold(said) == (read[0], Decimal(read[1]))


@pytest.mark.parametrize("said", ["", "много", "1000 500", "0д", "91d", "3 недели", "1e9", "9999999999", "--5", "١٠٠"])
def test_what_is_neither_is_refused(said: str) -> None:
    assert read_threshold(said) is None


def test_a_bare_number_is_what_was_asked_for() -> None:
    assert read_threshold("3", "days") == ("days", Decimal(3))
    assert read_threshold("3", "money") == ("money", Decimal(3))


@given(st.text(), st.sampled_from([None, "money", "days"]))
def test_nothing_that_is_typed_is_a_fault(said: str, asked: str | None) -> None:
    read = read_threshold(said, asked)  # type: ignore[arg-type]
    assert read is None or read[1].is_finite()
    assert read_hour(said) is None or 0 <= int(said.strip().partition(":")[0].partition(".")[0]) <= 23
    assert read_quiet(said) is None or "-" in (read_quiet(said) or "")


def test_a_burst_is_more_than_half_of_the_latest_twenty() -> None:
    """Before there are twenty nobody can say; afterwards the oldest answer is forgotten with each new one."""
    seen = 0
    for _ in range(19):
        seen = burst.after(seen, refused=True)
    assert (burst.refusals(seen), burst.bursting(seen)) == (19, False)
    seen = burst.after(seen, refused=False)
    assert (burst.refusals(seen), burst.bursting(seen)) == (19, True)
    for _ in range(9):
        seen = burst.after(seen, refused=False)
    assert (burst.refusals(seen), burst.bursting(seen)) == (10, False)
    assert burst.bursting(burst.after(seen, refused=False)) is False


@given(st.lists(st.booleans(), max_size=60))
def test_the_latest_answers_are_counted_as_they_came(answers: list[bool]) -> None:
    seen = 0
    for refused in answers:
        seen = burst.after(seen, refused=refused)
    latest = answers[-burst.LATEST :]
    assert burst.refusals(seen) == sum(latest)
    assert burst.bursting(seen) == (len(latest) == burst.LATEST and sum(latest) > burst.LATEST // 2)
    assert seen < 2**31
