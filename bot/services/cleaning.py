"""Once a day, what nobody will need any more goes: bit by bit, so that nobody waits for it."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from bot.storage import cleaning, ticks
from bot.storage.engine import Tx

__all__ = ["STEPS", "Cleaning"]

EVERY: Final = timedelta(days=1)
LEASE: Final = timedelta(minutes=10)
LEFT_LYING: Final = timedelta(days=30)
"""For lists and pictures of what was never sent: who comes back to a draft does so within days, and phones are no keepsakes."""
TOLD: Final = timedelta(days=90)
"""For notices: whoever scrolls up so far looks into /history instead."""
_TICK: Final = "cleaning"
_FILES, _NOTICES = 50, 500
"""Rows that go in one transaction; a picture is some 300 KB."""


class Cleaning:
    """What is kept for how long. Events and answered requests stay; so does all that was sent."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def begin(self) -> None:
        """Let it be done every day from now on, if it is not yet."""
        await ticks.begin(self._tx, _TICK, EVERY)

    async def claim(self) -> str | None:
        """Take the day's cleaning, unless it is not due yet or somebody has it; return the claim."""
        return await ticks.claim(self._tx, _TICK, LEASE)

    async def next_due(self) -> datetime | None:
        """Return when it is due that nobody has."""
        return await ticks.next_due(self._tx, _TICK)

    async def finish(self, claim: str) -> None:
        """Give the claim back until tomorrow."""
        await ticks.finish(self._tx, _TICK, claim, EVERY)

    async def step(self, name: str) -> bool:
        """Let a few of one kind go; return whether there may be more."""
        return await STEPS[name](self._tx)


async def _files(tx: Tx) -> bool:
    return await cleaning.files(tx, tx.now - LEFT_LYING, _FILES) > 0


async def _lists(tx: Tx) -> bool:
    return await cleaning.phone_list(tx, tx.now - LEFT_LYING) > 0


async def _told(tx: Tx) -> bool:
    return await cleaning.told(tx, tx.now - TOLD, _NOTICES) > 0


STEPS: Final[Mapping[str, Callable[[Tx], Awaitable[bool]]]] = {
    "files": _files,
    "lists": _lists,
    "notices": _told,
}
"""In this order: what a notice was answered with goes before the notice."""
