"""What people do to sends: confirm, take back, stop, let go on, decide on an unknown outcome, send again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.mms_drafts import MMS
from bot.domain.models import Batch, Message, Place, Reason, Subject
from bot.domain.policy import Policy
from bot.domain.states import BatchState, MessageState
from bot.domain.tracked import Frozen
from bot.domain.valve import SWITCHED_OFF
from bot.services.approvals.asking import Asking
from bot.services.cards import Cards
from bot.services.people.limits import Limits
from bot.services.requests import Requests
from bot.services.sending.batches import Batches
from bot.storage import batches, messages, people, requests, valves
from bot.storage.engine import Tx
from bot.storage.moves import append, move
from bot.storage.rows import reason_json
from bot.storage.tables import batches as batch_table
from bot.storage.tables import messages as message_table
from gateway import text as sms

RETRYABLE = (MessageState.NOT_DELIVERED, MessageState.REJECTED)
NEVER_RETRIED = ("PHONE_BLACKLISTED",)
ONE_ENOUGH = ("test:", "resend:")
"""Origins of what takes nobody else's word: a test to oneself, the repeat of one message."""
_STOPPED = {
    BatchState.RUNNING: BatchState.STOPPED,
    BatchState.PAUSED: BatchState.STOPPED,
    BatchState.READY: BatchState.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Content:
    """What leaves, exactly as it was shown: these phones get this text; an MMS has no sender, but a subject and a picture."""

    phones: Sequence[str]
    text: str
    sender: str = ""
    flash: bool = False
    subject: str | None = None
    picture: int | None = None


class Sends:
    """The use cases that a person starts; each says in its answer whether it was the one that did it."""

    def __init__(
        self, tx: Tx, policy: Policy, cards: Cards, batches_: Batches, requests_: Requests, asking: Asking
    ) -> None:
        self._tx, self._policy, self._cards = tx, policy, cards
        self._batches, self._requests, self._asking = batches_, requests_, asking

    async def begin(
        self,
        content: Content,
        *,
        origin: str,
        author: int,
        by: int,
        place: Place,
        kind: str = "sms",
        draft: int | None = None,
        undo: bool = True,
        frozen: Frozen | None = None,
    ) -> int | None:
        """Queue a batch, once for each origin; None where this origin has begun one before.

        Of a frozen list the messages are made later, by a lane: until all are there nothing leaves. What takes a second person
        waits for one; a test to oneself does not, nor the repeat of one message.
        """
        window = self._policy.of(await people.load(self._tx, by)).undo if undo else timedelta(0)
        undo_until = self._tx.now + window
        if frozen is not None and frozen.start is not None:
            undo_until = max(undo_until, frozen.start)
        last = await requests.last_balance(self._tx)
        mms = kind == MMS.name
        parts, total = 1 if mms else sms.analyse(content.text).parts, frozen.total if frozen else len(content.phones)
        waits = not origin.startswith(ONE_ENOUGH) and self._asking.needed(total, parts, priced=not mms)
        state = BatchState.AWAITING_APPROVAL if waits else BatchState.READY
        values = {
            "kind": kind,
            "origin": origin,
            "author": author,
            "confirmed_by": by,
            "chat": place.chat,
            "thread": place.thread,
            "state": state,
            "sender": content.sender,
            "flash": content.flash,
            "text": content.text,
            "parts": parts,
            "price": None if mms else self._policy.price,  # what is set is the price of a part
            "subject": content.subject,
            "picture": content.picture,
            "total": total,
            "filling": None if frozen is None else frozen.list,
            "draft": draft,
            "undo_until": undo_until,
            "confirmed_at": self._tx.now,
            "progress_at": undo_until,
            "balance_before": last.balance if last else None,
        }
        batch = await batches.begin(self._tx, values, content.phones)
        if batch is not None:
            await append(self._tx, _person(by), "confirm", "batch", [batch], target=state, data={"origin": origin})
            if waits:
                await self._asking.ask(Subject("batch", batch), by)
            self._tx.wakes.add("dispatch")
        return batch

    async def undo(self, batch: int, by: int) -> bool:
        """Take a batch back, whole or not at all."""
        if not await self._move(batch, BatchState.READY, BatchState.CANCELLED, by, "undo", Reason("undone")):
            return False
        await self._cancel_queued(batch, by, "undo")
        await self._unrepeat(batch)
        return True

    async def stop(self, batch: int, by: int) -> bool:
        """Keep back what has not left yet; False where there was nothing left to keep back."""
        row = await batches.lock(self._tx, batch)  # before its messages, as in undo and in every claim
        if row.state == BatchState.AWAITING_APPROVAL:
            return False  # taken back together with its request, and never its messages alone
        cancelled = await self._cancel_queued(batch, by, "stop")
        if not cancelled:
            return False
        for source, target in _STOPPED.items():
            if await self._move(batch, source, target, by, "stop"):
                break
        await self._cards.touch(Subject("batch", batch), pressed=True, bump=True)
        if not await batches.left(self._tx, batch):
            await self._unrepeat(batch)
        return True

    async def resume(self, batch: int, by: int) -> bool:
        """Let a paused batch go on, and open the valve where a person's word is what it waits for."""
        # The valve before the batch, as in every claim and outcome: two orders would deadlock.
        valve = await valves.load(self._tx)
        if not await self._batches.resume(batch, actor=_person(by)):
            return False
        if valve.shut == SWITCHED_OFF:
            await valves.save(self._tx, valve.reopened())
        return True

    async def mark_sent(self, message: int, gateway_id: str | None, *, by: int, name: str) -> bool:
        """Take an admin's word that a message of unknown outcome went; with its id its delivery is followed."""
        values = {
            "marked_by": name,
            "gateway_id": gateway_id,
            "claim": None,
            "lease_until": None,
            "attempts": 0,
            "final_at": None,
            "asking": None,
            "next_at": self._tx.now if gateway_id else None,
            "sent_at": message_table.c.sending_at,
        }
        where = message_table.c.id == message
        done = await move(
            self._tx,
            "message",
            MessageState.IN_DOUBT,
            MessageState.SENT,
            where,
            actor=_person(by),
            verb="mark sent",
            values=values,
        )
        if done:
            self._tx.wakes.add("track")
            batch = await messages.batch_of(self._tx, message)
            if batch is not None:
                await self._batches.settle(batch, message)
                await self._cards.touch(Subject("batch", batch), pressed=True, bump=True)
        return bool(done)

    async def resend(self, message: Message, *, by: int, place: Place) -> int | None:
        """Send a message of unknown outcome once more, as a new one; None where that was done before.

        Raise OverLimitError where it is more than `by` may send.
        """
        if message.state is not MessageState.IN_DOUBT or message.repeated_by is not None:
            return None
        old = await batches.load(self._tx, message.batch)
        if old is None:
            return None
        await Limits(self._tx, self._policy).ask(by, parts=old.parts)
        content = Content((message.phone,), old.text, old.sender, old.flash, old.subject, old.picture)
        # A repeat that was taken back is no repeat: the next one has an origin of its own.
        origin = f"resend:{message.id}:{await batches.begun_by(self._tx, f'resend:{message.id}:')}"
        kind = MMS.name if old.kind == MMS.name else "sms"
        batch = await self.begin(content, origin=origin, author=by, by=by, place=place, kind=kind, draft=old.draft)
        if batch is not None:
            await messages.mark(self._tx, message.id, repeated_by=batch)
            await self.ask(message, None)
            await self._cards.post(Subject("batch", batch), place, by)
        return batch

    async def ask(self, message: Message, question: str | None) -> None:
        """Open or close a question on the card of a message of unknown outcome."""
        await messages.mark(self._tx, message.id, asking=question)
        for subject in (Subject("batch", message.batch), Subject("message", message.id)):
            await self._cards.touch(subject, pressed=True, bump=True)

    async def load(self, batch: int) -> Batch | None:
        """Return a batch with its messages counted."""
        return await batches.load(self._tx, batch)

    async def message(self, message: int) -> Message | None:
        """Return one message."""
        return await messages.load(self._tx, message)

    async def only_message(self, batch: int) -> Message | None:
        """Return the message of a batch of one."""
        found = await messages.some(self._tx, batch, 2)
        return found[0] if len(found) == 1 else None

    async def find(self, *, phone: str | None = None, gateway_id: str | None = None) -> list[Message]:
        """Return our newest messages to a phone, or with the provider's id."""
        return await messages.find(self._tx, phone=phone, gateway_id=gateway_id)

    async def undoable(self, place: Place, by: int) -> int | None:
        """Return the batch that this person confirmed here and can still take back."""
        return await batches.undoable(self._tx, place, by)

    async def toggle_list(self, batch: int) -> None:
        """Turn the batch's card between its summary and its list."""
        row = await batches.lock(self._tx, batch)
        await batches.change(self._tx, batch, listed=not row.listed)
        await self._cards.touch(Subject("batch", batch), pressed=True)

    async def phones(self, batch: int) -> list[str]:
        """Return everyone a batch was meant for."""
        return await messages.phones(self._tx, batch)

    async def retryable(self, batch: int) -> list[str]:
        """Return the phones worth another try: never a stop-listed one, never one whose outcome is unknown."""
        found = await messages.some(self._tx, batch, 1_000_000, RETRYABLE)
        return [m.phone for m in found if not (m.reason and m.reason.code in NEVER_RETRIED)]

    async def _unrepeat(self, batch: int) -> None:
        """Where nothing of a repeat left, the message it was to repeat may be sent again."""
        original = await batches.unrepeat(self._tx, batch)
        if original is not None:
            await self._cards.touch(Subject("batch", original), pressed=True, bump=True)

    async def _cancel_queued(self, batch: int, by: int, verb: str) -> int:
        where = message_table.c.batch == batch
        moved = await move(
            self._tx, "message", MessageState.QUEUED, MessageState.CANCELLED, where, actor=_person(by), verb=verb
        )
        return len(moved)

    async def _move(
        self, batch: int, source: BatchState, target: BatchState, by: int, verb: str, reason: Reason | None = None
    ) -> bool:
        where, values = batch_table.c.id == batch, {"reason": reason_json(reason)}
        return bool(await move(self._tx, "batch", source, target, where, actor=_person(by), verb=verb, values=values))


def _person(user_id: int) -> str:
    return f"admin:{user_id}"
