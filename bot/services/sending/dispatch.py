"""What may leave now. Every claim of a paid call goes through here, under the valve, and only here."""

from datetime import datetime

from bot.domain.models import Reason, Subject
from bot.domain.policy import Policy
from bot.domain.states import BatchState, MessageState
from bot.domain.valve import BACKOFF, NO_CREDIT, Valve
from bot.services.cards import Cards
from bot.services.sending.batches import WORKER, Batches
from bot.services.sending.restart import Restart
from bot.storage import batches, claims, messages, valves
from bot.storage.engine import Tx
from bot.storage.messages import Send
from bot.storage.moves import move
from bot.storage.rows import reason_json
from bot.storage.tables import batches as batch_table
from bot.storage.tables import messages as message_table


class Dispatch:
    """Claims messages: recovers the lost, expires the late, starts the ready, then serves batch by batch."""

    def __init__(self, tx: Tx, policy: Policy, cards: Cards, batches_: Batches, restart: Restart) -> None:
        self._tx, self._policy, self._cards = tx, policy, cards
        self._batches, self._restart = batches_, restart

    async def claim(self, free: int) -> list[Send]:
        """Take at most `free` messages, as `sending` rows under a claim; the valve is locked first."""
        before = await valves.load(self._tx)
        lost = await self._recover()
        valve = before.refilled(self._tx.now, self._policy.send_rate)
        valve = valve.failed(self._tx.now) if lost else valve
        late = [] if valve.stopped_by else await self._expire(valve)
        await self._restart.call(lost, late)
        if not valve.stopped_by:
            await self._start()
        taken: list[Send] = []
        passed: list[int] = []
        while (grant := valve.grant(free - len(taken))) > 0:
            batch = await batches.next_to_serve(self._tx, passed)
            if batch is None:
                break
            passed.append(batch.id)
            sends, valve = await self._take(batch.id, grant, valve)
            taken += sends
        await valves.save(self._tx, valve)
        if before.shut != valve.shut:
            await self._batches.touch_waiting()
        return taken

    async def next_due(self) -> datetime | None:
        """Return when a claim may find something new."""
        valve = await valves.peek(self._tx)
        # What a person keeps shut starts nothing, however long it has been due.
        start = None if valve.stopped_by else await batches.next_start(self._tx)
        moments = [start, await messages.next_expiry(self._tx), valve.until]
        return min((moment for moment in moments if moment is not None), default=None)

    async def _take(self, batch: int, grant: int, valve: Valve) -> tuple[list[Send], Valve]:
        chosen: list[int] = []
        for message, parts in await messages.queued(self._tx, batch, grant):
            if valve.tokens <= 0:
                break
            chosen.append(message)
            valve = valve.spent(parts)
        token = claims.token()
        values = {
            "claim": token,
            "lease_until": self._tx.now + self._policy.lease,
            "sending_at": self._tx.now,
            "attempts": message_table.c.attempts + 1,
        }
        picked = message_table.c.id.in_(chosen)
        taken = await move(
            self._tx,
            "message",
            MessageState.QUEUED,
            MessageState.SENDING,
            picked,
            actor=WORKER,
            verb="send",
            values=values,
        )
        await batches.change(self._tx, batch, served_at=self._tx.now)
        await self._cards.touch(Subject("batch", batch))
        return await messages.sends(self._tx, taken), valve

    async def _recover(self) -> list[int]:
        """Find calls whose holder is gone: nobody knows what became of them. Return their batches.

        The token stays, so that a holder who was only late may still tell.
        """
        late = message_table.c.lease_until < self._tx.now
        values = {"reason": reason_json(Reason("lost")), "final_at": self._tx.now, "next_at": None, "lease_until": None}
        lost = await move(
            self._tx,
            "message",
            MessageState.SENDING,
            MessageState.IN_DOUBT,
            late,
            actor=WORKER,
            verb="recover",
            values=values,
        )
        found = []
        for message in lost:
            batch = await messages.batch_of(self._tx, message)
            if batch is not None:
                await self._batches.settle(batch, message)
                found.append(batch)
        return found

    async def _expire(self, valve: Valve) -> list[int]:
        """Pause what could hand nothing over in time, and ask; what waits for money that long asks, too. Return both."""
        overdue = batch_table.c.progress_at < self._tx.now - self._policy.queue
        late = await batches.ids(self._tx, batches.moving(), batches.complete(), batches.waits(), overdue)
        found = []
        for batch in late:
            args = {"of": of} if (of := await self._held_up(batch, valve)) else {}
            if await self._batches.pause(batch, Reason("expired", args), lift=False):
                found.append(batch)
        for batch in await batches.ids(self._tx, batches.paused_for(NO_CREDIT), overdue):
            await batches.change(self._tx, batch, reason=reason_json(Reason("expired", {"of": NO_CREDIT})))
            await self._cards.touch(Subject("batch", batch), bump=True)
            found.append(batch)
        return found

    async def _held_up(self, batch: int, valve: Valve) -> str | None:
        """Name what kept a batch back: a refusal of the account, or that nobody was there to send it; None: silence."""
        if valve.shut and valve.shut != BACKOFF:
            return valve.shut
        return None if (await batches.lock(self._tx, batch)).waiting_since else "down"

    async def _start(self) -> None:
        """Begin what nobody has taken back in time."""
        due = (batch_table.c.undo_until <= self._tx.now, batches.complete())
        for batch in await move(
            self._tx, "batch", BatchState.READY, BatchState.RUNNING, *due, actor=WORKER, verb="start"
        ):
            await self._cards.touch(Subject("batch", batch), bump=True)
