"""The lane that makes pictures fit an MMS: one at a time, in a thread."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.domain.mms_drafts import ROOM
from bot.services.sending.pictures import Errand
from bot.services.unit import Unit
from bot.worker.pictures import Fitted, Refused, fit_in_thread

_TRIES: Final = 3


class FitLane:
    """Fits what was fetched. A file that took its process down so often is called broken."""

    name = "fitting"
    slots = 1

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def claim(self, free: int) -> Sequence[Errand]:
        """Take a file that was fetched."""
        async with self._unit() as services:
            return await services.pictures.claim(free, "fit")

    async def do(self, item: Errand) -> Fitted | Refused:
        """Fit it beside the longest text that may come."""
        if item.attempts > _TRIES:
            return Refused("broken")
        return await fit_in_thread(item.data, ROOM)

    async def finish(self, item: Errand, result: Fitted | Refused) -> None:
        """Keep the picture, or say why there is none."""
        async with self._unit() as services:
            if isinstance(result, Fitted):
                await services.pictures.fitted(item, result.png, result.width, result.height)
            else:
                await services.pictures.refused(item, result.why)

    async def next_due(self) -> datetime | None:
        """Return when a file waits."""
        async with self._unit.reading() as services:
            return await services.pictures.next_due("fit")

    def failed(self, item: Errand, error: Exception) -> Refused:  # noqa: ARG002 - whatever it was, there is no picture
        """An exception nobody foresaw: there is no picture in it for us."""
        return Refused("broken")
