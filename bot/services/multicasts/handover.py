"""Handing a multicast to the provider: once at most, ever, and never late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement

from bot.domain.approvals import needed
from bot.domain.countdown import changes_at
from bot.domain.models import Multicast, Reason, Subject
from bot.domain.money import cost
from bot.domain.outcomes import Accepted, InDoubt, NotSent, Outcome, Rejected
from bot.domain.policy import Policy
from bot.domain.states import DraftState, MulticastState
from bot.domain.valve import Valve
from bot.services.cards import Cards
from bot.services.money.troubles import Troubles
from bot.services.money.watchers import Watchers
from bot.services.requests import Requests
from bot.storage import drafts, multicasts, people, valves
from bot.storage.engine import Tx
from bot.storage.moves import move
from bot.storage.rows import reason_json
from bot.storage.tables import drafts as draft_table
from bot.storage.tables import multicasts as table

ACTOR: Final = "worker"
LATE: Final = timedelta(minutes=10)
AT_ONCE: Final = timedelta(minutes=1)
DRIFT: Final = 0.05
_PAUSE: Final = timedelta(seconds=30)
_FREE: Final[Mapping[str, Any]] = {"claim": None, "lease_until": None}


@dataclass(frozen=True, slots=True)
class HandOver:
    """A claimed multicast that is still held: it will be counted first."""

    multicast: int
    claim: str


@dataclass(frozen=True, slots=True)
class Order:
    """What the paid call says; the intent to make it is committed."""

    text: str
    sender: str
    bases: tuple[str, ...]
    start_at: datetime | None
    lease_until: datetime


class Handovers:
    """Claims what is due, counts it again, and stores what became of the one call."""

    def __init__(self, tx: Tx, policy: Policy, cards: Cards, requests: Requests) -> None:
        self._tx, self._policy, self._cards, self._requests = tx, policy, cards, requests
        self._troubles = Troubles(tx, Watchers(tx, policy, cards))

    async def claim(self, free: int) -> list[HandOver]:
        """Take what is due under the valve; say first what was lost, missed, or has begun."""
        before = await valves.load(self._tx)
        lost = await self._recover()
        valve = before.refilled(self._tx.now, self._policy.send_rate)
        valve = valve.failed(self._tx.now) if lost else valve
        await self._miss(valve)
        await self._lapse()
        await self._pass()
        await self._tell_time()
        grant = valve.grant(free)
        taken = await multicasts.claim_due(self._tx, grant, self._policy.lease) if grant else []
        await valves.save(self._tx, valve)
        return [HandOver(row.id, row.claim) for row in taken]

    async def next_due(self) -> datetime | None:
        """Return when a claim may find something new; what a person keeps shut is only looked at when it is too late."""
        stopped = (await valves.peek(self._tx)).stopped_by is not None
        return await multicasts.next_moment(self._tx, late=LATE if stopped else None)

    async def begin(self, item: HandOver, counts: Mapping[str, int]) -> Order | None:
        """Commit the intent to make the call; None where it must not be made: a question, a stop, another's claim."""
        valve = await valves.load(self._tx)
        held = await multicasts.lock(self._tx, item.multicast)
        if held is None or held.state is not MulticastState.HELD:
            return None
        if valve.shut or valve.stopped_by or valve.probe == "flying":
            await self._release(item, next_at=self._tx.now + _PAUSE)
            return None
        confirmer = await people.load(self._tx, held.confirmed_by)
        question = _question(held, counts, self._policy, confirmer.largest_multicast if confirmer else None)
        if question is not None:
            await self._release(item, next_at=None, asking=question)
            await self._cards.lift(Subject("multicast", held.id), bump=True)
            return None
        lease_until = self._tx.now + self._policy.lease
        before = await self._requests.known_balance()
        values = {"lease_until": lease_until, "asking": None, "handed_at": self._tx.now, "balance_before": before}
        if not await self._move(held.id, "held", "handing_over", "hand over", values, table.c.claim == item.claim):
            return None
        # Only now is a call on its way: what was counted and then not handed over has tried nothing.
        await valves.save(self._tx, valve.spent(0))
        await self._cards.touch(Subject("multicast", held.id), bump=True)
        soon = held.start_at is None or held.start_at - self._tx.now < AT_ONCE
        names = tuple(base.name for base in held.bases)
        return Order(held.text, held.sender, names, None if soon else held.start_at, lease_until)

    async def postpone(self, item: HandOver, why: Outcome) -> None:
        """The provider could not be asked for its bases: nothing was handed over, try again."""
        valve = await valves.load(self._tx)
        await valves.save(self._tx, _turn(valve, why, self._tx.now))
        if isinstance(why, Rejected) and why.account_wide:
            await self._refused(why)
        await self._wait(item.multicast, item.claim)

    async def store(self, item: HandOver, outcome: Outcome) -> None:
        """Store what became of the one call."""
        valve = await valves.load(self._tx)
        await valves.save(self._tx, _turn(valve, outcome, self._tx.now))
        mine = table.c.claim == item.claim
        match outcome:
            case Accepted():
                begun = table.c.start_at.is_(None)
                values = {**_FREE, "next_at": None, "reason": None, "waiting_since": None, "passed": begun}
                done = await self._answer(item.multicast, "handed_over", "handed over", values, mine)
                await self._requests.balance_beside(item.multicast)
            case Rejected(account_wide=False):
                values = {**_FREE, "next_at": None, "reason": reason_json(Reason(outcome.reason, raw=outcome.raw))}
                done = await self._answer(item.multicast, "rejected", "rejected", values, mine)
            case InDoubt():
                values = {"next_at": None, "reason": reason_json(Reason(outcome.why, raw=outcome.raw))}
                done = await self._move(item.multicast, "handing_over", "in_doubt", "doubt", values, mine)
                await self._requests.balance_beside(item.multicast)
            case _:
                await self._give_back(item, outcome)
                return
        if done:
            await self._tell(item.multicast, loud=not isinstance(outcome, Accepted), near=True)

    async def _give_back(self, item: HandOver, outcome: NotSent | Rejected) -> None:
        """Nothing was handed over: hold it again, and try as long as it is not too late."""
        values: dict[str, Any] = {**_FREE, "handed_at": None, "next_at": self._tx.now + _PAUSE}
        if isinstance(outcome, Rejected):
            values["reason"] = reason_json(Reason(outcome.reason, raw=outcome.raw))
            await self._refused(outcome)
        mine = table.c.claim == item.claim
        if await self._move(item.multicast, "handing_over", "held", "give back", values, mine):
            await self._wait(item.multicast, None)

    async def _refused(self, refusal: Rejected) -> None:
        await self._requests.watch_reopening(refusal.reason)
        if refusal.reason == "AUTHENTICATION_FAILURE":
            await self._troubles.shut_out()

    async def _wait(self, multicast: int, claim: str | None) -> None:
        held = await multicasts.lock(self._tx, multicast)
        if held is None or held.state is not MulticastState.HELD:
            return
        values = {"waiting_since": held.waiting_since or self._tx.now, "next_at": self._tx.now + _PAUSE}
        if claim is None:
            await multicasts.change(self._tx, multicast, **values)
        else:
            await multicasts.release(self._tx, multicast, claim, **values)
        await self._cards.touch(Subject("multicast", multicast), bump=True)

    async def _recover(self) -> list[int]:
        """Find calls whose holder is gone: nobody knows what became of them."""
        late = table.c.lease_until < self._tx.now
        values = {"reason": reason_json(Reason("lost")), "next_at": None, "lease_until": None}
        lost = await move(
            self._tx, "multicast", "handing_over", "in_doubt", late, actor=ACTOR, verb="recover", values=values
        )
        for multicast in lost:
            await self._tell(multicast, loud=True)
        return lost

    async def _miss(self, valve: Valve) -> None:
        """Let go of what is too late, and ask: never hand over late."""
        for multicast in await multicasts.overdue(self._tx, self._tx.now - LATE):
            held = await multicasts.lock(self._tx, multicast)
            if held is None:
                continue
            code = "stopped" if valve.stopped_by else _why_missed(held)
            values = {**_FREE, "next_at": None, "reason": reason_json(Reason(code)), "asking": None}
            if await self._move(multicast, "held", "missed", "miss", values):
                await self._tell(multicast, loud=True)

    async def _lapse(self) -> None:
        """Let go of edits that were not confirmed by their start: not sending can be mended, sending cannot."""
        for draft in await drafts.unconfirmed_edits(self._tx):
            where = draft_table.c.id == draft
            await move(
                self._tx, "draft", DraftState.OPEN, DraftState.LAPSED, where, actor=ACTOR, verb="lapse", values={"listens": False}
            )  # fmt: skip
            await self._cards.lift(Subject("draft", draft), bump=True)
            await self._cards.touch(Subject("ask", draft), pressed=True)

    async def _pass(self) -> None:
        """Show that the start time of what the provider has is here."""
        for multicast in await multicasts.started(self._tx):
            await multicasts.change(self._tx, multicast, passed=True)
            await self._requests.balance_beside(multicast)
            await self._cards.touch(Subject("multicast", multicast), bump=True)

    async def _tell_time(self) -> None:
        """Let the cards of what is held say how long it still is, as often as that changes."""
        for held in await multicasts.telling(self._tx):
            tells_at = changes_at(held.start_at, self._tx.now) if held.start_at else None
            await multicasts.change(self._tx, held.id, tells_at=tells_at)
            await self._cards.touch(Subject("multicast", held.id))

    async def _release(self, item: HandOver, **values: Any) -> None:
        await multicasts.release(self._tx, item.multicast, item.claim, **values)

    async def _tell(self, multicast: int, *, loud: bool, near: bool = False) -> None:
        subject = Subject("multicast", multicast)
        if loud:
            await self._cards.lift(subject, near=near, bump=True)
        else:
            await self._cards.touch(subject, bump=True)

    async def _answer(
        self, multicast: int, target: str, verb: str, values: Mapping[str, Any], mine: ColumnElement[bool]
    ) -> bool:
        for source in ("handing_over", "in_doubt"):
            if await self._move(multicast, source, target, verb, values, mine):
                return True
        return False

    async def _move(
        self,
        multicast: int,
        source: str,
        target: str,
        verb: str,
        values: Mapping[str, Any],
        *where: ColumnElement[bool],
    ) -> bool:
        this = (table.c.id == multicast, *where)
        return bool(await move(self._tx, "multicast", source, target, *this, actor=ACTOR, verb=verb, values=values))


