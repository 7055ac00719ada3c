"""The worker wing's story: a batch is confirmed, leaves, and is followed to its end; in a later life it goes on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update

from bot.domain.bell import Bell
from bot.domain.clock import SystemClock
from bot.domain.models import Place, Subject
from bot.domain.policy import Policy
from bot.lanes import Loop, run_together
from bot.services.sending.sends import Content
from bot.services.unit import Unit
from bot.storage import tables
from bot.storage.engine import Database
from bot.worker.asking import AskLane
from bot.worker.sending import SendLane
from bot.worker.tracking import TrackLane
from gateway import Gateway
from tests.e2e.kill_points import Points
from tests.e2e.kill_zygote import Life

OWNER = 1001
POLICY = Policy(
    sender="MyShop",
    undo=timedelta(0),
    schedule=(timedelta(seconds=0.05),),
    call=timedelta(seconds=5),
    lease=timedelta(seconds=0.8),
)
_PATIENCE = 20
_GLANCE = 0.02


async def send(life: Life, points: Points) -> None:
    """Confirm (again: a press may be delivered twice), and let the worker wing work until nothing moves any more."""
    async with _opened(life, points) as database:
        await _live(life, points, database)


async def send_doubting_nothing(life: Life, points: Points) -> None:
    """A planted fault: recovery queues what was on its way, as a naive queue does."""
    async with _opened(life, points) as database:
        async with database.write() as tx:
            table = tables.messages
            again = {"state": "queued", "claim": None, "lease_until": None}
            await tx.conn.execute(update(table).where(table.c.state == "sending").values(**again))
        await _live(life, points, database)


async def send_believing_all(life: Life, points: Points) -> None:
    """A planted fault: recovery takes what was on its way for sent."""
    async with _opened(life, points) as database:
        async with database.write() as tx:
            table = tables.messages
            await tx.conn.execute(update(table).where(table.c.state == "sending").values(state="delivered"))
        await _live(life, points, database)


async def send_telling_nobody(life: Life, points: Points) -> None:
    """A planted fault: the card of what is in doubt is gone."""
    async with _opened(life, points) as database:
        await _live(life, points, database)
        async with database.write() as tx:
            await tx.conn.execute(delete(tables.cards))


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
        lanes: tuple[Any, ...] = (SendLane(unit, gateway, POLICY), TrackLane(unit, gateway), AskLane(unit, gateway))
        over = asyncio.Event()
        loops = [Loop(lane, database.clock, bell) for lane in lanes]
        working = asyncio.create_task(run_together(loops, over))
        await _confirm(life, unit)
        async with asyncio.timeout(_PATIENCE):
            await _at_rest(database)
        over.set()
        await working


async def _confirm(life: Life, unit: Unit) -> None:
    content = Content((life.phone,), "Ваш заказ 1042 готов.", "MyShop")
    async with unit() as services:
        place = Place(OWNER)
        batch = await services.sends.begin(content, origin="draft:1", author=OWNER, by=OWNER, place=place)
        if batch is not None:
            await services.cards.post(Subject("batch", batch), place, OWNER)


async def _at_rest(database: Database) -> None:
    state = tables.messages.c.state
    moving = select(tables.messages.c.id).where(state.in_(("queued", "sending", "sent")))
    at_rest = False
    while not at_rest:
        await asyncio.sleep(_GLANCE)
        async with database.read() as tx:
            at_rest = await tx.conn.scalar(moving.limit(1)) is None
