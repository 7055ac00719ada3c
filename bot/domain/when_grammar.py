"""Days, clock times and lengths of time in the words of `when_words`: each function reads one whole piece of a phrase. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import Final

__all__ = ["Beside", "Clock", "beside", "is_part_of_day", "read_clock", "read_day", "read_length"]


class Beside(IntEnum):
    """What stands beside a clock time: the nearer the day, the looser the time may be written."""

    NOTHING = 0
    DAY = 1
    NEAR_DAY = 2


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of the day; hour 24 is its end. `midnight` was named as such: of a given day it could be either end."""

    hour: int
    minute: int = 0
    midnight: bool = False
    needs: Beside = Beside.NOTHING


_END: Final = 24
_PARTS: Final = {
    "am": {12: _END} | {hour: hour for hour in range(1, 12)},
    "pm": {hour % 12 or 12: hour for hour in range(12, 24)},
    "morning": {hour: hour for hour in range(1, 12)},
    "afternoon": {hour: hour for hour in range(12, 18)} | {hour % 12: hour for hour in range(13, 18)},
    "evening": {hour: hour for hour in range(16, 24)} | {hour % 12: hour for hour in range(16, 24)},
    "night": {hour: hour for hour in (*range(5), *range(21, 24))} | {9: 21, 10: 22, 11: 23, 12: _END},
}
"""Hours as they are said with a part of the day → as the clock shows them."""

_PART: Final = "|".join(_PARTS)
_HOUR: Final = "(?P<hour>[01]?[0-9]|2[0-4])"
_MINUTE: Final = "(?P<minute>[0-5][0-9])"
_CLOCKS: Final = tuple(
    (needs, re.compile(rf"(?:(?P<before>{_PART}) )?(?P<firm>(?:at|on) )?{form}(?: (?:in |at )?(?P<part>{_PART}))?"))
    for needs, form in (
        (Beside.NOTHING, rf"{_HOUR}[:.]{_MINUTE}(?::00)?"),
        # 10-12 may be a span of hours: behind a dash stand only minutes that are no hour.
        (Beside.NOTHING, rf"{_HOUR}-(?P<minute>00|2[5-9]|[3-5][0-9])"),
        (Beside.DAY, rf"{_HOUR} {_MINUTE}"),
        (Beside.DAY, rf"{_HOUR} h(?: {_MINUTE}(?: min)?)?"),
        (Beside.NEAR_DAY, rf"{_HOUR}(?P<minute>)"),
    )
)
_MIDNIGHT: Final = Clock(_END, midnight=True)
_NAMED: Final = {
    name: clock for at in ("", "at ", "on ") for name, clock in ((f"{at}noon", Clock(12)), (f"{at}midnight", _MIDNIGHT))
}
_PART_ALONE: Final = re.compile(rf"(?:in |at )?(?:{_PART})")

_DAY: Final = "(?P<day>0?[1-9]|[12][0-9]|3[01])"
_MONTH: Final = "(?P<month>0?[1-9]|1[0-2])"
_YEAR: Final = "(?P<year>20[0-9]{2})"
_DATES: Final = tuple(
    re.compile(f"(?:on )?(?:(?:at )?wd(?P<weekday>[0-6]) )?{form}(?: year)?")
    for form in (
        rf"{_DAY}(?: th)?(?: of)? m{_MONTH}(?: {_YEAR})?",
        rf"m{_MONTH} {_DAY}(?: th)?(?: {_YEAR})?",
        rf"{_DAY}\.{_MONTH}(?:\.(?P<year>(?:20)?[0-9]{{2}}))?",
        rf"{_YEAR}(?P<sign>[./-]){_MONTH}(?P=sign){_DAY}(?: t)?",
    )
)
_DAY_OF_MONTH: Final = re.compile(rf"(?:on )?{_DAY} th")
_RELATIVE: Final = re.compile(r"(?:on )?(?P<days>[+-][0-2])")
_AHEAD: Final = re.compile("in (?:(?P<weeks>[0-9]{1,3}) w|(?P<days>[0-9]{1,3}) d)")
_WEEKDAY: Final = re.compile("(?:(?:at|on) )?(?:(?P<next>next) |this )?wd(?P<weekday>[0-6])")
_LENGTH: Final = re.compile(
    "in(?: (?P<days>[0-9]{1,3}) d)?(?: (?P<hours>[0-9]{1,4}) h)?(?: (?P<minutes>[0-9]{1,5}) min)?"
)


