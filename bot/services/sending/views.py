"""What the cards of batches and of single messages show, gathered for rendering."""

from decimal import Decimal
from typing import Final

from bot.domain.cards import BatchCard, MessageCard
from bot.domain.mms_drafts import picture
from bot.domain.models import Batch, Message, Place, Reason, Subject
from bot.domain.policy import Policy
from bot.domain.states import BatchState, MessageState
from bot.services.approvals import views as approvals
from bot.services.multicasts import tracked_views
from bot.storage import batches, drafts, lists, messages, people, requests, valves
from bot.storage.engine import Tx

LISTED: Final = 20


class SendViews:
    """Reads only; the same rows always give the same model."""

    def __init__(self, tx: Tx, policy: Policy) -> None:
        self._tx, self._policy = tx, policy

    async def batch(self, batch_: int, place: Place) -> BatchCard | None:
        """Return a batch's card as one place sees it."""
        batch = await batches.load(self._tx, batch_)
        if batch is None:
            return None
        row = await batches.row(self._tx, batch.id)
        waits_for = await self._waits_for(batch)
        before, after = await self._balances(batch, row.balance_before)
        shown = await messages.worst_first(self._tx, batch.id, LISTED)
        return BatchCard(
            batch=batch,
            messages=tuple(shown),
            counts=batch.counts,
            reasons=await messages.reasons(self._tx, batch.id) if batch.total > 1 else {},
            waiting=row.waiting_since if batch.state is BatchState.RUNNING else None,
            expires=batch.progress_at + self._policy.queue,
            waits_for=waits_for,
            asking=await messages.asking(self._tx, shown[0].id) if len(shown) == 1 else None,
            listed=bool(row.listed),
            retryable=await lists.count_retryable(self._tx, batch.id) if batch.total > 1 else 0,
            before=before,
            after=after,
            confirmer_name=await people.name(self._tx, batch.confirmed_by),
            duplicate=await self._repeat_refused(batch) if batch.total == 1 else False,
            author_name=await people.name(self._tx, batch.author),
            pictured=await self._pictured(batch, place),
            bases=await tracked_views.names(self._tx, batch),
            left=await tracked_views.left(self._tx, batch),
            awaited=await approvals.awaited(self._tx, Subject("batch", batch.id), (batch.author, batch.confirmed_by)),
            start=await approvals.start(self._tx, batch),
        )

    async def _pictured(self, batch: Batch, place: Place) -> int | None:
        source = await drafts.peek(self._tx, batch.draft) if batch.picture and batch.draft else None
        shown = picture(source.fields) if source and source.place == place else None
        return shown.message if shown else None

    async def message(self, message_: int) -> MessageCard | None:
        """Return the card of one message of many."""
        message = await messages.load(self._tx, message_)
        if message is None:
            return None
        batch = await batches.load(self._tx, message.batch)
        if batch is None:
            return None
        row = await batches.row(self._tx, batch.id)
        before, after = await self._balances(batch, row.balance_before)
        asking = await messages.asking(self._tx, message.id)
        return MessageCard(
            message,
            batch,
            asking=asking,
            before=before,
            after=after,
            confirmer_name=await people.name(self._tx, batch.confirmed_by),
            duplicate=await self._refused_as_repeat(message),
            author_name=await people.name(self._tx, batch.author),
        )

    async def _waits_for(self, batch: Batch) -> Reason | None:
        """Name what shuts the valve while this batch would like to run."""
        if batch.state not in (BatchState.READY, BatchState.RUNNING) or not batch.counts.get(MessageState.QUEUED):
            return None
        valve = await valves.peek(self._tx)
        if valve.stopped_by:
            return Reason("stopped", {"by": valve.stopped_by})
        if batch.state is BatchState.READY:
            return None
        return Reason(valve.shut) if valve.shut and valve.shut != "backoff" else None

    async def _balances(self, batch: Batch, before: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
        """Return the balance before and after an outcome nobody knows; never a verdict."""
        if before is None or not batch.counts.get(MessageState.IN_DOUBT):
            return None, None
        after = await requests.last_balance(self._tx, after=batch.undo_until)
        return (before, after.balance) if after else (None, None)

    async def _repeat_refused(self, batch: Batch) -> bool:
        found = await messages.some(self._tx, batch.id, 1)
        return bool(found) and await self._refused_as_repeat(found[0])

    async def _refused_as_repeat(self, message: Message) -> bool:
        if message.repeated_by is None:
            return False
        return "MESSAGE_DUPLICATION" in await messages.reasons(self._tx, message.repeated_by)
