"""The only loop in the house: claim what is due, do it, finish it. Both wings configure it.

Claim and finish are transactions of their own; between them nothing is held but the claim's token and its lease.
A finish is tried again from memory until it is stored, and meanwhile nothing new is claimed.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Generic, Protocol, TypeVar

import structlog

from bot.domain.bell import Bell
from bot.domain.clock import Clock

Item = TypeVar("Item")
Result = TypeVar("Result")
IDLE_SECONDS = 1.0
"""How long a loop with nothing to do waits before it looks again; its bell may ring earlier."""
_FINISH_PAUSES = (0.05, 0.2, 1.0, 5.0)
_log = structlog.get_logger("lanes")


class Lane(Protocol[Item, Result]):
    """One kind of work. Only `do` may wait for anything but the database."""

    name: str
    slots: int

    async def claim(self, free: int) -> Sequence[Item]:
        """Take at most `free` due items, in one transaction."""
        ...

    async def do(self, item: Item) -> Result:
        """Do the work; an exception is for `failed` to judge."""
        ...

    async def finish(self, item: Item, result: Result) -> None:
        """Store the result, in one transaction, if the claim is still held."""
        ...

    async def next_due(self) -> datetime | None:
        """Return when there will be something to claim, as far as is known."""
        ...

    def failed(self, item: Item, error: Exception) -> Result:
        """Return the result that an exception from `do` amounts to."""
        ...


class Loop(Generic[Item, Result]):
    """Runs one lane with as many items in flight as it has slots."""

    def __init__(
        self,
        lane: Lane[Item, Result],
        clock: Clock,
        bell: Bell,
        beat: Callable[[str], Awaitable[None]] | None = None,
        *,
        idle: float = IDLE_SECONDS,
    ) -> None:
        self.lane = lane
        self._clock = clock
        self._bell = bell
        self._beat = beat
        self._idle = idle
        self._flying: set[asyncio.Task[None]] = set()
        self._unstored = 0
        self._stopping = False

    async def run(self) -> None:
        """Work until stop(); whatever goes wrong is logged and tried again."""
        event = self._bell.event(self.lane.name)
        while not self._stopping:
            event.clear()
            try:
                taken = await self._take()
                if self._beat is not None:
                    await self._beat(self.lane.name)
                pause = 0.0 if taken else await self._pause()
            except Exception as error:  # noqa: BLE001 - a loop never dies
                _log.exception("lane stumbled", lane=self.lane.name, error=type(error).__name__)
                pause = IDLE_SECONDS
            if pause or len(self._flying) >= self.lane.slots:
                await self._clock.wait(event, pause or IDLE_SECONDS)
        await self._land()

    async def drain(self) -> int:
        """Do all that is due now and return how many items that was; for those who keep time themselves."""
        total = 0
        while taken := await self._take():
            total += taken
            await self._land()
        return total

    def stop(self) -> None:
        """Claim no more; run() returns when what is in flight has been finished."""
        self._stopping = True
        self._bell.ring(self.lane.name)

    async def _take(self) -> int:
        free = self.lane.slots - len(self._flying)
        if free <= 0 or self._unstored:
            return 0
        items = await self.lane.claim(free)
        for item in items:
            task = asyncio.create_task(self._carry(item), name=f"{self.lane.name}-item")
            self._flying.add(task)
            task.add_done_callback(self._landed)
        return len(items)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.discard(task)
        self._bell.ring(self.lane.name)

    async def _carry(self, item: Item) -> None:
        try:
            result = await self.lane.do(item)
        except Exception as error:  # noqa: BLE001 - the lane judges it
            _log.exception("item failed", lane=self.lane.name, error=type(error).__name__)
            result = self.lane.failed(item, error)
        await asyncio.shield(asyncio.create_task(self._store(item, result), name=f"{self.lane.name}-finish"))

    async def _store(self, item: Item, result: Result) -> None:
        self._unstored += 1
        tries = 0
        try:
            while True:
                try:
                    await self.lane.finish(item, result)
                except Exception as error:  # noqa: BLE001 - stored it must be
                    _log.exception("finish not stored", lane=self.lane.name, error=type(error).__name__)
                    await self._clock.wait(asyncio.Event(), _FINISH_PAUSES[min(tries, len(_FINISH_PAUSES) - 1)])
                    tries += 1
                else:
                    return
        finally:
            self._unstored -= 1

    async def _land(self) -> None:
        while self._flying:
            await asyncio.wait(self._flying)

    async def _pause(self) -> float:
        due = await self.lane.next_due()
        if due is None:
            return self._idle
        return min(self._idle, max(0.02, (due - self._clock.now()).total_seconds()))


async def run_together(loops: Sequence[Loop[object, object]], until: asyncio.Event) -> None:
    """Run the loops side by side until the event is set, then let each come to its end."""
    tasks = [asyncio.create_task(loop.run(), name=loop.lane.name) for loop in loops]
    try:
        await until.wait()
    finally:
        for loop in loops:
            loop.stop()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks)