def read_length(piece: str) -> timedelta | None:
    """Read time that passes: hours, minutes, and days before them (`in 1 d 21 h`). Days alone are the calendar's, not a length."""
    found = _LENGTH.fullmatch(piece)
    if not found or not (found["hours"] or found["minutes"]):
        return None
    return timedelta(**{unit: int(number or 0) for unit, number in found.groupdict().items()})


def read_clock(piece: str) -> Clock | None:
    """Read a time of the day, by the 24-hour clock unless the part of the day is named."""
    if piece in _NAMED:
        return _NAMED[piece]
    for needs, form in _CLOCKS:
        if found := form.fullmatch(piece):
            return _clock(found, needs)
    return None


def read_day(piece: str, today: date) -> tuple[date, ...]:
    """Read a day; where two are returned, the first whose time is still to come is meant; none where it is no day."""
    if found := _RELATIVE.fullmatch(piece):
        return (today + timedelta(days=int(found["days"])),)
    if found := _AHEAD.fullmatch(piece):
        return (today + timedelta(days=int(found["days"] or 0), weeks=int(found["weeks"] or 0)),)
    if found := _WEEKDAY.fullmatch(piece):
        return _weekday(int(found["weekday"]), today, following=bool(found["next"]))
    if found := _DAY_OF_MONTH.fullmatch(piece):
        return _day_of_month(int(found["day"]), today)
    for form in _DATES:
        if found := form.fullmatch(piece):
            return _date(found, today)
    return ()


def beside(piece: str) -> Beside:
    """Return how loosely a clock time may be written beside this day: `завтра 10` is clear, `пн 10` may be a date."""
    return Beside.NEAR_DAY if _RELATIVE.fullmatch(piece) else Beside.DAY


def is_part_of_day(piece: str) -> bool:
    """Return whether the piece is a part of the day without an hour: `утром`, `in the evening`."""
    return bool(_PART_ALONE.fullmatch(piece))


def _clock(found: re.Match[str], needs: Beside) -> Clock | None:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    parts = [part for part in (found["part"], found["before"]) if part]
    # A bare "3 дня" may also be three days; any other part of the day makes a number a time.
    three_days = parts == ["afternoon"] and needs is Beside.NEAR_DAY
    if found["firm"] or (parts and not three_days):
        needs = Beside.NOTHING
    if parts:
        return _clock_in(parts, hour, minute, needs)
    return None if hour == _END and minute else Clock(hour, minute, needs=needs)


def _clock_in(parts: list[str], hour: int, minute: int, needs: Beside) -> Clock | None:
    """Read an hour as said with a part of the day; a second part (tonight at 10 pm) must agree."""
    shown = _PARTS[parts[0]].get(hour)
    if shown is None or any(_PARTS[part].get(shown) != shown for part in parts[1:]):
        return None
    if shown == _END:
        return Clock(0, minute) if minute else _MIDNIGHT
    return Clock(shown, minute, needs=needs)


def _weekday(weekday: int, today: date, *, following: bool) -> tuple[date, ...]:
    if following:
        return (today + timedelta(days=7 - today.weekday() + weekday),)
    day = today + timedelta(days=(weekday - today.weekday()) % 7)
    return day, day + timedelta(days=7)


def _day_of_month(number: int, today: date) -> tuple[date, ...]:
    # The next month may lack the day, the one after it never does too.
    months = (divmod(today.year * 12 + today.month - 1 + ahead, 12) for ahead in range(3))
    days = [day for year, month in months if (day := _calendar(year, month + 1, number)) and day >= today]
    return tuple(days[:1])


def _date(found: re.Match[str], today: date) -> tuple[date, ...]:
    years = (int(found["year"]) % 100 + 2000,) if found["year"] else (today.year, today.year + 1)
    dates = [day for year in years if (day := _calendar(year, int(found["month"]), int(found["day"])))]
    if not found["year"]:
        dates = [day for day in dates if day >= today]
    if found["weekday"]:
        dates = [day for day in dates[:1] if day.weekday() == int(found["weekday"])]
    return tuple(dates[:1])


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
