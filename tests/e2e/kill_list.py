"""The story of a tracked list: gathered from two bases, frozen, confirmed, made into messages, sent; a later life goes on."""

import asyncio
import itertools
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from bot.domain.bell import Bell
from bot.domain.clock import SystemClock
from bot.domain.models import Draft, Place, Subject
from bot.domain.policy import Policy
from bot.lanes import Loop, run_together
from bot.services.unit import Unit
from bot.storage import tables
from bot.storage.engine import Database
from bot.worker.gathering import GatherLane
from bot.worker.sending import SendLane
from gateway import Gateway
from sandbox.app import serve
from sandbox.sms2 import accounts, bases, calls
from sandbox.store import Store
from tests.e2e.kill_midway import OWNER, card_text
from tests.e2e.kill_points import Points
from tests.e2e.kill_trials import Bench
from tests.e2e.kill_zygote import PATIENCE, Life
from tests.e2e.referee import Verdict

POLICY = Policy(
    sender="MyShop", undo=timedelta(0), send_rate=1000.0, call=timedelta(seconds=5), lease=timedelta(seconds=2)
)
SIZE = 24
SHARED = 6
"""Phones that stand in both bases."""
_CHUNK = 2
_GLANCE = 0.02


def names(phone: str) -> tuple[str, str]:
    """Return the names of a trial's bases."""
    return f"VIP {phone}", f"Клиенты {phone}"


def phones(phone: str) -> list[str]:
    """Return whom a trial is to reach."""
    return [str(int(phone) + number) for number in range(SIZE)]


async def send(life: Life, points: Points) -> None:
    """Compose, wait for the list, confirm, and let the lanes work until nothing moves any more."""
    async with _opened(life, points) as database:
        await _live(life, points, database)


async def send_filling_anew(life: Life, points: Points) -> None:
    """A planted fault: whoever takes a list over makes messages of it from its beginning."""
    async with _opened(life, points) as database:
        async with database.write() as tx:
            await tx.conn.execute(update(tables.batches).values(filled=0))
        await _live(life, points, database)


async def send_forgetting_the_rest(life: Life, points: Points) -> None:
    """A planted fault: what was filled half counts as full."""
    async with _opened(life, points) as database:
        async with database.write() as tx:
            await tx.conn.execute(update(tables.batches).values(filling=None))
        await _live(life, points, database)


@dataclass(frozen=True, slots=True)
class Hall:
    """The provider, shared by all trials, with two bases for each."""

    url: str
    phone: str
    store: Store

    @asynccontextmanager
    async def attended(self, bench: Bench) -> AsyncIterator[None]:
        """Leave the life alone."""
        yield

    async def judge(self, bench: Bench) -> Verdict:
        """Judge by the journal, and by the batch's only card: it is to count everyone, and every doubt."""
        made = [call for call in calls.journal(self.store) if call["path"] == "/sms.cgi" and call["executed"]]
        reached = Counter(str(call["params"]["phone"]) for call in made)
        mine, table = phones(self.phone), tables.messages
        if any(reached[phone] > 1 for phone in mine):
            return Verdict.TWICE
        database = Database(bench.url, SystemClock())
        try:
            async with database.read() as tx:
                [batch] = await tx.conn.scalars(select(tables.batches.c.id))
                found = (await tx.conn.execute(select(table.c.phone, table.c.state))).all()
            text = await card_text(database, Unit(database, POLICY, Bell()), Subject("batch", batch))
        finally:
            await database.close()
        if sorted(row.phone for row in found) != mine:
            return Verdict.LOST
        doubted = {row.phone for row in found if row.state == "in_doubt"}
        told = f"исход неизвестен {len(doubted)} " in text if doubted else "исход неизвестен" not in text
        whole = told and f"Отправлено {SIZE} из {SIZE}" in text
        if not whole or any(not reached[phone] for phone in set(mine) - doubted):
            return Verdict.LOST
        return Verdict.DOUBT if doubted else Verdict.SENT


@asynccontextmanager
async def halls(path: Path) -> AsyncIterator[Callable[[], AbstractAsyncContextManager[Hall]]]:
    """Give what gives the provider, each time with bases that nobody has written to."""
    firsts = itertools.count(79120000000, 100)
    store = Store(path)

    def hall(url: str) -> Hall:
        mine, half = phones(str(next(firsts))), (SIZE + SHARED) // 2
        for name, some in zip(names(mine[0]), (mine[:half], mine[-half:]), strict=True):
            bases.put(store, name, some)
        return Hall(url, mine[0], store)

    async with serve(store) as url:
        accounts.change(store, balance="1000000.00")
        yield lambda: nullcontext(hall(url))
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
    bell, over = Bell(), asyncio.Event()
    unit = Unit(database, POLICY, bell)
    async with Gateway(life.sandbox, "sandbox", "sandbox", transport=points.transport()) as gateway:
        lanes: tuple[Any, ...] = (GatherLane(unit, gateway, chunk=_CHUNK), SendLane(unit, gateway, POLICY))
        working = asyncio.create_task(run_together([Loop(lane, database.clock, bell) for lane in lanes], over))
        await _compose(life, unit)
        for _ in range(round(PATIENCE / _GLANCE)):
            await asyncio.sleep(_GLANCE)
            if (open_end := await _open_end(unit)) is None:
                break
        else:
            raise AssertionError(f"never at rest: {open_end}")
        over.set()
        await working


async def _compose(life: Life, unit: Unit) -> None:
    async with unit() as services:
        if await services._tx.conn.scalar(select(tables.drafts.c.id)) is not None:
            return
        await services.people.ensure_owners([OWNER])
        maria = await services.people.load(OWNER)
        assert maria is not None
        half = (SIZE + SHARED) // 2
        await services.requests.bases_known([(name, str(n), half) for n, name in enumerate(names(life.phone))])
        text = f"{', '.join(names(life.phone))}\nсейчас\nСкидка 20 %"
        draft = await services.multicast_drafts.compose(maria, Place(OWNER), text)
        await services.tracked.choose(draft)


async def _open_end(unit: Unit) -> str | None:
    """Confirm what has been gathered; return what still moves."""
    async with unit.reading() as services:
        drafts = [dict(row) for row in (await services._tx.conn.execute(select(tables.drafts))).mappings()]
        batch = await services._tx.conn.scalar(select(tables.batches.c.state))
        due = await services._tx.conn.scalar(select(tables.lists.c.next_at).where(tables.lists.c.next_at.is_not(None)))
    if batch is not None:
        return f"a {batch} batch" if batch != "finished" else "a list" if due else None
    [draft] = drafts
    if (draft["fields"].get("tracked") or {}).get("total") is not None:
        await _confirm(unit, int(draft["id"]))
    return "a draft"


async def _confirm(unit: Unit, id_: int) -> None:
    async with unit() as services:
        draft: Draft | None = await services.drafts.load(id_)
        assert draft is not None
        await services.drafts.confirm(draft, OWNER, asked=True)
