"""The worker wing's story: a batch is confirmed, leaves, and is followed to its end; in a later life it goes on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update

from bot.domain.bases import BaseFile
from bot.domain.bell import Bell
from bot.domain.clock import SystemClock
from bot.domain.models import Place, Subject
from bot.domain.policy import Policy
from bot.lanes import Loop, run_together
from bot.services.sending.sends import Content
from bot.services.unit import Unit
from bot.storage import blobs, tables
from bot.storage.engine import Database
from bot.worker.asking import AskLane
from bot.worker.sending import SendLane
from bot.worker.tracking import TrackLane
from gateway import Gateway
from tests.e2e.kill_points import Points
from tests.e2e.kill_zygote import PATIENCE, Life

OWNER = 1001
POLICY = Policy(
    sender="MyShop",
    undo=timedelta(0),
    schedule=(timedelta(seconds=0.05),),
    call=timedelta(seconds=5),
    lease=timedelta(seconds=0.8),
)
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63f80f0001"
    "010100b138f6140000000049454e44ae426082"
)
"""A PNG of one white dot."""
_GLANCE = 0.02


async def send(life: Life, points: Points) -> None:
    """Confirm (again: a press may be delivered twice), and let the worker wing work until nothing moves any more."""
    async with _opened(life, points) as database:
        await _live(life, points, database)


async def send_doubting_nothing(life: Life, points: Points) -> None:
    """A planted fault: recovery queues what was on its way, as a naive queue does."""
    async with _opened(life, points) as database:
        await _requeue(database)
        await _live(life, points, database)


async def send_mms(life: Life, points: Points) -> None:
    """Send a picture instead of an SMS."""
    async with _opened(life, points) as database:
        await _live(life, points, database, "mms")


async def send_mms_doubting_nothing(life: Life, points: Points) -> None:
    """The same planted fault, with a picture."""
    async with _opened(life, points) as database:
        await _requeue(database)
        await _live(life, points, database, "mms")


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


async def _requeue(database: Database) -> None:
    async with database.write() as tx:
        table = tables.messages
        again = {"state": "queued", "claim": None, "lease_until": None}
        await tx.conn.execute(update(table).where(table.c.state == "sending").values(**again))


@asynccontextmanager
async def _opened(life: Life, points: Points) -> AsyncIterator[Database]:
    database = Database(life.database, SystemClock())
    points.watch(database.engine)
    database.occupy()
    yield database
    await database.close()


async def _live(life: Life, points: Points, database: Database, kind: str = "sms") -> None:
    bell = Bell()
    unit = Unit(database, POLICY, bell)
    async with Gateway(life.sandbox, "sandbox", "sandbox", transport=points.transport()) as gateway:
        lanes: tuple[Any, ...] = (SendLane(unit, gateway, POLICY), TrackLane(unit, gateway), AskLane(unit, gateway))
        over = asyncio.Event()
        loops = [Loop(lane, database.clock, bell) for lane in lanes]
        working = asyncio.create_task(run_together(loops, over))
        await _confirm(life, database, unit, kind)
        async with asyncio.timeout(PATIENCE):
            await _at_rest(database)
        over.set()
        await working


async def _confirm(life: Life, database: Database, unit: Unit, kind: str) -> None:
    content = Content((life.phone,), "Ваш заказ 1042 готов.", "MyShop")
    if kind == "mms":
        async with database.write() as tx:
            picture = await blobs.add(tx, BaseFile("dot.png", "image/png", PICTURE))
        content = Content((life.phone,), "Меню на неделю", subject="Меню", picture=picture)
    async with unit() as services:
        place = Place(OWNER)
        batch = await services.sends.begin(content, origin="draft:1", author=OWNER, by=OWNER, place=place, kind=kind)
        if batch is not None:
            await services.cards.post(Subject("batch", batch), place, OWNER)


async def _at_rest(database: Database) -> None:
    state, asked = tables.messages.c.state, tables.messages.c.next_at.is_not(None)
    tracked = (state == "sent") & asked  # of an MMS the provider knows no status: it is not asked for ever
    moving = select(tables.messages.c.id).where(state.in_(("queued", "sending")) | tracked)
    at_rest = False
    while not at_rest:
        await asyncio.sleep(_GLANCE)
        async with database.read() as tx:
            at_rest = await tx.conn.scalar(moving.limit(1)) is None
