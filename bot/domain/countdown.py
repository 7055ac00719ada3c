"""How long something is still held, told so that it need not be told every minute: in days, hours or tens of minutes. Pure."""

from datetime import datetime, timedelta
from typing import Final

_STEPS: Final = (
    (timedelta(hours=48), timedelta(days=1)),
    (timedelta(hours=1), timedelta(hours=1)),
    (timedelta(0), timedelta(minutes=10)),
)
"""From how much time left on it is told in which steps."""


def left(until: datetime, now: datetime) -> timedelta:
    """Return the time left, rounded down to what is worth telling; nothing below ten minutes."""
    rest = max(until - now, timedelta(0))
    return rest - rest % _step(rest)


def changes_at(until: datetime, now: datetime) -> datetime | None:
    """Return when `left` becomes less; None where it never will."""
    told = left(until, now)
    return until - told + timedelta(seconds=1) if told else None


def _step(rest: timedelta) -> timedelta:
    return next(step for least, step in _STEPS if rest >= least)
