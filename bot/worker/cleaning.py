"""The lane that clears away what nobody needs any more, once a day, in one process."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.services.cleaning import STEPS
from bot.services.unit import Unit

_ROUNDS: Final = 200
"""Of each kind in a day: a backlog goes over several, within the lease."""


class CleanLane:
    """Deletes a little, lets others write, and goes on; whatever goes wrong is tried again tomorrow."""

    name = "cleaning"
    slots = 1

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def claim(self, free: int) -> Sequence[str]:  # noqa: ARG002 - there is one at most
        """Take the day's cleaning when it is due."""
        async with self._unit() as services:
            taken = await services.cleaning.claim()
            return [taken] if taken else []

    async def do(self, item: str) -> None:  # noqa: ARG002 - nobody else's work is in the way of this
        """Let everything go whose time is over."""
        for name in STEPS:
            for _ in range(_ROUNDS):
                if not await self._step(name):
                    break

    async def finish(self, item: str, result: None) -> None:  # noqa: ARG002
        """Be done until tomorrow."""
        async with self._unit() as services:
            await services.cleaning.finish(item)

    async def next_due(self) -> datetime | None:
        """Return when the next cleaning is due."""
        async with self._unit.reading() as services:
            return await services.cleaning.next_due()

    def failed(self, item: str, error: Exception) -> None:
        """The loop has logged it; the rest goes tomorrow."""

    async def _step(self, name: str) -> bool:
        async with self._unit() as services:
            return await services.cleaning.step(name)
