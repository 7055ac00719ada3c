"""What became of a paid call: the only place where an outcome turns into states, money flow and cards."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from bot.domain.models import Reason, Subject
from bot.domain.outcomes import Accepted, InDoubt, NotSent, Outcome, Rejected
from bot.domain.policy import Policy
from bot.domain.states import BatchState, MessageState
from bot.domain.valve import AUTHENTICATION, Valve
from bot.services.cards import Cards
from bot.services.money.troubles import Troubles
from bot.services.money.watchers import Watchers
from bot.services.requests import Requests
from bot.services.sending.batches import WORKER, Batches
from bot.services.sending.bursts import Bursts
from bot.storage import batches, messages, valves
from bot.storage.engine import Tx
from bot.storage.messages import Send
from bot.storage.moves import move
from bot.storage.rows import reason_json
from bot.storage.tables import messages as table

DOUBTS_IN_A_ROW = 3
REFUSALS_IN_A_ROW = 20
_DONE: Mapping[str, Any] = {"claim": None, "lease_until": None, "next_at": None}


class Outcomes:
    """Stores the outcome of each claimed message, if its claim is still held."""

    def __init__(
        self, tx: Tx, policy: Policy, cards: Cards, batches_: Batches, requests: Requests, bursts: Bursts
    ) -> None:
        self._tx, self._policy, self._cards = tx, policy, cards
        self._batches, self._requests, self._bursts = batches_, requests, bursts
        self._troubles = Troubles(tx, Watchers(tx, policy, cards))

    async def store(self, *results: tuple[Send, Outcome]) -> None:
        """Store outcomes, of each batch in the order in which they came.

        One whose claim is gone changes nothing but the valve.
        """
        before = valve = await valves.load(self._tx)
        for _, outcome in results:
            valve = self._turn(valve, outcome)
        await valves.save(self._tx, valve)
        for _, alike in groupby(sorted(results, key=_batch), key=_alike):
            await self._each(list(alike))
        await self._bursts.seen([outcome for _, outcome in results])
        if before.shut != valve.shut:
            await self._batches.touch_waiting()
        self._tx.wakes.add("dispatch")

    async def _each(self, alike: Sequence[tuple[Send, Outcome]]) -> None:
        """Store what the provider took from one batch under one claim, however many that is; or one other outcome."""
        ids = {send.message: outcome.id for send, outcome in alike if isinstance(outcome, Accepted)}
        send, outcome = alike[0]
        match outcome:
            case Accepted():
                await self._accepted(send, ids)
            case Rejected(account_wide=False):
                await self._rejected(send, outcome)
            case Rejected():
                await self._account_refused(send, outcome)
            case NotSent():
                await self._not_sent(send)
            case InDoubt():
                await self._in_doubt(send, outcome)

    def _turn(self, valve: Valve, outcome: Outcome) -> Valve:
        match outcome:
            case Rejected(account_wide=True):
                return valve.shut_for(outcome.reason, self._tx.now)
            case Accepted() | Rejected():
                return valve.answered()
            case _:
                return valve.failed(self._tx.now)

    async def _accepted(self, send: Send, ids: Mapping[int, str]) -> None:
        first_check = {"next_at": self._tx.now + self._policy.check_after(0), "attempts": 0}
        values = {
            **_DONE,
            **first_check,
            "gateway_id": messages.given(ids),
            "sent_at": self._tx.now,
            "final_at": None,
            "reason": None,
        }
        if told := await self._answer(send, MessageState.SENT, "accepted", values, *ids):
            await batches.change(
                self._tx, send.batch, progress_at=self._tx.now, waiting_since=None, doubts=0, refusals=0
            )
            self._tx.wakes.add("track")
            await self._batches.settle(send.batch, *told)

    async def _rejected(self, send: Send, outcome: Rejected) -> None:
        reason = reason_json(Reason(outcome.reason, raw=outcome.raw))
        if not await self._answer(
            send, MessageState.REJECTED, "rejected", {**_DONE, "reason": reason, "final_at": self._tx.now}
        ):
            return
        refusals = (await batches.lock(self._tx, send.batch)).refusals + 1
        progress = {"progress_at": self._tx.now, "waiting_since": None, "doubts": 0, "refusals": refusals}
        await batches.change(self._tx, send.batch, **progress)
        if refusals >= REFUSALS_IN_A_ROW:
            await self._batches.pause(send.batch, Reason("refusals", {"of": outcome.reason, "n": refusals}))
        await self._batches.settle(send.batch, send.message, lift=True, near=True)
        await self._tell_original(send.batch)

    async def _account_refused(self, send: Send, outcome: Rejected) -> None:
        """The message did nothing wrong: back to the queue, and its batch waits."""
        await self._give_back(send)
        reason = Reason(outcome.reason, raw=outcome.raw)
        if not await self._batches.pause(send.batch, reason):
            await self._batches.worsen(send.batch, reason)
        await self._requests.watch_reopening(outcome.reason)
        if outcome.reason == AUTHENTICATION:
            await self._troubles.shut_out()

    async def _not_sent(self, send: Send) -> None:
        if await self._give_back(send) and (await batches.lock(self._tx, send.batch)).waiting_since is None:
            await batches.change(self._tx, send.batch, waiting_since=self._tx.now)
        await self._batches.settle(send.batch, send.message)

    async def _in_doubt(self, send: Send, outcome: InDoubt) -> None:
        # The token stays: should this very call's answer turn up after all, its holder may still store it.
        values = {
            "reason": reason_json(Reason(outcome.why, raw=outcome.raw)),
            "final_at": self._tx.now,
            "next_at": None,
        }
        if not await self._move(MessageState.SENDING, MessageState.IN_DOUBT, send, "doubt", values):
            return
        doubts = (await batches.lock(self._tx, send.batch)).doubts + 1
        await batches.change(self._tx, send.batch, doubts=doubts)
        if doubts >= DOUBTS_IN_A_ROW:
            await self._batches.pause(send.batch, Reason("doubts", {"n": doubts}))
        await self._batches.settle(send.batch, send.message, lift=True, near=True)

    async def _give_back(self, send: Send) -> bool:
        """Queue the message again, as only its holder may; of a stopped batch nothing is queued any more."""
        values = {**_DONE, "sending_at": None, "next_at": self._tx.now}
        if not await self._move(MessageState.SENDING, MessageState.QUEUED, send, "give back", values):
            return False
        if (await batches.lock(self._tx, send.batch)).state in (BatchState.STOPPED, BatchState.FINISHED):
            where = table.c.id == send.message
            await move(
                self._tx, "message", MessageState.QUEUED, MessageState.CANCELLED, where, actor=WORKER, verb="stop"
            )
        return True

    async def _answer(
        self, send: Send, target: MessageState, verb: str, values: Mapping[str, Any], *others: int
    ) -> list[int]:
        """Store an answer for a message, and for others of its claim; return those that still waited for one."""
        told = await self._move(MessageState.SENDING, target, send, verb, values, *others)
        if len(told) < len({send.message, *others}):
            told += await self._move(MessageState.IN_DOUBT, target, send, verb, values, *others)
        return told

    async def _move(
        self,
        source: MessageState,
        target: MessageState,
        send: Send,
        verb: str,
        values: Mapping[str, Any],
        *others: int,
    ) -> list[int]:
        held = (table.c.id.in_({send.message, *others}), table.c.claim == send.claim)
        return await move(self._tx, "message", source, target, *held, actor=WORKER, verb=verb, values=values)

    async def _tell_original(self, batch: int) -> None:
        """A repeat's refusal is news of the message it repeats."""
        original = await batches.repeated_in(self._tx, batch)
        if original is not None:
            await self._cards.touch(Subject("batch", original))


def _batch(result: tuple[Send, Outcome]) -> int:
    """Return the batch: whoever locks several of them does it in the order of their ids."""
    return result[0].batch


def _alike(result: tuple[Send, Outcome]) -> tuple[int, str] | int:
    """Tell outcomes apart that cannot be stored as one."""
    send, outcome = result
    return (send.batch, send.claim) if isinstance(outcome, Accepted) else send.message
