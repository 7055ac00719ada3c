"""What the card of a tracked send shows besides that of any other: its bases, and how long it will take."""

from datetime import timedelta
from typing import Final

from bot.domain.models import Batch
from bot.domain.multicast_drafts import chosen
from bot.domain.states import BatchState, MessageState
from bot.storage import drafts, lists
from bot.storage.engine import Tx

_LAST: Final = 300
"""Messages that tell the pace."""


async def names(tx: Tx, batch: Batch) -> tuple[str, ...]:
    """Return the names of the bases a tracked batch goes to."""
    source = await drafts.peek(tx, batch.draft) if batch.kind == "tracked" and batch.draft else None
    return tuple(base.name for base in chosen(source.fields)) if source else ()


async def left(tx: Tx, batch: Batch) -> timedelta | None:
    """Return how long the rest will take at the pace of the last messages; None while there is none to tell by."""
    queued = batch.counts.get(MessageState.QUEUED, 0)
    if batch.kind != "tracked" or batch.state is not BatchState.RUNNING or not queued:
        return None
    pace = await lists.pace(tx, batch.id, _LAST)
    if pace is None or tx.now <= pace[1]:
        return None
    return (tx.now - pace[1]) * queued / pace[0]
