"""The victim: `python -m tests.e2e.kill_import DATABASE GATEWAY IMPORT` adds one import until it has finished."""

import asyncio
import sys
from datetime import timedelta

from bot.domain.bell import Bell
from bot.domain.clock import SystemClock
from bot.domain.policy import Policy
from bot.domain.states import ImportState
from bot.lanes import Loop, run_together
from bot.services.unit import Unit
from bot.storage.engine import Database
from bot.worker.importing import AddLane
from gateway import Gateway

POLICY = Policy(sender="MyShop", call=timedelta(seconds=5), lease=timedelta(seconds=0.5))
_GLANCE = 0.02


async def main(url: str, gateway_url: str, import_: int) -> None:
    """Run the lane in a process that may die at any moment."""
    database, bell, over = Database(url, SystemClock()), Bell(), asyncio.Event()
    unit = Unit(database, POLICY, bell)
    async with Gateway(gateway_url, "sandbox", "sandbox") as gateway:
        working = asyncio.create_task(run_together([Loop(AddLane(unit, gateway), database.clock, bell)], over))
        state = ImportState.RUNNING
        while state is ImportState.RUNNING:
            await asyncio.sleep(_GLANCE)
            state = await _state(unit, import_)
        over.set()
        await working
    await database.close()


async def _state(unit: Unit, import_: int) -> ImportState:
    async with unit.reading() as services:
        found = await services.imports.load(import_)
        assert found is not None
        return found.state


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
