"""The whole house between both sandboxes, over real sockets, with time kept by the test: stories read like prose.

`await maria.say("/send …")` acts through the sandbox's control and lets the house come to rest; `maria.card` is what she sees
then; `await house.go(seconds=10)` lets time pass, from one due moment to the next.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from telegram.error import TelegramError

from bot import app
from bot.chat.inbox import InboxLane
from bot.chat.poller import Poller
from bot.domain.access import Role
from bot.domain.models import Admin
from bot.lanes import Loop
from bot.settings import Settings
from bot.storage import cards, people
from gateway.transport import SpreadTransport
from sandbox.app import serve
from sandbox.faults import Faults
from sandbox.sms2 import accounts, calls, messages, phones
from sandbox.store import Store
from sandbox.telegram.world import create
from tests.e2e.screen import Chat, Person
from tests.times import ManualClock

TOKEN = "7000000001:AAHfiqksKZ8WmR2zMnQkT5sandboxTok"
PASSWORD = "pa55-of-the-account"
GROUP, TOPIC = -1001234567890, 5
ON_ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For stories about words and buttons, which no database tells apart."""
_ROUNDS, _GLANCES = 50, 500
# Plain HTTP needs no certificates, and reading them takes longer than a story.
_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _wire() -> httpx.AsyncHTTPTransport:
    return httpx.AsyncHTTPTransport(verify=_TLS)


