"""The lane that hands multicasts to the provider, which can neither list nor cancel them afterwards."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.outcomes import InDoubt, Outcome
from bot.domain.policy import Policy
from bot.services.multicasts.handover import HandOver, Order
from bot.services.unit import Unit
from bot.worker.outcomes import outcome
from gateway import Gateway, GatewayError


class HandOverLane:
    """Counts the bases again, commits the intent, and makes one call."""

    name = "handover"
    slots = 2

    def __init__(self, unit: Unit, gateway: Gateway, policy: Policy) -> None:
        self._unit, self._gateway, self._policy = unit, gateway, policy

    async def claim(self, free: int) -> Sequence[HandOver]:
        """Take what is due."""
        async with self._unit() as services:
            return await services.handovers.claim(free)

    async def do(self, item: HandOver) -> Outcome | None:
        """Count, commit, call; None where no call was made."""
        try:
            counts = {base.name: base.phones_total for base in await self._gateway.list_bases()}
        except GatewayError as error:
            async with self._unit() as services:
                await services.handovers.postpone(item, outcome(error))
            return None
        async with self._unit() as services:
            order = await services.handovers.begin(item, counts)
        return None if order is None else await self._call(order)

    async def finish(self, item: HandOver, result: Outcome | None) -> None:
        """Store what became of the call."""
        if result is not None:
            async with self._unit() as services:
                await services.handovers.store(item, result)

    async def next_due(self) -> datetime | None:
        """Return when something is to be handed over, has begun, or is lost."""
        async with self._unit.reading() as services:
            return await services.handovers.next_due()

    def failed(self, item: HandOver, error: Exception) -> Outcome | None:  # noqa: ARG002 - the call may have been made
        """An exception nobody foresaw. Where the call had not begun, its state says so and nothing is stored."""
        return InDoubt("fault")

    async def _call(self, order: Order) -> Outcome:
        try:
            await self._gateway.start_multicast(
                order.text,
                order.sender,
                order.bases,
                order.start_at,
                deadline=self._policy.call.total_seconds(),
                not_after=order.lease_until - self._policy.lease / 2,
            )
        except GatewayError as error:
            return outcome(error)
        return outcome("")
