"""The house as it is put together, between real sockets: neither wing waits for the other, and it ends in order."""

import asyncio
import time as wall
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from bot import app
from bot.app import House, OldSchemaError
from bot.domain.access import Role
from bot.domain.clock import SystemClock
from bot.domain.models import Place
from bot.services.sending.sends import Content
from bot.settings import PREFIX, Settings, load
from bot.storage import beats
from bot.storage.engine import SecondProcessError
from sandbox.app import serve
from sandbox.store import Store
from tests.sandbox.telegram_client import IVAN, MARIA, PETR, Telegram
from tests.sandbox.telegram_client import TOKEN as SHORT_TOKEN

TOKEN = "100200300:sandbox-sandbox-sandbox-sandbox-123"
PHONE = "79119876543"


class HurriedClock(SystemClock):
    """The machine's clock; nobody has the patience to wait long by it."""

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        """Wait a moment at most."""
        await super().wait(event, min(seconds, 0.05))


@dataclass
class Town:
    """Both far ends, and the house between them."""

    house: House
    http: httpx.AsyncClient
    people: Telegram

    @asynccontextmanager
    async def open(self, role: str = "run") -> AsyncIterator[None]:
        """Serve until the block is left, then end in order."""
        until = asyncio.Event()
        serving = asyncio.create_task(app.serve(self.house, role, until))
        try:
            yield
        finally:
            until.set()
            async with asyncio.timeout(20):
                await serving

    async def fault(self, side: str, call: str, kind: str, **more: Any) -> None:
        answer = await self.http.post("/control/faults", json={"side": side, "call": call, "kind": kind, **more})
        assert answer.status_code == 200, answer.text

    async def received(self) -> list[str]:
        return [one["phone"] for one in (await self.http.get("/control/sms2")).json()["messages"]]

    async def shown(self, chat: int) -> str:
        """All that the bot has written to a chat."""
        chats = [it for it in (await self.people.see())["chats"] if it["id"] == chat]
        return "\n".join(message.get("text") or "" for it in chats for message in it["messages"])

    async def begin(self, *phones: str) -> None:
        async with self.house.unit() as services:
            content, place = Content(phones, "Ваш заказ готов", "MyShop"), Place(MARIA)
            await services.sends.begin(content, origin="draft:1", author=MARIA, by=MARIA, place=place, undo=False)


async def eventually(condition: Callable[[], Awaitable[object]]) -> None:
    """Wait for what real processes bring about, not for long."""
    async with asyncio.timeout(20):
        while not await condition():  # noqa: ASYNC110 - the far ends ring no bell
            await asyncio.sleep(0.02)


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, database_url: str) -> Settings:
    for field in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{field.upper()}", raising=False)
    given = {
        "TELEGRAM_TOKEN": TOKEN,
        "GATEWAY_USER": "sandbox",
        "GATEWAY_PASSWORD": "sandbox",
        "OWNERS": str(MARIA),
        "DEFAULT_SENDER": "MyShop",
        "DATABASE_URL": database_url,
        "SEND_RATE": "1000",
    }
    for name, value in given.items():
        monkeypatch.setenv(f"{PREFIX}{name}", value)
    return load(None)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "sandbox.sqlite", wall.time)
    yield store
    violations = store.violations()
    store.close()
    assert violations == []


@pytest.fixture
async def town(store: Store, settings: Settings) -> AsyncIterator[Town]:
    async with serve(store) as url, httpx.AsyncClient(base_url=url, timeout=10, trust_env=False) as http:
        there = settings.model_copy(update={"telegram_api_url": url, "gateway_url": url})
        house = app.build(there, clock=HurriedClock(), hold=1)
        yield Town(house, http, Telegram(http))
        await house.database.close()  # a test may have looked in once more


async def test_a_word_of_an_owner_is_answered_and_a_strangers_is_not(town: Town) -> None:
    """From the update to the card over both ends of the wire; the owner hears of the stranger."""
    async with town.open():
        await town.people.do("say", user=MARIA, text="/start")
        await town.people.do("say", user=PETR, text="let me in")
        await eventually(lambda: has(town, MARIA, "@petr"))
        await eventually(lambda: has(town, MARIA, "/send 79119876543"))
    assert await town.shown(PETR) == "let me in"


async def has(town: Town, chat: int, words: str) -> bool:
    return words in await town.shown(chat)


async def test_a_dead_telegram_never_stops_sending(town: Town) -> None:
    """Dead from the start: what is confirmed leaves all the same, and the chat comes back when Telegram does."""
    await town.fault("telegram", "*", "cut_before", times=None)
    async with town.open():
        await eventually(lambda: known(town))
        await town.begin(*(f"791198765{n:02}" for n in range(20)))
        await eventually(lambda: all_there(town, 20))
        assert await town.shown(MARIA) == ""
        await town.http.delete("/control/faults")
        await town.people.do("say", user=MARIA, text="/help")
        await eventually(lambda: has(town, MARIA, "/balance"))


