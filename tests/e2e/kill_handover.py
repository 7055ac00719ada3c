"""The story of a hand-over: a multicast is confirmed, counted again, and handed over; in a later life it goes on."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from bot.domain.bell import Bell
from bot.domain.clock import SystemClock
from bot.domain.models import Place
from bot.domain.policy import Policy
from bot.lanes import Loop, run_together
from bot.services.unit import Unit
from bot.storage import tables
from bot.storage.engine import Database
from bot.worker.asking import AskLane
from bot.worker.handover import HandOverLane
from gateway import Gateway
from sandbox.app import serve
from sandbox.sms2 import accounts, calls
from sandbox.store import Store
from tests.e2e.kill_points import Points
from tests.e2e.kill_trials import Bench
from tests.e2e.kill_zygote import PATIENCE, Life
from tests.e2e.referee import Verdict

OWNER = 1001
PLACE = Place(OWNER)
POLICY = Policy(
    sender="MyShop", undo=timedelta(0), call=timedelta(seconds=5), lease=timedelta(seconds=2), send_rate=1000.0
)
_GLANCE = 0.02


async def hand_over(life: Life, points: Points) -> None:
    """Confirm (again: a press may be delivered twice), and let the lanes work until nothing moves any more."""
    async with _opened(life, points) as database:
        await _live(life, points, database)


async def hand_over_doubting_nothing(life: Life, points: Points) -> None:
    """A planted fault: recovery holds again what was being handed over, as a naive queue does."""
    async with _opened(life, points) as database:
        async with database.write() as tx:
            again = {"state": "held", "claim": None, "lease_until": None, "next_at": tx.now}
            table = tables.multicasts
            await tx.conn.execute(update(table).where(table.c.state == "handing_over").values(**again))
        await _live(life, points, database)


@dataclass(frozen=True, slots=True)
class Counter:
    """The provider's counter, shared by all trials: a multicast is known there by the phone that its text names."""

    url: str
    phone: str
    store: Store

    @asynccontextmanager
    async def attended(self, bench: Bench) -> AsyncIterator[None]:
        """Leave the life alone."""
        yield

    async def judge(self, bench: Bench) -> Verdict:
        """Judge by the journal of calls, and by what people are told: the state, and a card that is to show it."""
        multicast, card = tables.multicasts, tables.cards
        async with bench.writing() as tx:
            row = (await tx.conn.execute(select(multicast.c.id, multicast.c.state))).one_or_none()
            shows = (card.c.kind == "multicast", card.c.subject == (row.id if row else 0), card.c.next_at.is_not(None))
            told = row is not None and await tx.conn.scalar(select(card.c.id).where(*shows)) is not None
        handed = sum(call["executed"] and self.phone in call["params"].get("message", "") for call in self._paid())
        if handed > 1:
            return Verdict.TWICE
        if row is not None and row.state == "in_doubt" and told:
            return Verdict.DOUBT
        return Verdict.SENT if handed == 1 and row and row.state == "handed_over" else Verdict.LOST

    def _paid(self) -> list[dict[str, Any]]:
        return [call for call in calls.journal(self.store) if call["params"].get("function") == "start_multicast"]


@asynccontextmanager
async def counters(path: Path) -> AsyncIterator[Callable[[], AbstractAsyncContextManager[Counter]]]:
    """Give what gives the provider's counter, each time with a phone that no text has named."""
    phones = iter(range(79110010000, 79110020000))
    store = Store(path)
    async with serve(store) as url:
        accounts.change(store, balance="1000000.00")
        yield lambda: nullcontext(Counter(url, str(next(phones)), store))
    violations = store.violations()
    store.close()
    assert violations == []


@asynccontextmanager
async def _opened(life: Life, points: Points) -> AsyncIterator[Database]:
    database = Database(life.database, SystemClock())
    points.watch(database.engine)
    database.occupy()
    yield database
    await database.close()


async def _live(life: Life, points: Points, database: Database) -> None:
    bell = Bell()
    unit = Unit(database, POLICY, bell)
    async with Gateway(life.sandbox, "sandbox", "sandbox", transport=points.transport()) as gateway:
        lanes: tuple[Any, ...] = (HandOverLane(unit, gateway, POLICY), AskLane(unit, gateway))
        over = asyncio.Event()
        working = asyncio.create_task(run_together([Loop(lane, database.clock, bell) for lane in lanes], over))
        await _compose(life, unit)
        await _confirm(unit)
        async with asyncio.timeout(PATIENCE):
            await _at_rest(database)
        over.set()
        await working


async def _compose(life: Life, unit: Unit) -> None:
    async with unit() as services:
        if await services.multicasts.page(past=False, limit=1) or await services.multicasts.page(past=True, limit=1):
            return
        await services.requests.bases_known([("VIP", "1", 12)])
        if await services.drafts.latest(PLACE, OWNER) is None:
            base = {"id": 1, "name": "VIP", "total": 12}
            fields = {"bases": [base], "text": f"Звоните {life.phone}", "sender": "MyShop", "when": {"now": True}}
            await services.drafts.open("multicast", OWNER, PLACE, fields)


async def _confirm(unit: Unit) -> None:
    async with unit() as services:
        draft = await services.drafts.latest(PLACE, OWNER)
        if draft is not None:
            await services.drafts.confirm(draft, OWNER, asked=True)


async def _at_rest(database: Database) -> None:
    state = tables.multicasts.c.state
    moving = select(tables.multicasts.c.id).where(state.in_(("held", "handing_over")))
    at_rest = False
    while not at_rest:
        await asyncio.sleep(_GLANCE)
        async with database.read() as tx:
            at_rest = await tx.conn.scalar(moving.limit(1)) is None
