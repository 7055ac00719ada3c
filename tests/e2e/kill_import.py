"""The victim of test_kill_import.py: it adds one import until that has finished."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.policy import Policy
from bot.domain.states import ImportState
from bot.services.unit import Unit
from bot.storage import imports
from bot.storage.engine import Tx
from bot.worker.importing import AddLane
from gateway import Gateway
from tests.e2e import kill_midway

POLICY = Policy(sender="MyShop", call=timedelta(seconds=5), lease=timedelta(seconds=0.5))


def lanes(unit: Unit, gateway: Gateway) -> Sequence[AddLane]:
    """Return the lane that adds."""
    return [AddLane(unit, gateway)]


async def over(tx: Tx, import_: int) -> bool:
    """Return whether the import has come to its end."""
    found = await imports.peek(tx, import_)
    return found is not None and found.state is not ImportState.RUNNING


if __name__ == "__main__":
    kill_midway.work(POLICY, lanes, over)
