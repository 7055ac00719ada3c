"""The lane over real sockets against the emulated Telegram, which refuses as Telegram does and loses answers on demand."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.chat.press import Press
from bot.chat.view import View
from bot.domain.bell import Bell
from bot.domain.models import Place
from bot.domain.policy import Policy
from bot.services.unit import Unit
from sandbox.app import serve
from sandbox.store import Store
from tests.bot.chat.conftest import BATCH, MARIA, OTHER, Desk, says
from tests.bot.chat.model import ModelTelegram
from tests.sandbox.telegram_client import GROUP, IVAN, TOPIC, Telegram, connect
from tests.times import ManualClock

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FORUM = Place(GROUP, TOPIC)


class Counter(Desk):
    """A desk whose cards people see in the sandbox."""

    people: Telegram
    bot: Any

    async def work(self) -> int:
        return await self.loop(self.bot).drain()

    async def fault(self, call: str, kind: str, **more: Any) -> None:
        fault = {"side": "telegram", "call": call, "kind": kind, **more}
        assert (await self.people.http.post("/control/faults", json=fault)).status_code == 200

    async def screen(self, chat: int = MARIA.chat) -> list[dict[str, Any]]:
        """What stands in the chat of the bot's messages, oldest first."""
        return [one for one in await self.people.messages(chat) if one["by_bot"] and not one["deleted"]]

    async def texts(self, chat: int = MARIA.chat) -> list[str]:
        return [one["text"] for one in await self.screen(chat)]

    async def pressable(self, chat: int = MARIA.chat) -> list[int]:
        return [one["message_id"] for one in await self.screen(chat) if one["keyboard"]]


@pytest.fixture
def store(tmp_path: Path, time: ManualClock) -> Iterator[Store]:
    store = Store(tmp_path / "sandbox.sqlite", lambda: time.now().timestamp())
    yield store
    violations = store.violations()
    store.close()
    assert violations == []


@pytest.fixture
async def counter(store: Store, unit: Unit, time: ManualClock, policy: Policy, bell: Bell) -> AsyncIterator[Counter]:
    async with (
        serve(store) as url,
        httpx.AsyncClient(base_url=url, timeout=10, trust_env=False) as http,
        connect(url) as bot,
    ):
        counter = Counter(unit, time, ModelTelegram(), policy, bell)
        counter.people, counter.bot = Telegram(http), bot
        await counter.people.do("say", user=MARIA.chat, text="/start")
        yield counter


async def test_a_card_lives_in_one_message_and_a_raise_notifies(counter: Counter) -> None:
    card = await counter.shown(text="Sending")
    await counter.change("Sent")
    await counter.work()
    [first] = await counter.screen()
    assert (first["text"], first["edits"], first["notified"]) == ("Sent", 1, True)
    await counter.drop()
    await counter.work()
    [second] = await counter.screen()
    assert (second["notified"], second["message_id"] > first["message_id"]) == (False, True)
    await counter.people.do("press", user=MARIA.chat, chat=MARIA.chat, message_id=second["message_id"], label="Go")
    assert (await counter.card(card)).message_id == second["message_id"]


@pytest.mark.parametrize("fault", ["cut_after", "error500_after", "html", "empty"])
async def test_a_post_whose_answer_is_lost_leaves_a_stray_that_goes_when_pressed(counter: Counter, fault: str) -> None:
    card = await counter.post()
    await counter.fault("sendMessage", fault)
    await counter.work()
    [stray] = await counter.pressable()
    counter.time.go(10)
    await counter.work()
    assert len(await counter.pressable()) == 2
    press = Press.unpack((await counter.screen())[0]["keyboard"][0][0]["callback_data"])
    assert press is not None
    async with counter.unit() as services:
        await services.cards.adopt(press.card, stray)
    await counter.work()
    assert await counter.pressable() == [(await counter.card(card)).message_id]


