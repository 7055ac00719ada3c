"""The lane that spends money: one paid call for each claimed message."""

from collections.abc import Sequence
from datetime import datetime

import structlog

from bot.domain.outcomes import Outcome
from bot.domain.policy import Policy
from bot.services.unit import Unit
from bot.storage.messages import Send
from bot.worker.outcomes import outcome
from bot.worker.together import Together
from gateway import Gateway, GatewayError
from gateway.phones import mask

_log = structlog.get_logger("dispatch")


class SendLane:
    """Intent is committed before the call begins; the outcome belongs to whoever holds the claim."""

    name = "dispatch"

    def __init__(self, unit: Unit, gateway: Gateway, policy: Policy) -> None:
        self.slots = policy.send_slots
        self._unit, self._gateway, self._policy = unit, gateway, policy
        self._outcomes = Together[tuple[Send, Outcome]](self._store)

    async def claim(self, free: int) -> Sequence[Send]:
        """Take what the valve lets through."""
        async with self._unit() as services:
            return await services.dispatch.claim(free)

    async def do(self, item: Send) -> Outcome:
        """Make the paid call, once; the second half of the lease is for the call itself and for storing its outcome."""
        _log.debug("paid call", message=item.message, phone=mask(item.phone))
        try:
            answer: str | Exception = await self._call(item)
        except GatewayError as error:
            answer = error
        return outcome(answer)

    async def _call(self, item: Send) -> str:
        deadline, not_after = self._policy.call.total_seconds(), item.lease_until - self._policy.lease / 2
        if item.kind == "mms":
            return await self._gateway.send_mms(
                item.phone, item.subject, item.text, item.picture, deadline=deadline, not_after=not_after
            )
        return await self._gateway.send_sms(
            item.phone, item.text, item.sender, flash=item.flash, deadline=deadline, not_after=not_after
        )

    async def finish(self, item: Send, result: Outcome) -> None:
        """Store what became of it, with what became of others meanwhile."""
        await self._outcomes.add((item, result))

    async def next_due(self) -> datetime | None:
        """Return when something may leave: undo windows, back-offs, leases that run out."""
        async with self._unit.reading() as services:
            return await services.dispatch.next_due()

    async def _store(self, results: Sequence[tuple[Send, Outcome]]) -> None:
        async with self._unit() as services:
            await services.outcomes.store(*results)

    def failed(self, item: Send, error: Exception) -> Outcome:  # noqa: ARG002 - whatever it was, the call may have been made
        """An exception nobody foresaw: the call may have been made."""
        return outcome(error)
