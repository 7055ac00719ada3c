"""The victim: `python -m tests.e2e.kill_tracked DATABASE GATEWAY BATCH` fills and sends one tracked batch until it has finished."""

import asyncio
import sys
from datetime import timedelta

from bot.domain.bell import Bell
from bot.domain.clock import SystemClock
from bot.domain.policy import Policy
from bot.domain.states import BatchState
from bot.lanes import Loop, run_together
from bot.services.unit import Unit
from bot.storage.engine import Database
from bot.worker.gathering import GatherLane
from bot.worker.sending import SendLane
from gateway import Gateway

POLICY = Policy(
    sender="MyShop",
    undo=timedelta(0),
    send_rate=2_000,
    send_slots=25,
    call=timedelta(seconds=2),
    lease=timedelta(seconds=5),
)
_GLANCE = 0.05


async def main(url: str, gateway_url: str, batch: int) -> None:
    """Run both lanes in a process that may die at any moment."""
    database, bell, over = Database(url, SystemClock()), Bell(), asyncio.Event()
    unit = Unit(database, POLICY, bell)
    async with Gateway(gateway_url, "sandbox", "sandbox") as gateway:
        lanes = [
            Loop(GatherLane(unit, gateway), database.clock, bell),
            Loop(SendLane(unit, gateway, POLICY), database.clock, bell),
        ]
        working = asyncio.create_task(run_together(lanes, over))
        finished = False
        while not finished:
            await asyncio.sleep(_GLANCE)
            finished = await _finished(unit, batch)
        over.set()
        await working
    await database.close()


async def _finished(unit: Unit, batch: int) -> bool:
    async with unit.reading() as services:
        found = await services.sends.load(batch)
        assert found is not None
        return found.state is BatchState.FINISHED


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
