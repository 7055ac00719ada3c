"""The poller against the emulated Bot API over real sockets: nothing is confirmed unstored, nothing ends it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs
from telegram.request import HTTPXRequest

from bot.chat.gate import KINDS
from bot.chat.poller import Poller, Row, Telegram, chat_of
from bot.domain.bell import Bell
from bot.domain.policy import Policy
from bot.services.inbox import Inbox
from bot.storage.engine import Database
from sandbox.app import serve
from sandbox.faults import Faults
from sandbox.store import Store
from tests.sandbox.telegram_client import MARIA, TOKEN
from tests.sandbox.telegram_client import Telegram as People
from tests.times import ManualClock


@dataclass
class Shelf:
    """Keeps updates in memory; `broken` is how many times it refuses to."""

    rows: list[Row] = field(default_factory=list)
    broken: int = 0

    async def store(self, updates: Sequence[Row]) -> None:
        """Keep all or none."""
        if self.broken:
            self.broken -= 1
            raise OSError("disk full")
        self.rows += updates

    @property
    def texts(self) -> list[str]:
        return [body["message"]["text"] for _, _, body in self.rows if "message" in body]


@dataclass
class Post:
    """Both ends of the wire, and the poller between."""

    people: People
    store: Store
    faults: Faults
    bot: Telegram
    clock: ManualClock
    shelf: Shelf
    beats: list[str]
    poller: Poller

    async def say(self, text: str) -> None:
        await self.people.do("say", user=MARIA, text=text)

    async def run_until(self, *conditions: Callable[[], object]) -> None:
        """Run the poller, as the bot does, until one condition after the other has come true."""
        running = asyncio.create_task(self.poller.run())
        try:
            for condition in conditions:
                await eventually(condition)
        finally:
            self.poller.stop()
            await running


async def eventually(condition: Callable[[], object]) -> None:
    """Wait for what real sockets bring about, not for long."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - the far end rings no bell
            await asyncio.sleep(0.01)


@pytest.fixture
def store(tmp_path: Path, time: ManualClock) -> Iterator[Store]:
    store = Store(tmp_path / "sandbox.sqlite", lambda: time.now().timestamp())
    yield store
    violations = store.violations()
    store.close()
    assert violations == []


@pytest.fixture
async def post(store: Store, time: ManualClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Post]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    async with serve(store) as url, httpx.AsyncClient(base_url=url, timeout=10, trust_env=False) as http:
        ends = [HTTPXRequest(httpx_kwargs={"trust_env": False}) for _ in range(2)]
        bot = Telegram(TOKEN, base_url=f"{url}/bot", request=ends[0], get_updates_request=ends[1])
        shelf, beats = Shelf(), []

        async def beat(name: str) -> None:
            beats.append(name)

        async with bot:
            poller = Poller(bot, shelf, time, beat, hold=0)
            yield Post(People(http), store, Faults(store), bot, time, shelf, beats, poller)


async def test_updates_are_kept_as_they_came_with_the_chat_whose_order_they_keep(post: Post) -> None:
    await post.say("one")
    await post.say("two")
    await post.poller.once()
    assert post.shelf.texts == ["one", "two"]
    assert [chat for _, chat, _ in post.shelf.rows] == [MARIA, MARIA]


async def test_what_could_not_be_stored_was_not_confirmed(post: Post) -> None:
    """Telegram gives it again."""
    await post.say("precious")
    post.shelf.broken = 2
    await post.run_until(lambda: bool(post.shelf.rows))
    assert post.shelf.texts == ["precious"]


async def test_an_update_is_confirmed_by_the_next_question_alone(post: Post) -> None:
    """A process that dies between storing and asking is given it again; the table knows it already."""
    await post.say("one")
    await post.poller.once()
    reborn = Poller(post.bot, post.shelf, post.clock, hold=0)
    await reborn.once()
    assert post.shelf.texts == ["one", "one"]
    await reborn.once()
    await Poller(post.bot, post.shelf, post.clock, hold=0).once()
    assert post.shelf.texts == ["one", "one"]


async def test_ids_that_begin_anew_are_heard(post: Post) -> None:
    """After a silent week Telegram counts from anywhere; nothing is left to confirm once an answer was empty."""
    await post.say("before")
    await post.poller.once()
    await post.poller.once()
    body = {"message_id": 1, "date": 0, "chat": {"id": MARIA, "type": "private"}, "text": "after"}
    post.store.write(
        "INSERT INTO tg_updates VALUES (5, ?, 'message', ?)", post.clock.now().timestamp(), json.dumps(body)
    )
    await post.poller.once()
    assert post.shelf.texts == ["before", "after"]


