"""One update, one transaction: handled once, in its chat's order, whole or not at all; on both databases."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from structlog.testing import capture_logs
from telegram import Update
from telegram.ext import Application, ContextTypes, TypeHandler
from telegram.request import HTTPXRequest

from bot.chat.cards.toasts import Toast
from bot.chat.context import App, Context
from bot.chat.inbox import InboxLane
from bot.chat.poller import Poller, Telegram
from bot.domain.bell import Bell
from bot.domain.models import Place
from bot.domain.policy import Policy
from bot.lanes import Loop
from bot.services.inbox import Inbox
from bot.services.unit import Services
from bot.storage.engine import Database
from bot.storage.tables import cards, inbox, notices
from sandbox.app import serve
from sandbox.store import Store
from tests.sandbox.telegram_client import GROUP, IVAN, MARIA, PETR, TOKEN
from tests.sandbox.telegram_client import Telegram as People
from tests.times import ManualClock

Handler = Callable[[Update, Context], Awaitable[None]]


@dataclass
class Desk:
    """The lane between a real database and an emulated Telegram; the test says what its handler does."""

    database: Database
    bot: Telegram
    people: People
    inbox: Inbox
    lane: InboxLane
    loop: Loop[Any, Any]
    poller: Poller
    handle: Handler | None = None
    heard: list[str] = field(default_factory=list)

    async def put(self, *updates: dict[str, Any]) -> None:
        rows = [(it["update_id"], it.get("message", {}).get("chat", {}).get("id", 0), it) for it in updates]
        await self.inbox.store(rows)

    async def run(self) -> None:
        await self.loop.drain()
        await self.lane.close()

    async def rows(self, *columns: str) -> list[Any]:
        return await found(self.database, inbox, *columns)


async def found(database: Database, table: Any, *columns: str) -> list[Any]:
    async with database.read() as tx:
        rows = await tx.conn.execute(select(*(table.c[name] for name in columns)).order_by(table.c.id))
        return [tuple(row) if len(columns) > 1 else row[0] for row in rows.all()]


def words(update_id: int, text: str, user: int = MARIA, chat: int = 0, **more: Any) -> dict[str, Any]:
    """A text as Telegram sends it."""
    sender = {"id": user, "is_bot": False, "first_name": "Мария"}
    where = {"id": chat or user, "type": "supergroup" if chat < 0 else "private"}
    message = {"message_id": update_id, "date": 0, "chat": where, "from": sender, "text": text, **more}
    return {"update_id": update_id, "message": message}


@pytest.fixture
def store(tmp_path: Path, time: ManualClock) -> Iterator[Store]:
    store = Store(tmp_path / "sandbox.sqlite", lambda: time.now().timestamp())
    yield store
    violations = store.violations()
    store.close()
    assert violations == []


@pytest.fixture
async def desk(store: Store, database: Database, policy: Policy, bell: Bell, time: ManualClock) -> AsyncIterator[Desk]:
    async with serve(store) as url, httpx.AsyncClient(base_url=url, timeout=10, trust_env=False) as http:
        ends = [HTTPXRequest(httpx_kwargs={"trust_env": False}) for _ in range(2)]
        bot = Telegram(TOKEN, base_url=f"{url}/bot", request=ends[0], get_updates_request=ends[1])
        box = Inbox(database, policy, bell)
        application = application_for(bot)
        lane = InboxLane(box, application)
        it = Desk(database, bot, People(http), box, lane, Loop(lane, time, bell), Poller(bot, box, time, hold=0))

        async def handle(update: Update, context: Context) -> None:
            it.heard.append((update.message.text or "") if update.message else "press")
            if it.handle is not None:
                await it.handle(update, context)

        application.add_handler(TypeHandler(Update, handle))
        async with database.write() as tx:
            await Services(tx, policy).people.ensure_owners([MARIA, IVAN])
        async with application:
            yield it


def application_for(bot: Telegram) -> App:
    builder = Application.builder().bot(bot).updater(None).job_queue(None)
    application: App = builder.context_types(ContextTypes(context=Context)).build()
    return application


async def test_an_update_is_handled_once_and_what_was_written_goes(desk: Desk) -> None:
    await desk.put(words(7, "hello"))
    await desk.run()
    await desk.put(words(7, "hello"))
    await desk.run()
    assert desk.heard == ["hello"]
    assert await desk.rows("state", "body", "attempts") == [("done", None, 0)]


async def test_a_handler_has_the_use_cases_the_admin_and_the_place_in_hand(desk: Desk) -> None:
    async def say(_update: Update, context: Context) -> None:
        admin = context.admin
        await context.services.cards.notify("help", {"role": admin.role}, context.place, admin.user_id)

    desk.handle = say
    await desk.put(words(1, "/help", MARIA, GROUP, is_topic_message=True, message_thread_id=5))
    await desk.run()
    help_, of_the_group = await found(desk.database, cards, "chat", "thread", "reader")
    assert help_ == of_the_group == (GROUP, 5, MARIA)


async def test_the_use_cases_are_gone_when_the_update_is(desk: Desk) -> None:
    """Nothing can be done behind the commit's back."""
    kept: list[Context] = []

    async def keep(_update: Update, context: Context) -> None:
        kept.append(context)

    desk.handle = keep
    await desk.put(words(1, "hello"))
    await desk.run()
    with pytest.raises(LookupError):
        _ = kept[0].services


