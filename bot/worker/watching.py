"""The lane of the watch: asks for the balance in regular intervals, in exactly one process."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from bot.domain.models import Reason
from bot.domain.money import Snapshot
from bot.services.money.watch import SILENT
from bot.services.unit import Unit
from bot.worker.outcomes import storable
from gateway import Gateway, GatewayError, RejectedError


@dataclass(frozen=True, slots=True)
class Tick:
    """One claimed tick."""

    claim: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What came back: balance and overdraft, or why there is nothing."""

    money: tuple[Decimal, Decimal] | None = None
    failure: Reason = field(default_factory=lambda: Reason(SILENT))


class WatchLane:
    """Takes a tick, asks, and lets the answer act."""

    name = "watch"
    slots = 1

    def __init__(self, unit: Unit, gateway: Gateway) -> None:
        self._unit, self._gateway = unit, gateway

    async def claim(self, free: int) -> Sequence[Tick]:  # noqa: ARG002 - there is never more than one
        """Take the tick that is due."""
        async with self._unit() as services:
            claim = await services.watch.claim()
        return [] if claim is None else [Tick(claim)]

    async def do(self, item: Tick) -> Seen:  # noqa: ARG002 - one tick is like another
        """Ask for the balance."""
        try:
            balance = await self._gateway.balance()
        except GatewayError as error:
            return _unseen(error)
        return Seen((balance.balance, balance.overdraft))

    async def finish(self, item: Tick, result: Seen) -> None:
        """Store the answer and let it act, if the tick is still ours."""
        async with self._unit() as services:
            if result.money is None:
                await services.watch.unknown(item.claim, result.failure)
            else:
                await services.watch.known(item.claim, Snapshot(*result.money, services.now))

    async def next_due(self) -> datetime | None:
        """Return when the next tick is due."""
        async with self._unit.reading() as services:
            return await services.watch.next_due()

    def failed(self, item: Tick, error: Exception) -> Seen:  # noqa: ARG002 - one tick is like another
        """An exception nobody foresaw is no answer."""
        return _unseen(error)


def _unseen(error: Exception) -> Seen:
    if isinstance(error, RejectedError):
        return Seen(failure=Reason(error.reason.name, raw=storable(error.raw)))
    return Seen()
