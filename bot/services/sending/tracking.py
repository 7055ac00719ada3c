"""News of delivery, asked for without being told to."""

import math
from dataclasses import dataclass
from datetime import datetime

from bot.domain.mms_drafts import MMS, NO_STATUS
from bot.domain.models import Reason
from bot.domain.policy import Policy
from bot.domain.states import MessageState
from bot.services.sending.batches import WORKER, Batches
from bot.storage import batches, messages, valves
from bot.storage.engine import Tx
from bot.storage.moves import move
from bot.storage.rows import reason_json
from bot.storage.tables import messages as table


@dataclass(frozen=True, slots=True)
class Check:
    """One message whose status is to be asked."""

    message: int
    batch: int
    kind: str
    gateway_id: str | None
    sent_at: datetime
    attempts: int
    claim: str


class Tracking:
    """Claims status checks at their pace and stores what they find."""

    def __init__(self, tx: Tx, policy: Policy, batches_: Batches) -> None:
        self._tx, self._policy, self._batches = tx, policy, batches_

    async def claim(self, free: int) -> list[Check]:
        """Take due checks, as many as the status valve lets through."""
        valve = (await valves.load(self._tx, valves.STATUS)).refilled(self._tx.now, self._policy.status_rate)
        limit = min(free, max(0, math.ceil(valve.tokens)))  # rounded up: a rate below one a second still asks
        taken = await messages.claim_tracked(self._tx, limit, self._policy.lease) if limit else []
        await valves.save(self._tx, valve.spent(len(taken)))
        kinds = await batches.kinds(self._tx, {row.batch for row in taken})
        return [Check(r.id, r.batch, kinds[r.batch], r.gateway_id, r.sent_at, r.attempts, r.claim) for r in taken]

    async def store(self, check: Check, found: MessageState | None) -> None:
        """Store an answer: a final state, or None where there is no report yet or no answer at all."""
        over = found is None and self._tx.now - check.sent_at >= self._policy.give_up
        if over and check.kind == MMS.name:
            await self.unknown(check.message)
            return
        if over:
            found = MessageState.NO_REPORT
        if found is None:
            next_at = self._tx.now + self._policy.check_after(check.attempts + 1)
            await messages.release(
                self._tx,
                check.message,
                check.claim,
                next_at=next_at,
                attempts=check.attempts + 1,
                checked_at=self._tx.now,
            )
            return
        await self.learn(check.message, found)

    async def next_due(self) -> datetime | None:
        """Return when the next check falls due."""
        return await messages.next_check(self._tx)

    async def checked(self, message: int) -> None:
        """Remember that the provider was asked just now and had no report."""
        await messages.mark(self._tx, message, checked_at=self._tx.now)
        batch = await messages.batch_of(self._tx, message)
        if batch is not None:
            await self._batches.settle(batch, message)

    async def unknown(self, message: int) -> None:
        """The provider knows no such id: of an MMS, whose status nobody has promised, it is not asked any more."""
        batch = await messages.batch_of(self._tx, message)
        if batch is None or (await batches.kinds(self._tx, {batch}))[batch] != MMS.name:
            return
        reason = reason_json(Reason(NO_STATUS))
        await messages.untrack(self._tx, message, checked_at=self._tx.now, reason=reason)
        await self._batches.settle(batch, message)

    async def learn(self, message: int, found: MessageState) -> bool:
        """Store a final state, whoever asked; late news never takes anything back. Return whether it was news.

        The status call knows ids, not kinds: where an SMS of ours has the id of an MMS, the news is taken to be the SMS's.
        """
        values = {
            "final_at": self._tx.now,
            "checked_at": self._tx.now,
            "claim": None,
            "lease_until": None,
            "next_at": None,
        }
        known = await messages.load(self._tx, message)
        if known is None or known.state not in _EARLIER.get(found, ()):
            return False
        if known.gateway_id is not None and await self._of_sms(known.batch, known.gateway_id):
            await self.unknown(message)
            return False
        where = table.c.id == message
        if not await move(self._tx, "message", known.state, found, where, actor=WORKER, verb="report", values=values):
            return False
        good = found is MessageState.DELIVERED
        await self._batches.settle(known.batch, message, lift=not good, calm=found is MessageState.NO_REPORT)
        return True

    async def _of_sms(self, batch: int, gateway_id: str) -> bool:
        """Return whether a batch is of MMS and the provider gave this id to an SMS as well."""
        mms = (await batches.kinds(self._tx, {batch}))[batch] == MMS.name
        return mms and await messages.is_of_sms(self._tx, gateway_id)


_EARLIER = {
    MessageState.DELIVERED: (MessageState.SENT, MessageState.NO_REPORT, MessageState.NOT_DELIVERED),
    MessageState.NOT_DELIVERED: (MessageState.SENT, MessageState.NO_REPORT),
    MessageState.NO_REPORT: (MessageState.SENT,),
}