async def test_a_failing_handler_leaves_nothing_behind_but_the_count(desk: Desk) -> None:
    """python-telegram-bot swallows what a handler raises; half a deed must not be committed all the same."""

    async def half(_update: Update, context: Context) -> None:
        await context.services.cards.notify("help", {"role": "owner"}, Place(MARIA), MARIA)
        if len(desk.heard) == 1:
            raise RuntimeError("79119876543")

    desk.handle = half
    await desk.put(words(1, "hello"))
    await desk.run()
    assert desk.heard == ["hello", "hello"]
    assert await desk.rows("state", "attempts", "error") == [("done", 1, "RuntimeError")]
    assert await found(desk.database, notices, "kind") == ["help"]


async def test_after_three_tries_an_update_is_given_up_and_its_admin_told_by_the_code_of_the_log(
    desk: Desk, time: ManualClock
) -> None:
    """Then the chat goes on."""

    async def stumble(update: Update, _context: Context) -> None:
        if update.message and update.message.text == "poison":
            raise KeyError("79119876543")

    desk.handle = stumble
    await desk.put(words(1, "poison"), words(2, "next"))
    with capture_logs() as logs:
        for _ in range(4):
            await desk.run()
            time.go(1)
    assert desk.heard == ["poison", "poison", "poison", "next"]
    assert await desk.rows("state", "body") == [("failed", None), ("done", None)]
    assert [entry["given_up"] for entry in logs] == [False, False, True]
    assert await found(desk.database, notices, "kind", "args") == [("fault", {"code": logs[-1]["code"]})]
    assert await found(desk.database, cards, "chat", "reader") == [(MARIA, MARIA)]
    assert "79119876543" not in str(await desk.rows("error"))


async def test_an_update_that_cannot_be_parsed_is_given_up_like_any_other(desk: Desk, time: ManualClock) -> None:
    await desk.put({"update_id": 1, "message": {"date": "never", "chat": {"id": MARIA}}}, words(2, "next"))
    for _ in range(4):
        await desk.run()
        time.go(1)
    assert desk.heard == ["next"]
    assert await desk.rows("state") == ["failed", "done"]
    assert await found(desk.database, notices, "kind") == ["fault"]


async def test_a_strangers_update_reaches_no_handler_and_is_done(desk: Desk) -> None:
    await desk.put(words(1, "let me in", PETR))
    await desk.run()
    assert desk.heard == []
    assert await desk.rows("state", "body") == [("done", None)]
    assert sorted(await found(desk.database, cards, "chat")) == [MARIA, IVAN]


async def test_a_strangers_poison_is_nobodys_business(desk: Desk, time: ManualClock) -> None:
    await desk.put({"update_id": 1, "message": {"date": "never", "chat": {"id": PETR}}})
    for _ in range(4):
        await desk.run()
        time.go(1)
    assert await desk.rows("state") == ["failed"]
    assert await found(desk.database, notices, "kind") == []