def _question(held: Multicast, counts: Mapping[str, int], policy: Policy, largest: int | None) -> dict[str, Any] | None:
    """Compare what was confirmed with what the bases hold now: a drift asks, and whatever takes a second person by now.

    `largest`: how many numbers at once its confirmer may send to; more than that asks too.
    """
    confirmed = held.bases
    gone = [base.name for base in confirmed if base.name not in counts]
    if gone:
        return {"kind": "gone", "names": gone}
    was, now = sum(base.total for base in confirmed), sum(counts[base.name] for base in confirmed)
    second = _second(held, now, policy) and not _second(held, was, policy)
    over = largest is not None and was <= largest < now
    if abs(now - was) <= DRIFT * was and not (second or over):
        return None
    return {"kind": "drift", "was": was, "now": now, "counts": {base.name: counts[base.name] for base in confirmed}}


def _second(held: Multicast, recipients: int, policy: Policy) -> bool:
    return needed(policy, recipients, cost(recipients * held.parts, held.price))


def _why_missed(held: Multicast) -> str:
    if held.asking and held.asking.get("kind") in ("drift", "gone"):
        return "unanswered"
    return "silent" if held.waiting_since else "down"


def _turn(valve: Valve, outcome: Outcome, now: datetime) -> Valve:
    match outcome:
        case Rejected(account_wide=True):
            return valve.shut_for(outcome.reason, now)
        case Accepted() | Rejected():
            return valve.answered()
        case _:
            return valve.failed(now)
