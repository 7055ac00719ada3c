"""A chart of the balance: what is drawn and on which scales. Pure; words, colours and pixels are others'."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.money import Snapshot
from bot.domain.runway import WINDOW, Runway, runway, spent

PERIODS: Final = (7, 30, 90)
"""Days that a chart may show."""
USUAL: Final = 30
_LEAST: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_GAPS: Final = 60
_FAR: Final = 10
_BELOW: Final = 2
"""Room for words under the limit, or under the balance."""
_MOST_STEPS: Final = 5
_ROUND: Final = tuple(Decimal(digit) for digit in ("1", "2", "2.5", "5", "10"))
_HOURS: Final = (1, 3, 6, 12)
_DAYS: Final = (1, 2, 3, 7, 14, 21)


@dataclass(frozen=True, slots=True)
class Chart:
    """The balance from `since` until `now`; a new run begins wherever nothing was heard for a while.

    `whole`: the period was watched from its beginning. `spent`: in it, roubles. `lasts`: None where no end is in sight, or,
    if not `known`, where there is less than a day of news to tell it by. `idle`: nothing was spent in the last week.
    """

    days: int
    since: datetime
    now: datetime
    whole: bool
    runs: tuple[tuple[Snapshot, ...], ...]
    spent: Decimal
    lasts: Runway | None
    known: bool
    idle: bool

    @property
    def last(self) -> Snapshot:
        """Return the latest balance known."""
        return self.runs[-1][-1]

    @property
    def silent(self) -> timedelta:
        """Return for how long nothing was heard between the runs."""
        return sum((after[0].at - run[-1].at for run, after in pairwise(self.runs)), timedelta())

    @property
    def hourly(self) -> bool:
        """Return whether hours are worth naming: it is a day or two."""
        return self.now - self.since <= 2 * _DAY

    @property
    def holds(self) -> datetime:
        """Return until when the latest balance may be drawn: now, or where it has become old."""
        return self.now if self.now - self.last.at <= silence(self.days) else self.last.at


@dataclass(frozen=True, slots=True)
class Heights:
    """The scale of money, roubles; `limited`: the overdraft limit is on it, and not far below all that happened."""

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]
    limited: bool


def enough(first: Snapshot | None, last: Snapshot | None) -> bool:
    """Return whether there is something to draw between two balances."""
    return first is not None and last is not None and last.at - first.at >= _LEAST


def silence(days: int) -> timedelta:
    """Return after how long without news a chart of so many days has a gap: some millimetres on a phone."""
    return timedelta(days=days) / _GAPS


def chart(snapshots: Sequence[Snapshot], days: int, now: datetime) -> Chart | None:
    """Lay out so many days before `now` (7 at least); `snapshots`, oldest first. None where there is too little to draw."""
    shown = [one for one in snapshots if now - timedelta(days=days) <= one.at <= now]
    if not shown or not enough(shown[0], shown[-1]):
        return None
    begin = now - timedelta(days=days)
    whole = shown[0].at - begin <= silence(days)
    week = [one for one in shown if now - one.at <= WINDOW]
    return Chart(
        days=days,
        since=begin if whole else shown[0].at,
        now=now,
        whole=whole,
        runs=tuple(tuple(_corners(run)) for run in _runs(shown, silence(days))),
        spent=spent(shown),
        lasts=runway(shown, now),
        known=bool(week) and week[-1].at - week[0].at >= _DAY,
        idle=not spent(week),
    )


def heights(drawn: Chart) -> Heights:
    """Return the scale of money: the balance and the limit, unless that is so far below that it would press the rest flat."""
    all_ = [one for run in drawn.runs for one in run]
    low, high = min(one.balance for one in all_), max(one.balance for one in all_)
    floor = min(one.overdraft for one in all_)
    limited = low - floor <= _FAR * max(high - low, abs(high), abs(low), Decimal(1))
    if limited:
        low, high = min(low, floor), max(high, *(one.overdraft for one in all_))
    room = max((high - low) / 10, Decimal(1) if high == low else Decimal())
    low, high = low - room * _BELOW, high + room
    step = _step(high - low)
    first = int(low // step)
    ticks = tuple(step * n for n in range(first, first + 2 * _MOST_STEPS) if low <= step * n <= high)
    return Heights(low, high, ticks, limited)


def moments(drawn: Chart, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Return at most five moments to name below the chart: midnights of the zone, or full hours where it is a day or two."""
    span, begin = drawn.now - drawn.since, drawn.since.astimezone(zone)
    if drawn.hourly:
        hours = next((step for step in _HOURS if span / timedelta(hours=step) <= _MOST_STEPS), _HOURS[-1])
        found = (_hour(begin, n) for n in range(0, 72, hours))
    else:
        days = next((step for step in _DAYS if span / timedelta(days=step) <= _MOST_STEPS), _DAYS[-1])
        # Counted from the end: the latest days are those that are looked at.
        last = drawn.now.astimezone(zone)
        found = (_midnight(last, -n) for n in range(0, drawn.days + 1, days))
    return tuple(sorted(one for one in found if drawn.since <= one <= drawn.now)[-_MOST_STEPS:])


def _hour(day: datetime, hours: int) -> datetime:
    return datetime.combine(day.date() + timedelta(days=hours // 24), time(hours % 24), day.tzinfo)


def _midnight(day: datetime, days: int) -> datetime:
    return datetime.combine(day.date() + timedelta(days=days), time(), day.tzinfo)


def _runs(snapshots: Sequence[Snapshot], gap: timedelta) -> Iterator[list[Snapshot]]:
    run = [snapshots[0]]
    for one in snapshots[1:]:
        if one.at - run[-1].at > gap:
            yield run
            run = []
        run.append(one)
    yield run


def _corners(run: Sequence[Snapshot]) -> Iterator[Snapshot]:
    """Leave out what lies on a level line: nothing is seen of it."""
    for place, one in enumerate(run):
        around = (run[place - 1], run[place + 1]) if 0 < place < len(run) - 1 else ()
        if not around or any((it.balance, it.overdraft) != (one.balance, one.overdraft) for it in around):
            yield one


def _step(span: Decimal) -> Decimal:
    """Return a round distance of ticks, as small as the most steps allow."""
    least = span / _MOST_STEPS
    power = Decimal(10) ** (least.adjusted())
    return next(power * digit for digit in _ROUND if power * digit >= least)
