"""Values as people write them, in both languages."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.formats import Formats
from bot.chat.texts import texts

NBSP = "\u00a0"
MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 11, 24, 9, 6, tzinfo=UTC)


def formats(language: str, zone: str = "Europe/Moscow", now: datetime = NOW) -> Formats:
    return Formats(texts(language), ZoneInfo(zone), now)


def moscow(day: int, hour: int, minute: int = 0, *, year: int = 2026) -> datetime:
    return datetime(year, 11, day, hour, minute, tzinfo=MOSCOW)


@pytest.mark.parametrize(("language", "written"), [("ru", f"12{NBSP}431"), ("en", "12,431")])
def test_counts_group_their_thousands(language: str, written: str) -> None:
    assert formats(language).count(12431) == written


@pytest.mark.parametrize(
    ("language", "roubles", "written"),
    [
        ("ru", "15006.75", f"15{NBSP}006,75{NBSP}₽"),
        ("en", "15006.75", f"15,006.75{NBSP}₽"),
        ("ru", "-1240", f"−1{NBSP}240,00{NBSP}₽"),
        ("en", "-1240", f"−1,240.00{NBSP}₽"),
        ("ru", "0", f"0,00{NBSP}₽"),
        ("ru", "0.005", f"0,00{NBSP}₽"),
    ],
)
def test_money_has_two_decimals_and_its_sign_behind(language: str, roubles: str, written: str) -> None:
    assert formats(language).money(Decimal(roubles)) == written


@given(st.decimals(-(10**9), 10**9, places=2))
def test_money_loses_no_kopeck(roubles: Decimal) -> None:
    digits = formats("en").amount(roubles).replace(",", "").replace("−", "-")
    assert Decimal(digits) == roubles


@pytest.mark.parametrize(("language", "written"), [("ru", f"62{NBSP}%"), ("en", "62%")])
def test_percents_follow_the_language(language: str, written: str) -> None:
    assert formats(language).percent(0.62) == written


@pytest.mark.parametrize(
    ("language", "instant", "written"),
    [
        ("ru", moscow(24, 12, 4), "12:04"),
        ("en", moscow(24, 12, 4), "12:04"),
        ("ru", moscow(21, 12, 4), f"21{NBSP}нояб., 12:04"),
        ("en", moscow(21, 12, 4), f"21{NBSP}Nov, 12:04"),
        ("ru", moscow(24, 12, 4, year=2025), f"24{NBSP}нояб. 2025, 12:04"),
        ("en", moscow(24, 12, 4, year=2025), f"24{NBSP}Nov 2025, 12:04"),
    ],
)
def test_an_event_names_its_day_unless_it_is_today(language: str, instant: datetime, written: str) -> None:
    assert formats(language).moment(instant) == written


def test_today_is_the_readers_own() -> None:
    """22:30 UTC is tomorrow in Vladivostok already."""
    late = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    assert formats("ru", "Asia/Vladivostok", late).moment(late - timedelta(minutes=1)) == "08:29"
    assert formats("ru", "UTC", late + timedelta(hours=2)).moment(late) == f"23{NBSP}нояб., 22:30"


@pytest.mark.parametrize(
    ("language", "instant", "written"),
    [
        ("ru", moscow(24, 12, 4), "в 12:04"),
        ("ru", moscow(21, 12, 4), f"21{NBSP}нояб., 12:04"),
        ("en", moscow(24, 12, 4), "at 12:04"),
        ("en", moscow(21, 12, 4), f"on 21{NBSP}Nov, 12:04"),
    ],
)
def test_a_moment_in_a_sentence_takes_the_right_preposition(language: str, instant: datetime, written: str) -> None:
    assert formats(language).at(instant) == written


def test_the_undo_window_counts_seconds() -> None:
    assert formats("ru").second(moscow(24, 12, 4).replace(second=15)) == "12:04:15"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("ru", f"вторник, 24{NBSP}ноября, 10:00 (Москва, UTC+3)"),
        ("en", f"Tuesday, 24{NBSP}November, 10:00 (Moscow, UTC+3)"),
    ],
)
def test_a_start_is_written_in_full(language: str, written: str) -> None:
    assert formats(language).start(moscow(24, 10)) == written


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("Asia/Yekaterinburg", "Екатеринбург, UTC+5"),
        ("Asia/Kolkata", "Kolkata, UTC+5:30"),
        ("America/New_York", "Нью-Йорк, UTC−5"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires, UTC−3"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_its_city_and_offset(zone: str, written: str) -> None:
    assert formats("ru").place(ZoneInfo(zone)) == written


@pytest.mark.parametrize(
    ("length", "russian", "english"),
    [
        (timedelta(seconds=40), f"40{NBSP}с", f"40{NBSP}s"),
        (timedelta(minutes=10), f"10{NBSP}мин", f"10{NBSP}min"),
        (timedelta(hours=18), f"18{NBSP}ч", f"18{NBSP}h"),
        (timedelta(days=2, hours=4, minutes=59), f"2{NBSP}дн. 4{NBSP}ч", f"2{NBSP}d 4{NBSP}h"),
        (timedelta(days=2, minutes=59), f"2{NBSP}дн.", f"2{NBSP}d"),
        (timedelta(minutes=1, seconds=59.9), f"1{NBSP}мин 59{NBSP}с", f"1{NBSP}min 59{NBSP}s"),
        (timedelta(), f"0{NBSP}с", f"0{NBSP}s"),
        (timedelta(seconds=-5), f"0{NBSP}с", f"0{NBSP}s"),
    ],
)
def test_a_duration_has_two_units_rounded_down(length: timedelta, russian: str, english: str) -> None:
    assert (russian, english) == (formats("ru").duration(length), formats("en").duration(length))


@given(st.timedeltas(timedelta(), timedelta(days=900)))
def test_a_duration_never_says_more_than_passed(length: timedelta) -> None:
    sizes = {"d": 86_400, "h": 3_600, "min": 60, "s": 1}
    parts = re.findall(r"(\d+)\xa0(d|h|min|s)\b", formats("en").duration(length))
    said = sum(int(number) * sizes[unit] for number, unit in parts)
    smallest = sizes["s"] if length < timedelta(hours=1) else sizes["min"] if length < timedelta(days=1) else sizes["h"]
    assert 1 <= len(parts) <= 2
    assert 0 <= length.total_seconds() - said < smallest


def test_a_waiting_period_stays_in_hours() -> None:
    assert formats("ru").hours(timedelta(hours=72, minutes=5)) == f"72{NBSP}ч"


@pytest.mark.parametrize(("language", "written"), [("ru", f"Через 30{NBSP}мин"), ("en", f"In 30{NBSP}min")])
def test_an_interval_needs_no_plural(language: str, written: str) -> None:
    assert formats(language).interval(timedelta(minutes=30)) == written


def test_a_phone_copies_with_one_tap_and_holds_the_wire_form() -> None:
    assert Formats.phone("79119876543") == "<code>+79119876543</code>"


def test_a_masked_phone_cannot_be_copied() -> None:
    assert Formats.phone("79119876543", masked=True) == "+7911•••••43"