@pytest.mark.parametrize("fault", ["cut_before", "error500_before", "cut_after", "error500_after", "html", "empty"])
async def test_an_edit_whose_answer_is_lost_ends_as_wanted(counter: Counter, fault: str) -> None:
    await counter.shown()
    await counter.change("Sent")
    await counter.fault("editMessageText", fault)
    await counter.work()
    assert (await counter.texts(), await counter.due_in()) == (["Sent"], None)


async def test_a_call_that_hangs_is_given_up_in_time(counter: Counter) -> None:
    counter.policy = replace(counter.policy, call=counter.policy.call / 100)
    await counter.post()
    await counter.fault("sendMessage", "hang", seconds=30)
    await counter.work()
    assert await counter.due_in() == 2


async def test_a_message_older_than_two_days_shrinks(counter: Counter) -> None:
    await counter.shown()
    counter.time.go(hours=49)
    await counter.lift()
    await counter.work()
    assert await counter.texts() == ["↓ Card below", "New"]
    assert len(await counter.pressable()) == 1


async def test_in_a_topic_of_a_group_the_card_stays_in_its_topic_and_shrinks(counter: Counter) -> None:
    await counter.shown(place=FORUM)
    await counter.lift()
    await counter.work()
    assert [(one["text"], one["thread"]) for one in await counter.screen(GROUP)] == [
        ("↓ Card below", TOPIC),
        ("New", TOPIC),
    ]


async def test_a_card_that_a_person_deleted_is_posted_anew(counter: Counter) -> None:
    await counter.shown()
    [message] = await counter.pressable()
    await counter.people.do("delete", chat=MARIA.chat, message_id=message)
    await counter.change("Sent")
    await counter.work()
    assert await counter.texts() == ["Sent"]


async def test_who_blocked_the_bot_gets_the_card_when_back(counter: Counter) -> None:
    await counter.people.do("block", user=MARIA.chat, blocked=True)
    await counter.post()
    await counter.work()
    counter.time.go(hours=1)
    assert await counter.work() == 0
    await counter.people.do("block", user=MARIA.chat, blocked=False)
    await counter.acted()
    await counter.work()
    assert await counter.texts() == ["New"]


async def test_a_person_who_never_pressed_start_is_left_alone(counter: Counter) -> None:
    await counter.post(place=Place(IVAN))
    await counter.work()
    counter.time.go(hours=1)
    assert await counter.work() == 0


async def test_a_group_that_became_a_supergroup_keeps_its_card(counter: Counter) -> None:
    group = (await counter.people.do("groups", title="Shop", members=[MARIA.chat]))["id"]
    await counter.shown(place=Place(group))
    new = (await counter.people.do("migrate", chat=group, by=MARIA.chat))["id"]
    await counter.change("Sent")
    await counter.work()
    assert await counter.texts(new) == ["Sent"]


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_too_many_requests_are_waited_out(counter: Counter) -> None:
    await counter.post()
    await counter.fault("sendMessage", "429", retry_after=17)
    await counter.work()
    assert (await counter.texts(), await counter.due_in()) == ([], 17)
    counter.time.go(17)
    await counter.work()
    assert await counter.texts() == ["New"]


async def test_markup_that_telegram_cannot_read_is_given_up_and_the_others_are_shown(counter: Counter) -> None:
    counter.views[BATCH] = says("1 < 2")
    await counter.post(BATCH)
    await counter.post(OTHER)
    for _ in range(6):
        await counter.work()
        counter.time.go(minutes=2)
    assert (await counter.texts(), await counter.due_in()) == (["New"], None)


async def test_the_keyboard_for_the_own_number_comes_and_goes(counter: Counter) -> None:
    counter.views[BATCH] = View("Your number?", contact="Share")
    await counter.post()
    await counter.work()
    assert (await counter.people.chat(MARIA.chat))["reply_keyboard"]["keyboard"][0][0]["text"] == "Share"
    counter.views[BATCH] = View("Saved", contact="")
    async with counter.unit() as services:
        await services.cards.touch(BATCH)
    await counter.work()
    assert (await counter.people.chat(MARIA.chat))["reply_keyboard"] is None
    await counter.change("Preview")
    await counter.work()
    assert (await counter.texts(), len(await counter.pressable())) == (["Preview"], 1)
