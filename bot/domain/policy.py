"""What an installation decides: the part of the settings that rules use."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.domain.hours import QuietHours
from bot.domain.models import Admin

LONGEST_UNDO: Final = 600
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Rates are parts or calls a second; `schedule` are the waits between status checks, the last repeating.

    Above `approve_recipients` (0: never) or `approve_cost` (roubles) a second person must agree.
    `pace` and `group_pace` are the waits between edits of a chat's cards that nobody asked for, `group_progress` those of a
    card in a group that only tell how far something is.
    `watch` is the wait between two looks at the account.
    `key`: what the links of invites are made with; no database holds it.
    """

    sender: str
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Moscow"))
    provider_zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Moscow"))
    language: str = "ru"
    undo: timedelta = timedelta(seconds=10)
    handover: timedelta = timedelta(minutes=10)
    queue: timedelta = timedelta(minutes=30)
    schedule: tuple[timedelta, ...] = tuple(timedelta(seconds=s) for s in (10, 30, 60, 300, 900, 3600))
    give_up: timedelta = timedelta(hours=72)
    status_rate: float = 20
    send_rate: float = 10
    send_slots: int = 20
    price: Decimal | None = None
    quiet: QuietHours = field(default_factory=lambda: QuietHours(22, 9))
    approve_recipients: int = 1000
    approve_cost: Decimal | None = None
    watch: timedelta = timedelta(minutes=5)
    call: timedelta = timedelta(seconds=20)
    lease: timedelta = timedelta(seconds=60)
    pace: timedelta = timedelta(seconds=3)
    group_pace: timedelta = timedelta(seconds=5)
    group_progress: timedelta = timedelta(seconds=15)
    key: bytes = field(default=b"", repr=False)

    @property
    def defaults(self) -> dict[str, Any]:
        """Return what owners may set for everybody, by name, as it is stored."""
        quiet = f"{self.quiet.start:02}-{self.quiet.end:02}"
        undo = int(self.undo.total_seconds())
        return {"language": self.language, "zone": self.zone.key, "sender": self.sender, "undo": undo, "quiet": quiet}

    def with_defaults(self, stored: Mapping[str, Any]) -> "Policy":
        """Return it with what owners have set for everybody, which stands above the installation's settings."""
        known = {name: _STORED[name](value) for name, value in stored.items() if name in _STORED}
        return replace(self, **known) if known else self

    def of(self, person: Admin | None) -> "Policy":
        """Return it as it holds for one person: his own sender, undo window and quiet hours, else everybody's."""
        own = {name: getattr(person, name) for name in ("sender", "undo", "quiet")} if person else {}
        return self.with_defaults({name: value for name, value in own.items() if value is not None})

    def check_after(self, attempts: int) -> timedelta:
        """Return the wait before the status check that follows so many."""
        return self.schedule[min(attempts, len(self.schedule) - 1)]


_STORED: Final[Mapping[str, Any]] = {
    "language": str,
    "zone": ZoneInfo,
    "sender": str,
    "undo": lambda seconds: timedelta(seconds=seconds),
    "quiet": QuietHours.parse,
}
