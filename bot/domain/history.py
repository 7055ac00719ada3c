"""The history as values: what is looked for, where a page ends, and what a card of it shows. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.domain.models import Notice

PAGE: Final = 6
STATUSES: Final = ("going", "sent", "delivered", "failed", "in_doubt", "no_report", "cancelled")
"""How a send stands: the worst that became of any of its messages, or that it is still under way."""
PERIODS: Final = ("today", "yesterday", "week", "month")
OF_MULTICASTS: Final[Mapping[str, tuple[str, ...]]] = {
    "going": ("awaiting_approval", "held", "handing_over"),
    "sent": ("handed_over",),
    "failed": ("rejected", "missed"),
    "in_doubt": ("in_doubt",),
    "cancelled": ("cancelled",),
}
"""The states of a multicast that a status stands for."""
OF_MESSAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "going": ("queued", "sending"),
    "failed": ("rejected", "not_delivered"),
}
"""The states of a message that a status stands for, where it is not the state of that name."""
_LETTERS: Final = {"batch": "b", "multicast": "c", "message": "m"}
_KINDS: Final = {letter: kind for kind, letter in _LETTERS.items()}


@dataclass(frozen=True, slots=True)
class Key:
    """One entry: a batch, a multicast, or a message where a phone is looked for."""

    kind: str
    id: int

    def pack(self) -> str:
        """Return it as a button carries it: b12."""
        return f"{_LETTERS[self.kind]}{self.id}"

    @classmethod
    def unpack(cls, text: object) -> "Key | None":
        """Read what a button carries; None for anything else."""
        found = re.fullmatch(r"([bcm])([0-9]{1,18})", str(text), re.ASCII)
        return cls(_KINDS[found[1]], int(found[2])) if found else None


@dataclass(frozen=True, slots=True)
class Span:
    """Instants from `since` on, before `until`; None is open."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: one of STATUSES, who confirmed it, to which phone, one of PERIODS or days like 2026-11-01/2026-11-15."""

    status: str | None = None
    who: int | None = None
    phone: str | None = None
    period: str | None = None

    @classmethod
    def of(cls, args: Mapping[str, Any]) -> "Sought":
        """Read it from a notice's arguments."""
        return cls(*(args.get(name) for name in ("status", "who", "phone", "period")))

    def span(self, now: datetime, zone: ZoneInfo) -> Span:
        """Return the instants of the period by a zone's clock."""
        if self.period is None:
            return Span()
        first, last = days_of(self.period, now.astimezone(zone).date())
        return Span(_midnight(first, zone), _midnight(last + timedelta(days=1), zone))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line.

    `state`: of the message where there is only one, of the multicast, else of the batch or how that stands; `words` names
    whose states these are (state | hist | mc). `bases` of a multicast or a tracked send; `of` says
    sms | mms | test | tracked | multicast.
    """

    key: Key
    at: datetime
    words: str
    state: str
    of: str
    total: int
    phone: str | None = None
    sender: str = ""
    bases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to choose: an admin, or one who was."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class HistoryCard:
    """A page of the history, or a question (the notice's `step`: status | period | who); `name`: of who is looked for."""

    notice: Notice
    sought: Sought
    entries: tuple[Entry, ...] = ()
    newer: bool = False
    older: bool = False
    people: tuple[Person, ...] = ()
    name: str = ""
    drafting: bool = False


def days_of(period: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of a period."""
    match period:
        case "today":
            return today, today
        case "yesterday":
            return today - timedelta(days=1), today - timedelta(days=1)
        case "week":
            return today - timedelta(days=6), today
        case "month":
            return today - timedelta(days=29), today
    first, _, last = period.partition("/")
    return date.fromisoformat(first), date.fromisoformat(last)


_WORDS: Final = {
    "today": ("сегодня", "today"),
    "yesterday": ("вчера", "yesterday"),
    "week": ("неделя", "7 дней", "week", "7 days"),
    "month": ("месяц", "30 дней", "month", "30 days"),
}
_DAY: Final = r"(?:[0-9]{1,2}\.[0-9]{1,2}(?:\.(?:[0-9]{2}|[0-9]{4}))?|[0-9]{4}-[0-9]{2}-[0-9]{2})"
_DAYS: Final = re.compile(rf"({_DAY})(?:\s*[-–—]\s*({_DAY}))?", re.ASCII)


def read_period(text: str, today: date) -> str | None:
    """Read a period as people type it: today, вчера, 24.11, 1.11–15.11, 2026-11-24; None for anything else."""
    said = " ".join(text.casefold().split())
    named = next((period for period, words in _WORDS.items() if said in words), None)
    found = _DAYS.fullmatch(said)
    if named is not None or found is None:
        return named
    try:
        first = _day(found[1], today)
        last = _day(found[2], today) if found[2] else first
    except ValueError:
        return None
    return f"{min(first, last)}/{max(first, last)}"


def _day(text: str, today: date) -> date:
    """Read a day; one without its year is the last there was."""
    if "-" in text:
        return date.fromisoformat(text)
    day, month, *year = (int(part) for part in text.split("."))
    if year:
        return date(year[0] % 2000 + 2000, month, day)
    this = date(today.year, month, day) if (month, day) != (2, 29) else _leap_day(today)
    return this if this <= today else this.replace(year=this.year - 1)


def _leap_day(today: date) -> date:
    year = next(year for year in range(today.year, 0, -1) if year % 4 == 0 and (year, 2, 29) <= today.timetuple()[:3])
    return date(year, 2, 29)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
