"""A clock that tests keep themselves."""

import asyncio
from datetime import UTC, datetime, timedelta

# 12:04 in Moscow, the hour of CARDS' examples: broad daylight, no quiet hours.
NOON = datetime(2026, 11, 24, 9, 4, tzinfo=UTC)


class ManualClock:
    """Stands still until it is told to go on; waiting takes no time, but lets others run."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now

    def now(self) -> datetime:
        """Return the moment it stands at."""
        return self._now

    def go(self, seconds: float = 0, **parts: float) -> datetime:
        """Move on."""
        self._now += timedelta(seconds=seconds, **parts)
        return self._now

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        """Let others run, and say that the seconds have passed."""
        await asyncio.sleep(0)
