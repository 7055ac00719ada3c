"""The lane that lets requests for approval run out: nothing large leaves because nobody looked."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.policy import Policy
from bot.services.unit import Unit

Due = tuple[int, str]


class ApprovalLane:
    """Takes requests that nobody has decided in time; after a standstill all that ran out meanwhile."""

    name = "approvals"
    slots = 4

    def __init__(self, unit: Unit, policy: Policy) -> None:
        self._unit, self._policy = unit, policy

    async def claim(self, free: int) -> Sequence[Due]:
        """Take what has run out."""
        async with self._unit() as services:
            return await services.approvals.claim(free, self._policy.lease)

    async def do(self, item: Due) -> None:
        """Nothing is asked of anybody: the time alone decides."""

    async def finish(self, item: Due, result: None) -> None:  # noqa: ARG002
        """Let it run out, unless somebody was quicker: the decision is compared and set, whoever holds the claim."""
        async with self._unit() as services:
            await services.approvals.expire(item[0])

    async def next_due(self) -> datetime | None:
        """Return when the next one runs out."""
        async with self._unit.reading() as services:
            return await services.approvals.next_due()

    def failed(self, item: Due, error: Exception) -> None:
        """There is nothing to go wrong."""