async def pressed(desk: Desk, user: int) -> dict[str, Any]:
    """Somebody presses a button in Maria's chat or the group; give what Telegram shows for it."""
    chat = user if user == MARIA else GROUP
    await desk.people.do("say", user=user, text="/start", chat=chat)
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    sent = await desk.bot.send_message(chat, "card", reply_markup=markup)  # type: ignore[arg-type]
    query = (await desk.people.do("press", user=user, chat=chat, message_id=sent.message_id, data="go"))["query_id"]
    await desk.poller.once()
    await desk.run()
    calls = [call for call in (await desk.people.see())["calls"] if call["method"] == "answerCallbackQuery"]
    assert [call["params"]["callback_query_id"] for call in calls] == [query]
    answer: dict[str, Any] = calls[0]["params"]
    return answer


async def test_a_press_is_answered_once_with_what_the_handler_chose(desk: Desk) -> None:
    async def choose(_update: Update, context: Context) -> None:
        context.say(Toast("Too late", alert=True))

    desk.handle = choose
    answer = await pressed(desk, MARIA)
    assert (answer.get("text"), str(answer.get("show_alert")).lower()) == ("Too late", "true")


@pytest.mark.parametrize("user", [MARIA, PETR])
async def test_a_press_that_needs_no_word_is_answered_empty(desk: Desk, user: int) -> None:
    """A stranger's too, so that nothing spins; he reaches no handler."""
    answer = await pressed(desk, user)
    assert "text" not in answer
    assert ("press" in desk.heard) is (user == MARIA)


async def test_an_answer_that_fails_undoes_nothing(desk: Desk) -> None:
    """It is best effort: the update is handled, whatever Telegram says."""
    await desk.people.do("say", user=MARIA, text="/start")
    old = {"id": "404", "from": {"id": MARIA, "is_bot": False, "first_name": "M"}, "chat_instance": "1", "data": "go"}
    await desk.put({"update_id": 1, "callback_query": old})
    await desk.run()
    assert await desk.rows("state") == ["done"]


async def test_order_is_kept_within_each_chat_by_several_processes_at_once(
    desk: Desk, database_url: str, policy: Policy, time: ManualClock
) -> None:
    """Each update is handled once, whoever takes it; on SQLite there is one process, with two lanes."""
    done: list[tuple[int, int]] = []

    async def note(update: Update, _context: Context) -> None:
        done.append((update.effective_chat.id if update.effective_chat else 0, update.update_id))

    desk.handle = note
    updates = [words(n, "x", MARIA, -(1 + n % 5)) for n in range(60)]
    await desk.put(*updates)
    others = [Database(database_url, time) for _ in range(2)] if "postgresql" in database_url else [desk.database] * 2
    loops = [desk.loop, *(another(desk, database, policy, time) for database in others)]
    await asyncio.gather(*(until_done(desk, loop) for loop in loops))
    for database in {*others} - {desk.database}:
        await database.close()
    assert sorted(update for _, update in done) == list(range(60))
    for chat in range(1, 6):
        kept = [update for where, update in done if where == -chat]
        assert kept == sorted(kept)


def another(desk: Desk, database: Database, policy: Policy, time: ManualClock) -> Loop[Any, Any]:
    box = Inbox(database, policy, Bell())
    return Loop(InboxLane(box, desk.lane._application), time, Bell())


async def until_done(desk: Desk, loop: Loop[Any, Any]) -> None:
    async with asyncio.timeout(30):
        while "new" in await desk.rows("state"):
            await loop.drain()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_one_chat_does_not_wait_for_another(desk: Desk) -> None:
    """The second is handled while the first still is; on SQLite writers take turns, and no handler waits for more."""
    second = asyncio.Event()

    async def wait(update: Update, _context: Context) -> None:
        if update.message and update.message.text == "first":
            await asyncio.wait_for(second.wait(), 5)
        second.set()

    desk.handle = wait
    await desk.put(words(1, "first", MARIA), words(2, "second", IVAN))
    await desk.run()
    assert await desk.rows("state", "attempts") == [("done", 0), ("done", 0)]
