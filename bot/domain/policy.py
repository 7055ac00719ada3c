"""What an installation decides: the part of the settings that rules use."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.hours import QuietHours


@dataclass(frozen=True, slots=True)
class Policy:
    """Rates are parts or calls a second; `schedule` are the waits between status checks, the last repeating.

    Above `approve_recipients` (0: never) or `approve_cost` (roubles) a second person must agree.
    `pace` and `group_pace` are the waits between edits of a chat's cards that nobody asked for.
    `watch` is the wait between two looks at the account.
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

    def check_after(self, attempts: int) -> timedelta:
        """Return the wait before the status check that follows so many."""
        return self.schedule[min(attempts, len(self.schedule) - 1)]
