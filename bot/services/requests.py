"""Questions to the provider that cost nothing: asked as rows, answered by a worker, shown by their cards."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Row

from bot.domain.models import Message, Place, Reason, Subject
from bot.domain.money import Snapshot
from bot.domain.policy import Policy
from bot.domain.states import RequestState
from bot.domain.valve import AUTHENTICATION, NO_CREDIT
from bot.services.cards import Cards
from bot.services.sending.batches import WORKER, Batches
from bot.storage import bases, batches, messages, requests, valves
from bot.storage.engine import Tx
from bot.storage.moves import move
from bot.storage.tables import requests as table

FRESH = timedelta(minutes=5)
LISTED = timedelta(minutes=1)
NO_FLICKER = 0.4
LEASE = timedelta(seconds=60)
_REOPENED_BY_BALANCE = (AUTHENTICATION, NO_CREDIT)
_LONGEST = 10


class Requests:
    """Asks and answers."""

    def __init__(self, tx: Tx, policy: Policy, cards: Cards, batches_: Batches) -> None:
        self._tx, self._policy, self._cards, self._batches = tx, policy, cards, batches_

    async def ask(self, kind: str, args: Mapping[str, Any], place: Place, reader: int) -> int:
        """Ask, and show a card: with the answer if that is quick, else with the question. Return the request's id."""
        request = await requests.ask(self._tx, kind, args)
        self._tx.wakes.add("requests")
        await self._cards.post(Subject("request", request), place, reader, after=NO_FLICKER)
        return request

    async def ask_again(self, earlier: int) -> None:
        """Ask the same anew, on the card of the earlier answer."""
        asked = await requests.load(self._tx, earlier)
        if asked is not None:
            request = await requests.ask(self._tx, asked.kind, asked.args)
            self._tx.wakes.add("requests")
            await self._cards.repoint(Subject("request", earlier), Subject("request", request))

    async def balance_for(self, draft: int) -> Snapshot | None:
        """Return the last balance; ask for a new one on behalf of a draft's card where it is old or money has gone since."""
        last = await requests.last_balance(self._tx)
        if last is None or self._tx.now - last.at > FRESH or await messages.sent_since(self._tx, last.at):
            await requests.ask(self._tx, "balance", {"draft": draft})
            self._tx.wakes.add("requests")
        return last

    async def balance_beside(self, multicast: int) -> None:
        """Ask for the balance on behalf of a multicast's card, to be shown beside the one before."""
        await requests.ask(self._tx, "balance", {"multicast": multicast})
        self._tx.wakes.add("requests")

    async def known_balance(self) -> Decimal | None:
        """Return the balance as last known."""
        last = await requests.last_balance(self._tx)
        return last.balance if last else None

    async def bases_for(self, draft: int) -> None:
        """Ask for the provider's list of bases on behalf of a draft's card, where the one we have is old."""
        if not await self.bases_are_fresh():
            await self.ask_for_bases(draft)

    async def ask_for_bases(self, draft: int) -> None:
        """Ask for the provider's list of bases on behalf of a draft's card."""
        await requests.ask(self._tx, "bases", {"draft": draft})
        self._tx.wakes.add("requests")

    async def bases_are_fresh(self) -> bool:
        """Return whether the provider has given its list within a minute."""
        listed_at = await bases.listed_at(self._tx)
        return listed_at is not None and self._tx.now - listed_at <= LISTED

    async def bases_known(self, found: Sequence[tuple[str, str, int]]) -> None:
        """Keep the provider's list of bases."""
        await bases.keep(self._tx, found)

    async def check(self, message: Message) -> None:
        """Ask for the status of one of our messages now; its own card will show the answer."""
        await requests.ask(self._tx, "status", {"message": message.id, "gateway_id": message.gateway_id})
        self._tx.wakes.add("requests")

    async def claim(self, free: int) -> list[Row[Any]]:
        """Take at most `free` questions that are due."""
        return await requests.claim(self._tx, free, LEASE)

    async def next_due(self) -> datetime | None:
        """Return when the next question falls due."""
        return await requests.next_due(self._tx)

    async def watch_reopening(self, reason: str) -> None:
        """Keep asking for the balance until it answers, where that shows that the cause is gone."""
        if reason in _REOPENED_BY_BALANCE and await requests.asked(self._tx, "reopen") is None:
            request = await requests.ask(self._tx, "reopen", {"reason": reason})
            await requests.change(self._tx, request, next_at=self._tx.now + timedelta(minutes=1))

    async def answered(self, request: int, result: Mapping[str, Any]) -> None:
        """Store an answer and show it."""
        await self._end(request, RequestState.ANSWERED, "answered", result)

    async def failed(self, request: int, reason: Reason) -> None:
        """Store that there was no answer worth showing, and show that."""
        await self._end(request, RequestState.FAILED, "failed", {"code": reason.code, "raw": reason.raw})

    async def again(self, request: int, claim: str, attempts: int) -> None:
        """Ask once more, after a minute and then less and less often."""
        wait = timedelta(minutes=min(_LONGEST, 1 + attempts))
        await requests.again(self._tx, request, claim, self._tx.now + wait)

    async def balance_known(self, snapshot: Snapshot) -> bool:
        """Keep a balance answer, and let go on what it shows to be no more: each cause by itself. Return whether none is left.

        An answer at all means that the login is good; only money means that there is money. What waits for it goes on although
        the valve is shut for something else: it then waits for the valve as every other send does.
        """
        await requests.keep_balance(self._tx, snapshot)
        valve = await valves.load(self._tx)
        healed = _REOPENED_BY_BALANCE if snapshot.available > 0 else (AUTHENTICATION,)
        if valve.shut in healed:
            valve = valve.reopened()
            await valves.save(self._tx, valve)
            await self._batches.touch_waiting()
        waiting = await batches.ids(self._tx, batches.paused_for(NO_CREDIT))
        for batch in waiting if NO_CREDIT in healed else ():
            await self._batches.resume(batch, actor=WORKER)
        self._tx.wakes.add("dispatch")
        return NO_CREDIT in healed or (valve.shut != NO_CREDIT and not waiting)

    async def _end(self, request: int, target: RequestState, verb: str, result: Mapping[str, Any]) -> None:
        values = {
            "result": dict(result),
            "answered_at": self._tx.now,
            "claim": None,
            "lease_until": None,
            "next_at": None,
        }
        where = table.c.id == request
        await move(self._tx, "request", RequestState.ASKED, target, where, actor=WORKER, verb=verb, values=values)
        await self._cards.touch(Subject("request", request))
        asked = await requests.load(self._tx, request)
        for kind in ("draft", "multicast"):
            if asked is not None and kind in asked.args:
                await self._cards.touch(Subject(kind, int(asked.args[kind])))
