"""Alerts as values: thresholds that fire once and arm again, who is told and how loudly, and what a card of them shows. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final, Literal
from zoneinfo import ZoneInfo

from bot.domain.hours import QuietHours
from bot.domain.models import Notice, Place
from bot.domain.money import Snapshot
from bot.domain.runway import Runway

MOST: Final = 6
"""Thresholds of one watcher: more of them tell nothing more."""
STEPS: Final = ("money", "days", "remove", "quiet", "digest")
FAILURES: Final = 3
"""Ticks in a row without an answer before anybody is told."""
_HYSTERESIS: Final = Decimal("0.1")
_LEAST: Final = Decimal(1)
_LARGEST: Final = Decimal(1_000_000_000)
_DAYS: Final = 90
_LATE: Final = timedelta(hours=3)
_MONEY: Final = re.compile(
    r"([-−–]?)\s*([0-9]{1,3}(?:[ ,][0-9]{3})+|[0-9]{1,12})(?:[.,]([0-9]{1,2}))?\s*(?:₽|р\.?|руб\.?|rub)?"
)
_LASTING: Final = re.compile(r"([0-9]{1,3})\s*(?:д|d|дн\.?|день|дня|дней|day|days)")
_HOUR: Final = re.compile(r"([01]?[0-9]|2[0-3])(?:[:.]00)?")
Kind = Literal["money", "days"]


@dataclass(frozen=True, slots=True)
class Level:
    """How the account stands: what can be spent (roubles), and how many days it lasts; None: nobody can say."""

    money: Decimal
    days: Decimal | None


@dataclass(frozen=True, slots=True)
class Threshold:
    """A level at which somebody is told; `fired_at`: he was, and is not again until it has recovered."""

    id: int
    kind: Kind
    value: Decimal
    fired_at: datetime | None = None

    @property
    def used_up(self) -> bool:
        """Return whether it is the one at which nothing more can be spent."""
        return self.kind == "money" and self.value == 0

    def fires(self, level: Level) -> bool:
        """Return whether the account stands at it or below, and nobody was told yet."""
        stands = self._of(level)
        return self.fired_at is None and stands is not None and stands <= self.value

    def recovers(self, level: Level) -> bool:
        """Return whether the account stands above it by a tenth, and by a rouble at least, after it had fired."""
        stands, tenth = self._of(level), abs(self.value) * _HYSTERESIS
        above = max(tenth, _LEAST) if self.kind == "money" else tenth
        return self.fired_at is not None and stands is not None and stands >= self.value + above

    def _of(self, level: Level) -> Decimal | None:
        return level.money if self.kind == "money" else level.days


@dataclass(frozen=True, slots=True)
class Watcher:
    """A private chat or a group's topic that is told; `quiet`: hours like 22-09 without a sound, `digest`: an hour, or None."""

    id: int
    place: Place
    reader: int
    quiet: str | None = None
    digest: int | None = None
    digested_at: datetime | None = None
    troubles: bool = True
    thresholds: tuple[Threshold, ...] = ()

    def move(self, now: datetime, zone: ZoneInfo) -> str:
        """Return how a card is posted: loud, or without a sound in quiet hours; nothing is held back."""
        return "silent" if self.quiet and QuietHours.parse(self.quiet).holds(now, zone) else "loud"

    def wants_digest(self, now: datetime, zone: ZoneInfo) -> bool:
        """Return whether the summary of this day is due; one that is hours late is left out."""
        if self.digest is None:
            return False
        due = now.astimezone(zone).replace(hour=self.digest, minute=0, second=0, microsecond=0)
        return due <= now < due + _LATE and (self.digested_at is None or self.digested_at < due)


@dataclass(frozen=True, slots=True)
class AlertsCard:
    """The card of /alerts; notice args: watcher, step (one of STEPS), refused (what was typed and not taken), full."""

    notice: Notice
    watcher: Watcher
    balance: Snapshot | None = None
    runway: Runway | None = None


def read_threshold(text: str, asked: Kind | None = None) -> tuple[Kind, Decimal] | None:
    """Read `1000`, `1 000,50 ₽`, `-500` as money and `3d`, `3 дня` as days; a bare number is what was asked for."""
    said = " ".join(text.casefold().split())
    if asked == "days" and said.isdecimal():
        said += "d"
    if days := _LASTING.fullmatch(said):
        return ("days", Decimal(days[1])) if 1 <= int(days[1]) <= _DAYS else None
    if money := _MONEY.fullmatch(said):
        value = Decimal(f"{re.sub('[ ,]', '', money[2])}.{money[3] or '0'}")
        return ("money", -value if money[1] and value else value) if value <= _LARGEST else None
    return None


def read_quiet(text: str) -> str | None:
    """Read `22-09`; None for anything else."""
    try:
        hours = QuietHours.parse(text)
    except ValueError:
        return None
    return f"{hours.start:02}-{hours.end:02}"


def read_hour(text: str) -> int | None:
    """Read `9` or `09:00`; None for anything else."""
    found = _HOUR.fullmatch(text.strip())
    return int(found[1]) if found else None


def level(snapshot: Snapshot, lasts: Runway | None, *, known: bool) -> Level:
    """Return how the account stands; `known`: there is a day of news, so that no runway means no end in sight."""
    if lasts is not None or snapshot.available <= 0:
        return Level(snapshot.available, lasts.days if lasts else Decimal())
    return Level(snapshot.available, Decimal("Infinity") if known else None)
