"""What every use case of a batch shares: stopping short, coming to the end, telling its cards."""

from collections.abc import Mapping
from typing import Any

from bot.domain.models import Reason, Subject
from bot.domain.states import BatchState, MessageState
from bot.domain.valve import outlasts
from bot.services.cards import Cards
from bot.storage import batches, cards, messages, standings
from bot.storage.engine import Tx
from bot.storage.moves import move
from bot.storage.rows import reason_json
from bot.storage.tables import batches as table

WORKER = "worker"


class Batches:
    """Moves of a batch as a whole."""

    def __init__(self, tx: Tx, cards: Cards) -> None:
        self._tx, self._cards = tx, cards

    async def pause(self, batch: int, reason: Reason, *, actor: str = WORKER, lift: bool = True) -> bool:
        """Hold a batch back until a person decides (or, for some reasons, the cause is gone), and say why."""
        values = {"reason": reason_json(reason), "paused_at": self._tx.now}
        for source in (BatchState.RUNNING, BatchState.READY):
            if await self._move(
                batch, source, BatchState.PAUSED, actor=actor, verb="pause", values=values, code=reason.code
            ):
                if lift:
                    await self._cards.lift(Subject("batch", batch), bump=True)
                else:
                    await self._cards.touch(Subject("batch", batch), bump=True)
                return True
        return False

    async def worsen(self, batch: int, reason: Reason) -> None:
        """Name another refusal of the account on a batch that is paused for one, where this one takes more to get better."""
        row = await batches.lock(self._tx, batch)
        if row.state == BatchState.PAUSED and outlasts(reason.code, (row.reason or {}).get("code")):
            await batches.change(self._tx, batch, reason=reason_json(reason))
            await self._cards.lift(Subject("batch", batch), bump=True)

    async def settle(
        self, batch: int, *messages_: int, near: bool = False, lift: bool = False, calm: bool = False
    ) -> None:
        """After news of messages: end the batch when nothing of it can leave any more, and tell the cards of all.

        A batch of one is lifted when its news says so; a larger one only when the last outcome is in.
        """
        row = await batches.lock(self._tx, batch)  # of two last outcomes at once, one must see the other
        if row.kind == "test":
            await self._cards.touch(Subject("draft", row.draft))
        await cards.touch_all(self._tx, "message", messages_)
        alive, total = await batches.alive(self._tx, batch), int(row.total)  # of a million, none are counted here
        if not alive:
            for source in (BatchState.RUNNING, BatchState.PAUSED):
                await self._move(batch, source, BatchState.FINISHED, actor=WORKER, verb="finish")
        await standings.renew(self._tx, [batch])
        over = not alive and not await messages.some(self._tx, batch, 1, (MessageState.SENT,))
        if (lift and total == 1) or (over and total > 1):
            await self._cards.lift(Subject("batch", batch), near=near and total == 1, calm=calm or total > 1)
        else:
            await self._cards.touch(Subject("batch", batch))

    async def resume(self, batch: int, *, actor: str) -> bool:
        """Let a paused batch go on, with its waiting time counted anew."""
        values = {
            "reason": None, "paused_at": None, "progress_at": self._tx.now, "waiting_since": None, "doubts": 0, "refusals": 0,
        }  # fmt: skip
        done = await self._move(batch, BatchState.PAUSED, BatchState.RUNNING, actor=actor, verb="resume", values=values)
        if done:
            self._tx.wakes.add("dispatch")
            await self._cards.touch(Subject("batch", batch), bump=True)
        return done

    async def touch_waiting(self) -> None:
        """Tell every batch that waits for the valve that the valve has changed."""
        for batch in await batches.ids(self._tx, batches.moving()):
            await self._cards.touch(Subject("batch", batch))

    async def _move(
        self,
        batch: int,
        source: BatchState,
        target: BatchState,
        *,
        actor: str,
        verb: str,
        values: Mapping[str, Any] | None = None,
        **data: Any,
    ) -> bool:
        where = table.c.id == batch
        return bool(
            await move(self._tx, "batch", source, target, where, actor=actor, verb=verb, values=values, data=data)
        )
