"""The lane that asks what became of what was sent."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.states import MessageState
from bot.services.sending.tracking import Check
from bot.services.unit import Unit
from gateway import DeliveryStatus, Gateway, GatewayError, Reason, RejectedError

_FINAL = {
    DeliveryStatus.DELIVERED: MessageState.DELIVERED,
    DeliveryStatus.NOT_DELIVERED: MessageState.NOT_DELIVERED,
    DeliveryStatus.UNKNOWN: None,
}


async def ask(gateway: Gateway, gateway_id: str) -> MessageState | None:
    """Return the final state the provider knows, or None where it has no report yet."""
    return _FINAL[await gateway.sms_status(gateway_id)]


class TrackLane:
    """Asks on schedule; an error is no news."""

    name = "track"

    def __init__(self, unit: Unit, gateway: Gateway, slots: int = 20) -> None:
        self.slots = slots
        self._unit, self._gateway = unit, gateway

    async def claim(self, free: int) -> Sequence[Check]:
        """Take the checks that are due."""
        async with self._unit() as services:
            return await services.tracking.claim(free)

    async def do(self, item: Check) -> MessageState | Reason | None:
        """Ask for one status; a Reason is the provider's refusal to tell."""
        if item.gateway_id is None:
            return None
        try:
            return await ask(self._gateway, item.gateway_id)
        except RejectedError as error:
            return error.reason
        except GatewayError:
            return None

    async def finish(self, item: Check, result: MessageState | Reason | None) -> None:
        """Store the news."""
        async with self._unit() as services:
            if result is Reason.NO_SUCH_MESSAGE and item.kind == "mms":
                await services.tracking.unknown(item.message)
            else:
                await services.tracking.store(item, result if isinstance(result, MessageState) else None)

    async def next_due(self) -> datetime | None:
        """Return when the next check falls due."""
        async with self._unit.reading() as services:
            return await services.tracking.next_due()

    def failed(self, item: Check, error: Exception) -> MessageState | Reason | None:  # noqa: ARG002 - an error is no news
        """An exception nobody foresaw is no news either."""
        return None
