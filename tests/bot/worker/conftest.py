"""The worker wing between a real database and a real sandbox, with time kept by the test."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.domain.bell import Bell
from bot.domain.models import Batch, Message, Place
from bot.domain.policy import Policy
from bot.lanes import Loop
from bot.services.sending.sends import Content
from bot.services.unit import Unit
from bot.storage import batches, messages
from bot.storage.engine import Database
from bot.worker.asking import AskLane
from bot.worker.sending import SendLane
from bot.worker.tracking import TrackLane
from gateway import Gateway
from sandbox.app import serve
from sandbox.store import Store
from tests.times import ManualClock

PHONE = "79119876543"
OWNER = 1001
CHAT = Place(OWNER)


@dataclass
class World:
    """Both ends: what we believe, and what the provider really got."""

    unit: Unit
    database: Database
    time: ManualClock
    http: httpx.AsyncClient
    send: Loop[Any, Any]
    track: Loop[Any, Any]
    ask: Loop[Any, Any]

    async def begin(
        self, *phones: str, text: str = "Ваш заказ 1042 готов.", origin: str = "draft:1", undo: bool = False
    ) -> int | None:
        async with self.unit() as services:
            content = Content(phones or (PHONE,), text, "MyShop")
            return await services.sends.begin(content, origin=origin, author=OWNER, by=OWNER, place=CHAT, undo=undo)

    async def batch(self, batch: int | None) -> Batch:
        async with self.database.read() as tx:
            found = await batches.load(tx, batch or 0)
            assert found is not None
            return found

    async def messages(self, batch: int | None) -> list[Message]:
        async with self.database.read() as tx:
            return await messages.some(tx, batch or 0, 10_000)

    async def received(self) -> list[Any]:
        """What the provider's log says it carried out."""
        return list((await self.http.get("/control/sms2")).json()["messages"])

    async def fault(self, call: str, kind: str, **more: Any) -> None:
        answer = await self.http.post("/control/faults", json={"side": "sms2", "call": call, "kind": kind, **more})
        assert answer.status_code == 200, answer.text

    async def setting(self, **settings: Any) -> None:
        answer = await self.http.post("/control/sms2/settings", json=settings)
        assert answer.status_code == 200, answer.text


@pytest.fixture
def store(tmp_path: Path, time: ManualClock) -> Iterator[Store]:
    store = Store(tmp_path / "sandbox.sqlite", lambda: time.now().timestamp())
    yield store
    violations = store.violations()
    store.close()
    assert violations == []


@pytest.fixture
async def world(
    store: Store, unit: Unit, database: Database, policy: Policy, time: ManualClock, bell: Bell
) -> AsyncIterator[World]:
    async with (
        serve(store) as url,
        Gateway(url, "sandbox", "sandbox", timeout=0.3) as gateway,
        httpx.AsyncClient(base_url=url, timeout=10) as http,
    ):
        send = Loop(SendLane(unit, gateway, policy), time, bell)
        track = Loop(TrackLane(unit, gateway), time, bell)
        ask = Loop(AskLane(unit, gateway), time, bell)
        yield World(unit, database, time, http, send, track, ask)


Begin = Callable[..., Awaitable[int | None]]
