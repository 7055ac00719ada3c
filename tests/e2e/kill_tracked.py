"""The victim of test_kill_tracked.py: it fills one tracked batch and sends it until it has finished."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.domain.policy import Policy
from bot.domain.states import BatchState
from bot.services.unit import Unit
from bot.storage import batches
from bot.storage.engine import Tx
from bot.worker.gathering import GatherLane
from bot.worker.sending import SendLane
from gateway import Gateway
from tests.e2e import kill_midway

POLICY = Policy(
    sender="MyShop",
    undo=timedelta(0),
    send_rate=2_000,
    send_slots=25,
    approve_recipients=0,
    call=timedelta(seconds=2),
    lease=timedelta(seconds=5),
)


def lanes(unit: Unit, gateway: Gateway) -> Sequence[Any]:
    """Return the lanes that fill and send."""
    return [GatherLane(unit, gateway), SendLane(unit, gateway, POLICY)]


async def over(tx: Tx, batch: int) -> bool:
    """Return whether the batch has come to its end."""
    return (await batches.row(tx, batch)).state not in (BatchState.READY, BatchState.RUNNING)


if __name__ == "__main__":
    kill_midway.work(POLICY, lanes, over)
