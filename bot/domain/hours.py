"""Quiet hours: a window of the day in some zone that may run over midnight."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` to `end` o'clock, end excluded; equal hours mean never."""

    start: int
    end: int

    @classmethod
    def parse(cls, text: str) -> "QuietHours":
        """Read `22-09`; raise ValueError for anything else."""
        found = re.fullmatch(r"\s*([01]?\d|2[0-4])\s*[-–]\s*([01]?\d|2[0-4])\s*", text)
        if not found:
            raise ValueError(f"quiet hours look like 22-09, not {text!r}")
        return cls(int(found[1]) % 24, int(found[2]) % 24)

    def __str__(self) -> str:
        return f"{self.start:02}–{self.end:02}"

    def holds(self, moment: datetime, zone: ZoneInfo) -> bool:
        """Return whether the moment lies in the window by the clock of the zone."""
        hour = moment.astimezone(zone).hour
        if self.start <= self.end:
            return self.start <= hour < self.end
        return hour >= self.start or hour < self.end

    def touches(self, begin: datetime, lasting: timedelta, zone: ZoneInfo) -> bool:
        """Return whether any moment from `begin` on, for so long, lies in the window."""
        steps = int(lasting / timedelta(minutes=30)) + 1
        moments = (begin + min(lasting, timedelta(minutes=30) * step) for step in range(min(steps, 48) + 1))
        return any(self.holds(moment, zone) for moment in moments)