async def known(town: Town) -> bool:
    async with town.house.unit.reading() as services:
        return await services.people.load(MARIA) is not None


async def all_there(town: Town, count: int) -> bool:
    return len(await town.received()) == count


async def test_it_ends_while_telegram_is_dead(town: Town) -> None:
    await town.fault("telegram", "*", "error500_before", times=None)
    async with town.open("bot"):
        await eventually(lambda: known(town))
    async with town.house.database.read() as tx:
        assert await beats.all_of(tx) == {}


async def test_a_dead_gateway_never_stops_the_chat(town: Town) -> None:
    """A paid call hangs, and another chat's question is answered before it ends."""
    async with town.open():
        await town.fault("sms2", "sms.cgi", "hang", seconds=4)
        await eventually(lambda: known(town))
        await town.begin(PHONE)
        await eventually(lambda: states(town, "sending"))
        await town.people.do("say", user=MARIA, text="/help")
        await eventually(lambda: has(town, MARIA, "/balance"))
        assert await states(town, "sending")


async def test_a_worker_alone_sends_and_a_bot_alone_answers(town: Town) -> None:
    """The wings meet in the database only."""
    async with town.open("worker"):
        await town.begin(PHONE)
        await town.people.do("say", user=MARIA, text="/help")
        await eventually(lambda: all_there(town, 1))
    assert await town.shown(MARIA) == "/help"


async def test_commands_of_someone_who_was_let_in_are_listed(town: Town) -> None:
    async with town.open("bot"):
        await town.people.do("say", user=IVAN, text="/start")
        await eventually(lambda: has(town, IVAN, "/start"))
        await eventually(lambda: admitted(town, IVAN))
        await eventually(lambda: listed(town, IVAN))


async def admitted(town: Town, user: int) -> bool:
    async with town.house.unit() as services:
        return await services.people.admit(user, Role.OPERATOR, MARIA) is not None


async def listed(town: Town, user: int) -> bool:
    menus = (await town.people.see())["menus"]
    return any(it["commands"] for it in menus if it["user"] == it["chat"] == user)


async def test_every_loop_gives_signs_of_life_until_it_ends_in_order(town: Town) -> None:
    async def alive() -> dict[str, Any]:
        async with town.house.database.read() as tx:
            return {name.partition(":")[2]: at for name, at in (await beats.all_of(tx)).items()}

    async with town.open():
        await eventually(lambda: known(town))
        await eventually(alive)
        assert set(await alive()) == set(app.ROLES["run"])
    assert await alive() == {}


async def test_the_end_waits_for_a_call_in_flight(town: Town) -> None:
    """What was written is answered and stored: nothing is left in doubt by a stop."""
    await town.fault("sms2", "sms.cgi", "delay", seconds=0.5)
    async with town.open("worker"):
        await eventually(lambda: known(town))
        await town.begin(PHONE)
        await eventually(lambda: states(town, "sending"))
    assert await states(town, "sent")
    assert await town.received() == [PHONE]


async def states(town: Town, state: str) -> bool:
    async with town.house.database.read() as tx:
        return list(await tx.conn.scalars(text("SELECT state FROM messages"))) == [state]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_second_house_on_one_file_is_refused(town: Town, settings: Settings) -> None:
    await app.prepare(town.house)
    second = app.build(settings)
    with pytest.raises(SecondProcessError):
        await app.prepare(second)
    await second.database.close()


async def test_an_old_schema_is_renewed_on_sqlite_and_refused_on_postgresql(town: Town) -> None:
    """Several processes share a PostgreSQL: when it changes is for a person to say."""
    async with town.house.database.write() as tx:
        for table in ("beats", "alembic_version"):
            await tx.conn.execute(text(f"DROP TABLE {table}"))
        for name in await tx.conn.scalars(text(_TABLES[tx.conn.dialect.name])):
            await tx.conn.execute(text(f"DROP TABLE {name}" + (" CASCADE" if tx.postgres else "")))
    if town.house.database.is_file:
        await app.prepare(town.house)
        assert await known(town)
    else:
        with pytest.raises(OldSchemaError):
            await app.prepare(town.house)


_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    " ORDER BY name IN ('messages') DESC, name IN ('batches') DESC",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


def test_nothing_of_the_house_shows_a_secret(settings: Settings) -> None:
    house = app.build(settings)
    assert TOKEN not in repr(house) + repr(house.bot) + repr(house.application)
    assert SHORT_TOKEN not in repr(house)