class House:
    """Both ends, and the bot between them; at rest whenever the test looks."""

    def __init__(self, store: Store, time: ManualClock, database_url: str, **options: Any) -> None:
        self.store, self.time, self.world = store, time, create(store)
        self.faults = Faults(store)
        self._database_url, self._options = database_url, options
        self._life, self._provider = AsyncExitStack(), AsyncExitStack()
        self._telegram_url, self._provider_url = "", ""
        self._loops: dict[str, Loop[Any, Any]] = {}
        self._aside: dict[str, asyncio.Task[int] | None] = {}
        self._held = False
        self._settled_at: datetime | None = None
        self._due: dict[str, datetime | None] = {}
        self.bot: app.House
        self._inbox: InboxLane
        self._poller: Poller
        self._hand: httpx.AsyncClient

    @asynccontextmanager
    async def open(self) -> AsyncIterator["House"]:
        """Serve both sides and run the bot until the story is over."""
        async with serve(self.store) as url, httpx.AsyncClient(base_url=url, timeout=10, transport=_wire()) as hand:
            self._telegram_url, self._hand = url, hand
            accounts.change(self.store, password=PASSWORD)
            await self.provider_up()
            await self._begin()
            try:
                yield self
            finally:
                await self._provider.aclose()
                await self._life.aclose()

    async def restart(self) -> None:
        """End the bot and start it anew on the same database."""
        await self._life.aclose()
        await self._begin()
        await self.settle()

    async def provider_up(self) -> None:
        """Let the provider's side listen, where it listened before."""
        port = httpx.URL(self._provider_url).port if self._provider_url else None
        self._provider_url = await self._provider.enter_async_context(serve(self.store, port=port or 0))

    async def provider_down(self) -> None:
        """Let the provider's side refuse connections, and cut the open ones."""
        await self._provider.aclose()

    async def settle(self) -> None:
        """Let everything happen that is due now: every lane once time has moved, and else those that are woken."""
        if self._held:
            return
        if self._settled_at != self.time.now():
            self.bot.bell.ring(*self._loops)
        self._settled_at = self.time.now()
        for _ in range(_ROUNDS):
            await self._fetch()
            woken = [name for name in self._loops if self.bot.bell.event(name).is_set()]
            if not woken:
                await self._inbox.close()
                return
            for name in woken:
                await self._drain(name)
        raise AssertionError("the house does not come to rest")

    async def go(self, seconds: float = 0, **parts: float) -> None:
        """Let time pass, stopping wherever something falls due."""
        target = self.time.now() + timedelta(seconds=seconds, **parts)
        while coming := await self._coming(target):
            self._settled_at = self.time.go((min(coming.values()) - self.time.now()).total_seconds())
            self.bot.bell.ring(*(name for name, due in coming.items() if due == self._settled_at))
            await self.settle()
        await self.skip((target - self.time.now()).total_seconds())

    async def until(self, happens: Callable[[], object]) -> None:
        """Wait for what takes a real moment: a call that is on its way over a socket."""
        for _ in range(_GLANCES):
            if happens():
                return
            await asyncio.sleep(0.01)
        raise AssertionError("it does not happen")

    async def skip(self, seconds: float = 0, **parts: float) -> None:
        """Let time pass in one leap, as on a machine that sleeps."""
        self.time.go(seconds, **parts)
        await self.settle()

    @asynccontextmanager
    async def at_once(self) -> AsyncIterator[None]:
        """Let everything that people do inside arrive together."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        await self.settle()

    @asynccontextmanager
    async def aside(self, *lanes: str) -> AsyncIterator[None]:
        """Do not wait for these lanes inside, as nobody does in a running process; they end before this does."""
        self._aside = dict.fromkeys(lanes)
        try:
            yield
        finally:
            tasks = [task for task in self._aside.values() if task is not None]
            self._aside = {}
            await asyncio.gather(*tasks)
        await self.settle()

    async def admit(self, person: Person, role: Role, language: str = "ru") -> Person:
        """Make somebody an admin without a word."""
        async with self.bot.database.write() as tx:
            known = await people.admit(
                tx, person.id, role, name=person.name, language=language, zone=self.bot.policy.zone.key
            )
            assert known, person.name
        return person

    async def change(self, person: Person, **values: Any) -> None:
        """Change an admin's row, as another owner's tool would."""
        async with self.bot.database.write() as tx:
            await people.change(tx, person.id, **values)

    async def admin(self, person: Person) -> Admin | None:
        """Return what the bot knows of somebody."""
        async with self.bot.unit.reading() as services:
            return await services.people.load(person.id)

    async def know(self, chat: int) -> None:
        """Let a group's owner have been asked for its language and clock."""
        async with self.bot.database.write() as tx:
            await cards.set_chat(tx, chat, asked_at=tx.now)

    def person(self, user_id: int) -> Person:
        """Return somebody of the sandbox."""
        return Person(self, user_id)

    def chat(self, chat: int = GROUP, thread: int = 0) -> Chat:
        """Return a chat, or a topic of one."""
        return Chat(self.world, chat, thread)

    async def do(self, deed: str, **fields: Any) -> Mapping[str, Any]:
        """Let somebody act in Telegram, and let the house react."""
        answer = await self._hand.post(f"/control/telegram/{deed}", json=fields)
        assert answer.status_code == 200, answer.text
        await self.settle()
        return dict(answer.json())

    async def upload(self, user: int, name: str, content: bytes, *, kind: str, **more: str) -> None:
        """Let somebody send a file; `more`: caption, chat, thread, album."""
        fields = {"user": str(user), "as": kind, **more}
        answer = await self._hand.post("/control/telegram/upload", data=fields, files={"file": (name, content)})
        assert answer.status_code == 200, answer.text
        await self.settle()

    def account(self, **settings: Any) -> None:
        """Change the account at the provider."""
        accounts.change(self.store, **settings)

    def fate(self, phone: str, fate: str) -> None:
        """Choose what becomes of messages to a phone."""
        phones.set_fate(self.store, phone, fate)

    @property
    def sms(self) -> list[dict[str, Any]]:
        """What reached the phones, oldest first."""
        return messages.received(self.store)

    def calls(self, path: str = "/sms.cgi") -> list[dict[str, Any]]:
        """Calls that arrived at the provider, oldest first."""
        return [call for call in calls.journal(self.store) if call["path"] == path]

    async def _begin(self) -> None:
        given: dict[str, Any] = {
            "telegram_token": TOKEN,
            "telegram_api_url": self._telegram_url,
            "gateway_url": self._provider_url,
            "gateway_user": "sandbox",
            "gateway_password": PASSWORD,
            "database_url": self._database_url,
            "owners": "1001",
            "default_sender": "MyShop",
            "send_rate": 1000,
            "status_rate": 1000,
            "balance_interval": 86_400,  # the watch has stories of its own
        }
        settings = Settings(**(given | self._options))
        self.bot = app.build(
            settings, clock=self.time, telegram_transport=_wire(), gateway_transport=SpreadTransport(_TLS), hold=0
        )
        self._settled_at, self._due, self._life = None, {}, AsyncExitStack()
        self._life.push_async_callback(self._end)
        await app.prepare(self.bot)
        await self.bot.application.initialize()
        client = await self._life.enter_async_context(app.gateway(self.bot))
        self._inbox, *others = app.chat_lanes(self.bot)
        self._poller = Poller(self.bot.bot, self.bot.inbox, self.time, hold=0)
        lanes: list[Any] = [self._inbox, *app.worker_lanes(self.bot, client), *others]
        self._loops = {lane.name: Loop(lane, self.time, self.bot.bell) for lane in lanes}

    async def _end(self) -> None:
        await self.bot.application.shutdown()
        await self.bot.bot.shutdown()
        await self.bot.database.close()

    async def _fetch(self) -> None:
        """Take what Telegram has, and confirm it."""
        with suppress(TelegramError):
            while self.world.updates.pending():
                await self._poller.once()

    async def _drain(self, name: str) -> None:
        event, loop = self.bot.bell.event(name), self._loops[name]
        event.clear()
        self._due.pop(name, None)
        if name not in self._aside:
            await loop.drain()
            event.clear()  # its own items ring when they land; it has looked again since
        elif (running := self._aside[name]) is None or running.done():
            self._aside[name] = asyncio.create_task(loop.drain())

    async def _coming(self, until: datetime) -> dict[str, datetime]:
        """When each lane has something to do next; only one that has worked since may have changed its mind."""
        for name in self._loops.keys() - self._due.keys():
            self._due[name] = await self._loops[name].lane.next_due()
        return {name: due for name, due in self._due.items() if due is not None and self.time.now() < due < until}
