"""How long the money lasts at the present pace, and how much of it is spoken for by what is scheduled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final

from bot.domain.money import Snapshot

WINDOW: Final = timedelta(days=7)
"""The pace is that of the last week: it has a weekend in it."""
_DAY: Final = timedelta(days=1)
_FARTHEST: Final = Decimal(365)


@dataclass(frozen=True, slots=True)
class Runway:
    """What a day costs (roubles), how many days what can be spent lasts from now, and until when."""

    rate: Decimal
    days: Decimal
    until: datetime


@dataclass(frozen=True, slots=True)
class Scheduled:
    """One thing that will leave by itself: to so many numbers, in so many parts, for so much; `cost` None: no price is known.

    `bases`, `at`: of a multicast, their names and when it starts.
    """

    recipients: int
    parts: int
    cost: Decimal | None
    bases: tuple[str, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reserved:
    """All that is scheduled: how many things, to how many numbers, in how many parts, for how much.

    `cost`: of all whose price is known, None where none is; `unpriced`: how many things come on top of that.
    """

    sends: int
    recipients: int
    parts: int
    cost: Decimal | None
    unpriced: int = 0

    def short(self, available: Decimal) -> Decimal | None:
        """Return how much is missing at least; None where the money suffices, or nobody knows what it costs."""
        missing = (self.cost or Decimal()) - max(available, Decimal())
        return missing if missing > 0 else None


def runway(snapshots: Sequence[Snapshot], now: datetime) -> Runway | None:
    """Return how long what could be spent at the last of the snapshots (oldest first) lasts.

    None where there is less than a day of news in the last week, no spending in it, or enough for more than a year.
    """
    week = [one for one in snapshots if now - WINDOW <= one.at <= now]
    if not week or week[-1].at - week[0].at < _DAY:
        return None
    rate = spent(week) / _days(week[-1].at - week[0].at)
    available = max(week[-1].available, Decimal())
    if rate <= 0 or available / rate > _FARTHEST:
        return None
    until = max(now, week[-1].at + timedelta(days=float(available / rate)))
    return Runway(rate, _days(until - now), until)


def spent(snapshots: Sequence[Snapshot]) -> Decimal:
    """Return what left the account between snapshots (oldest first): every step down; a step up is a payment, not a saving."""
    return sum((max(Decimal(), one.balance - next_.balance) for one, next_ in pairwise(snapshots)), start=Decimal())


def reserved(scheduled: Iterable[Scheduled]) -> Reserved:
    """Add up what is scheduled."""
    all_ = list(scheduled)
    known = [one.cost for one in all_ if one.cost is not None]
    return Reserved(
        sends=len(all_),
        recipients=sum(one.recipients for one in all_),
        parts=sum(one.parts for one in all_),
        cost=sum(known, start=Decimal()) if known or not all_ else None,
        unpriced=len(all_) - len(known),
    )


def uncovered(scheduled: Iterable[Scheduled], available: Decimal) -> list[Scheduled]:
    """Return the multicasts that the money does not reach, the next first; what is scheduled comes in the order it leaves."""
    left, missed = max(available, Decimal()), []
    for one in scheduled:
        left -= one.cost or Decimal()
        if left < 0 and one.bases and one.cost:
            missed.append(one)
    return missed


def _days(span: timedelta) -> Decimal:
    return Decimal(str(span / _DAY))
