"""What will leave by itself, and what it costs: what the money on the account is reserved for."""

from bot.domain.money import cost
from bot.domain.runway import Reserved, Scheduled, reserved
from bot.storage import multicasts, watch
from bot.storage.engine import Tx

_MANY = 1_000


async def reserved_money(tx: Tx) -> Reserved:
    """Add up the multicasts to come and all that is queued, each at the price it was confirmed at."""
    return reserved(await scheduled(tx))


async def scheduled(tx: Tx) -> list[Scheduled]:
    """Return all that is queued, which leaves first, and the multicasts to come by their start."""
    sends = [Scheduled(n, parts, cost(parts, price)) for n, parts, price in await watch.queued(tx)]
    for one in await multicasts.coming(tx, _MANY):
        parts = one.parts * one.recipients
        names, at = tuple(base.name for base in one.bases), one.start_at or one.hand_at
        sends.append(Scheduled(one.recipients, parts, cost(parts, one.price), names, at))
    return sends
