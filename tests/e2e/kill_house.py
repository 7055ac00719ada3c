"""The whole house's story, as the composition root builds it: it serves until the audience has seen enough and all is quiet.

What is said and pressed in the chat is no part of it: that is done by a person at the far end, who does not die.
"""

import asyncio
import ssl
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
from sqlalchemy import delete, select, update

from bot import app
from bot.domain.models import Place
from bot.domain.policy import Policy
from bot.services.sending.sends import Content
from bot.settings import Settings
from bot.storage import requests, tables
from bot.storage.engine import Database
from tests.e2e.kill_points import Points
from tests.e2e.kill_zygote import PATIENCE, Life, curtain

OWNER = 1001
_GLANCE = 0.02
_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # plain HTTP needs no certificates, and reading them takes long


class Brisk(Settings):
    """An installation in a hurry."""

    @property
    def policy(self) -> Policy:
        """Return what the rules go by, with waits shorter than any setting allows."""
        return replace(
            super().policy,
            undo=timedelta(seconds=0.1),
            call=timedelta(seconds=1),
            lease=timedelta(seconds=2),
            pace=timedelta(seconds=0.1),
        )


async def send(life: Life, points: Points) -> None:
    """Serve."""
    await _serve(_build(life, points))


async def send_doubting_nothing(life: Life, points: Points) -> None:
    """A planted fault: recovery queues what was on its way, as a naive queue does."""
    house = _build(life, points)
    async with house.database.write() as tx:
        table = tables.messages
        again = {"state": "queued", "claim": None, "lease_until": None}
        await tx.conn.execute(update(table).where(table.c.state == "sending").values(**again))
    await _serve(house)


async def send_confirming_twice(life: Life, points: Points) -> None:
    """A planted fault: what was confirmed is confirmed once more, under an origin of its own."""
    house = _build(life, points)
    async with house.database.read() as tx:
        confirmed = await tx.conn.scalar(select(tables.batches.c.id)) is not None
    async with house.unit() as services:
        if confirmed:
            content = Content((life.phone,), "Ваш заказ 1042 готов.", "MyShop")
            await services.sends.begin(content, origin="confirmed:2", author=OWNER, by=OWNER, place=Place(OWNER))
    await _serve(house)


async def send_forgetting_messages(life: Life, points: Points) -> None:
    """A planted fault: cards are shown anew after a restart, and what showed them before is forgotten."""
    house = _build(life, points)
    async with house.database.write() as tx:
        anew = {"message_id": None, "wanted": tables.cards.c.wanted + 1, "next_at": tx.now}
        await tx.conn.execute(update(tables.cards).values(**anew))
    await _serve(house)


async def send_forgetting_errands(life: Life, points: Points) -> None:
    """A planted fault: what was on its way into a draft is forgotten."""
    house = _build(life, points)
    async with house.database.write() as tx:
        await tx.conn.execute(delete(tables.requests).where(tables.requests.c.kind.in_(requests.ERRANDS)))
    await _serve(house)


async def send_posting_pictures_anew(life: Life, points: Points) -> None:
    """A planted fault: the picture of a draft is posted once more after a restart, though it is known where it stands."""
    house, table = _build(life, points), tables.drafts
    async with house.database.write() as tx:
        for draft in (await tx.conn.execute(select(table.c.id, table.c.fields))).all():
            if ready := draft.fields.get("picture"):
                anew = {name: value for name, value in ready.items() if name != "message"}
                fields = {**draft.fields, "picture": None, "coming": anew}
                await tx.conn.execute(update(table).where(table.c.id == draft.id).values(fields=fields))
                await requests.ask(tx, "show", {"draft": draft.id, **anew})
    await _serve(house)


def _build(life: Life, points: Points) -> app.House:
    given: dict[str, Any] = {
        "telegram_token": "7000000001:AAHfiqksKZ8WmR2zMnQkT5sandboxTok",
        "telegram_api_url": life.sandbox,
        "gateway_url": life.sandbox,
        "gateway_user": "sandbox",
        "gateway_password": "sandbox",
        "database_url": life.database,
        "owners": str(OWNER),
        "default_sender": "MyShop",
        "quiet_hours": "0-0",
        "status_schedule": "0.05",
    }
    wire = points.around(httpx.AsyncHTTPTransport(verify=_TLS))
    house = app.build(Brisk(**given), telegram_transport=wire, gateway_transport=points.transport())
    points.watch(house.database.engine)
    return house


async def _serve(house: app.House) -> None:
    over = asyncio.Event()
    ending = asyncio.create_task(_end(house, over), name="end")
    await asyncio.gather(app.serve(house, "run", over), ending)


async def _end(house: app.House, over: asyncio.Event) -> None:
    await curtain()
    for _ in range(round(PATIENCE / _GLANCE)):
        await asyncio.sleep(_GLANCE)
        if not (open_ends := await _open_ends(house.database)):
            over.set()
            return
    raise AssertionError(f"never at rest: {open_ends}")


async def _open_ends(database: Database) -> list[str]:
    messages, cards, inbox = tables.messages, tables.cards, tables.inbox
    moving = select(messages.c.state).where(messages.c.state.in_(("queued", "sending", "sent")))
    owing = select(cards.c.kind).where(cards.c.next_at.is_not(None))
    waiting = select(inbox.c.state).where(inbox.c.state == "new")
    async with database.read() as tx:
        return [str(found) for one in (moving, owing, waiting) for found in await tx.conn.scalars(one)]