async def test_an_update_that_cannot_be_parsed_blocks_nothing(post: Post) -> None:
    post.store.write(
        "INSERT INTO tg_updates VALUES (5, ?, 'message', '{\"date\": \"never\"}')", post.clock.now().timestamp()
    )
    await post.say("after")
    await post.poller.once()
    assert [chat for _, chat, _ in post.shelf.rows] == [0, MARIA]


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("error500_before", {}),
        ("error500_after", {}),
        ("html", {}),
        ("empty", {}),
        ("cut_before", {}),
        ("cut_after", {}),
        ("429", {"retry_after": 3}),
        ("forbidden", {}),
    ],
)
async def test_a_failing_answer_loses_nothing_and_ends_nothing(post: Post, kind: str, options: dict[str, Any]) -> None:
    post.faults.set("telegram", "getUpdates", kind, times=2, **options)
    await post.say("patience")
    with capture_logs() as logs:
        await post.run_until(lambda: bool(post.shelf.rows))
    assert set(post.shelf.texts) == {"patience"}
    expected = [3.0, 3.0] if kind == "429" else [1.0, 2.0]
    assert [entry["again_in"] for entry in logs if entry["event"] == "no updates"] == expected


def forgiven(store: Store) -> bool:
    """Let the token count again."""
    store.write("DELETE FROM tg_options WHERE name = 'revoked'")
    return True


async def test_a_revoked_token_does_not_end_it(post: Post) -> None:
    """The library's own polling ends here in silence."""
    await post.say("back again")
    await post.people.do("settings", revoked=[TOKEN])
    with capture_logs() as logs:
        await post.run_until(lambda: len(logs) >= 3 and forgiven(post.store), lambda: post.shelf.rows)
    assert logs[0]["why"] == "Telegram does not know SMSBOT_TELEGRAM_TOKEN"
    assert post.shelf.texts == ["back again"]


async def test_a_webhook_in_the_way_is_named(post: Post) -> None:
    set_up = await post.people.raw("setWebhook", url="http://127.0.0.1:9/hook")
    assert set_up.json()["ok"], set_up.text
    with capture_logs() as logs:
        await post.run_until(lambda: bool(logs))
    assert logs[0]["why"] == "another process takes this bot's updates, or a webhook does"


async def test_the_wait_between_failures_grows_to_a_minute(post: Post) -> None:
    post.faults.set("telegram", "getUpdates", "error500_before", times=None)
    with capture_logs() as logs:
        await post.run_until(lambda: len(logs) >= 9)
    assert [entry["again_in"] for entry in logs[:9]] == [1, 2, 4, 8, 16, 32, 60, 60, 60]


async def test_only_a_good_answer_is_a_sign_of_life(post: Post) -> None:
    post.faults.set("telegram", "getUpdates", "error500_before", times=None)
    with capture_logs() as logs:
        await post.run_until(lambda: len(logs) >= 3)
    assert post.beats == []
    post.faults.clear("telegram")
    await post.poller.once()
    assert post.beats == ["poll"]


async def test_it_asks_for_what_it_handles_and_nothing_else(post: Post) -> None:
    await post.say("hello")
    await post.poller.once()
    calls = [call for call in (await post.people.see())["calls"] if call["method"] == "getUpdates"]
    assert json.loads(calls[0]["params"]["allowed_updates"]) == list(KINDS)
    assert "offset" not in calls[0]["params"]


async def test_stopping_does_not_wait_for_telegram(post: Post) -> None:
    """A question that hangs for minutes ends at once."""
    post.faults.set("telegram", "getUpdates", "hang", times=None, seconds=60)
    running = asyncio.create_task(post.poller.run())
    await eventually(lambda: post.poller._asking)
    post.poller.stop()
    ended, _ = await asyncio.wait([running], timeout=2)
    assert ended == {running}
    assert post.shelf.rows == []


async def test_nothing_of_it_shows_the_token(post: Post) -> None:
    assert TOKEN not in repr(post.bot) + str(post.bot)


async def test_stored_for_good(post: Post, database: Database, policy: Policy, bell: Bell) -> None:
    """The real inbox keeps what came, and rings for whoever handles it."""
    inbox = Inbox(database, policy, bell)
    await post.say("hello")
    await Poller(post.bot, inbox, post.clock, hold=0).once()
    assert await inbox.waiting(10, ()) == [MARIA]
    assert bell.event("inbox").is_set()


_CHAT = {"chat": {"id": -100, "type": "supergroup"}}


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        ({"message": _CHAT}, -100),
        ({"edited_message": _CHAT}, -100),
        ({"callback_query": {"message": _CHAT}}, -100),
        ({"my_chat_member": _CHAT}, -100),
        ({"callback_query": {"inline_message_id": "x"}}, 0),
        ({"poll": _CHAT}, 0),
        ({"message": {"chat": {"id": 2**80}}}, 0),
        ({"message": {"chat": {"id": True}}}, 0),
    ],
)
def test_an_update_keeps_its_place_among_those_of_its_chat(update: dict[str, Any], chat: int) -> None:
    assert chat_of(update) == chat


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*KINDS, "chat", "id", "message"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*KINDS, "chat", "id"]), _JSON, max_size=3))
def test_no_update_is_too_strange_to_be_kept(update: dict[str, Any]) -> None:
    assert abs(chat_of(update)) < 2**63
