"""
When something is to start, read from what a person types: Russian or English, by the clock of the person's own zone. Pure.

A reading takes the whole text or there is none: `Скидка завтра в 10` is no time. What could be either of two moments is asked,
not guessed; docs/adr/0003-times-by-our-own-grammar.md lists the choices.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from bot.domain.when_grammar import Beside, Clock, beside, is_part_of_day, read_clock, read_day, read_length
from bot.domain.when_words import canonical

__all__ = ["AskHour", "At", "Now", "Past", "Shift", "Unreadable", "When", "at", "days", "parse"]

Shift: TypeAlias = Literal["skipped", "repeated"]


@dataclass(frozen=True, slots=True)
class At:
    """
    A moment: aware, UTC, on the whole minute.

    `shift` tells that a clock change met it: of a time that is skipped the first instant after the gap was taken, of a time that
    comes twice the first.
    """

    moment: datetime
    shift: Shift | None = None


@dataclass(frozen=True, slots=True)
class AskHour:
    """The day is known, its hour is not."""

    day: date


@dataclass(frozen=True, slots=True)
class Past:
    """What was named is over; of a bare day `moment` (aware, UTC) is the beginning."""

    moment: datetime


@dataclass(frozen=True, slots=True)
class Unreadable:
    """No time, more than a time, two times in one, or more than 366 days ahead."""


@dataclass(frozen=True, slots=True)
class Now:
    """At once."""


When: TypeAlias = At | AskHour | Past | Unreadable | Now

_FARTHEST: Final = timedelta(days=366)
_MINUTE: Final = timedelta(minutes=1)


def parse(text: str, now: datetime, zone: ZoneInfo, on: date | None = None) -> When:
    """
    Read a start time; `now` is aware, `zone` the person's own. No text raises.

    `on` is a day whose hour was asked for: a time that names no day, even a bare `10`, is then that day's.
    """
    phrase = canonical(text)
    if phrase in {"now", "right now"}:
        return Now()
    length = read_length(phrase)
    if length is not None:
        return _elapsed(length, now)
    return _appointed(phrase, now, zone, on)


def at(day: date, hour: int, minute: int, zone: ZoneInfo) -> At:
    """Return the moment when the zone's clock shows this time, past or to come."""
    wall = datetime.combine(day, time(hour, minute), zone)
    first, second = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
    if first < second:
        return At(first, "repeated")
    if first > second:  # in a gap the two offsets lead to either side of it, the later one first
        return At(_end_of_gap(second, first, zone), "skipped")
    return At(first)


def days(now: datetime, zone: ZoneInfo, count: int) -> list[date]:
    """Return so many days in a row, the first of them today by the zone's clock."""
    today = now.astimezone(zone).date()
    return [today + timedelta(days=ahead) for ahead in range(count)]


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    offset = after.astimezone(zone).utcoffset()
    moments = [before + _MINUTE * minute for minute in range(int((after - before) / _MINUTE) + 1)]
    return moments[bisect_left(moments, x=True, key=lambda moment: moment.astimezone(zone).utcoffset() == offset)]


def _elapsed(length: timedelta, now: datetime) -> When:
    if not timedelta() < length <= _FARTHEST:
        return Unreadable()
    # Rounded down it is what the person's clock shows now, plus what was said.
    return At((now + length).astimezone(UTC).replace(second=0, microsecond=0))


def _appointed(phrase: str, now: datetime, zone: ZoneInfo, on: date | None) -> When:
    today = now.astimezone(zone).date()
    for day, hour in _splits(phrase.split()):
        dates = read_day(day, today)
        if not dates:
            continue
        if not hour or is_part_of_day(hour):
            return _settle(dates, None, now, zone)
        clock = read_clock(hour)
        if clock and clock.needs <= beside(day):
            return _settle(dates, clock, now, zone)
    clock = read_clock(phrase)
    if clock and clock.needs <= (Beside.NEAR_DAY if on else Beside.NOTHING):
        dates = (on,) if on else (today,) if clock.midnight else (today, today + timedelta(days=1))
        return _settle(dates, clock, now, zone)
    return Unreadable()


def _splits(words: list[str]) -> Iterator[tuple[str, str]]:
    """Cut into day and hour: the day first and as long as it can be, for `10.12` is a date; then the hour first."""
    for cut in range(len(words), 0, -1):
        yield " ".join(words[:cut]), " ".join(words[cut:])
    for cut in range(1, len(words)):
        yield " ".join(words[cut:]), " ".join(words[:cut])


def _settle(dates: tuple[date, ...], clock: Clock | None, now: datetime, zone: ZoneInfo) -> When:
    today = now.astimezone(zone).date()
    day = dates[0]
    if day - today > _FARTHEST:
        return Unreadable()
    if clock is None or (clock.midnight and dates != (today,)):
        return AskHour(day) if day >= today else Past(at(day, 0, 0, zone).moment)
    readings = [_on(date, clock, zone) for date in dates]
    return next((reading for reading in readings if reading.moment > now), Past(readings[0].moment))


def _on(day: date, clock: Clock, zone: ZoneInfo) -> At:
    following, hour = divmod(clock.hour, 24)
    return at(day + timedelta(days=following), hour, clock.minute, zone)
