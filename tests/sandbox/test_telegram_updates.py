import asyncio
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken

from sandbox.app import serve
from sandbox.store import Store
from tests.sandbox.sms2_client import Clock
from tests.sandbox.telegram_client import IVAN, MARIA, Telegram, client, connect

pytest_plugins = ["tests.sandbox.telegram_fixtures"]


async def say(telegram: Telegram, *texts: str) -> None:
    for text in texts:
        await telegram.do("say", user=MARIA, text=text)


def texts(updates: tuple[Update, ...]) -> list[str | None]:
    return [update.message.text for update in updates if update.message]


async def test_unconfirmed_updates_come_again_and_confirmed_ones_never(bot: Bot, telegram: Telegram) -> None:
    await say(telegram, "one", "two", "three")
    first = await bot.get_updates()
    again = await bot.get_updates()
    assert texts(first) == texts(again) == ["one", "two", "three"]
    assert texts(await bot.get_updates(offset=first[1].update_id)) == ["two", "three"]
    assert texts(await bot.get_updates(offset=0)) == ["two", "three"]


async def test_update_ids_are_large_and_follow_each_other(bot: Bot, telegram: Telegram) -> None:
    await say(telegram, "one", "two")
    one, two = (update.update_id for update in await bot.get_updates())
    assert one >= 100_000_000
    assert two == one + 1


async def test_the_limit_gives_the_oldest(bot: Bot, telegram: Telegram) -> None:
    await say(telegram, "one", "two", "three")
    assert texts(await bot.get_updates(limit=2)) == ["one", "two"]


async def test_a_negative_offset_keeps_the_newest_alone(bot: Bot, telegram: Telegram) -> None:
    await say(telegram, "one", "two", "three")
    assert texts(await bot.get_updates(offset=-1)) == ["three"]
    assert texts(await bot.get_updates()) == ["three"]


async def test_an_offset_from_another_world_forgets_nothing(bot: Bot, telegram: Telegram) -> None:
    await say(telegram, "one")
    far = (await bot.get_updates())[0].update_id + 1000
    assert texts(await bot.get_updates(offset=far)) == ["one"]


async def test_updates_wait_a_day(bot: Bot, telegram: Telegram, clock: Clock) -> None:
    await say(telegram, "old")
    clock.advance(24 * 3600 + 1)
    await say(telegram, "new")
    assert texts(await bot.get_updates()) == ["new"]


async def test_a_long_poll_wakes_on_a_new_update(bot: Bot, telegram: Telegram) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    while not (await telegram.see())["polling"]:
        assert not poll.done()
    await say(telegram, "hello")
    async with asyncio.timeout(5):
        assert texts(await poll) == ["hello"]


async def test_a_long_poll_ends_empty_after_its_time(bot: Bot) -> None:
    assert await bot.get_updates(timeout=1) == ()


async def test_a_second_poller_ends_the_first_ones_wait(bot: Bot, telegram: Telegram, url: str) -> None:
    async with connect(url) as other:
        first = asyncio.create_task(bot.get_updates(timeout=30))
        while not (await telegram.see())["polling"]:
            assert not first.done()
        second = asyncio.create_task(other.get_updates(timeout=30))
        with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that only one"):
            await first
        await say(telegram, "hello")
        assert texts(await second) == ["hello"]


async def test_only_the_kinds_asked_for_are_queued_from_then_on(bot: Bot, telegram: Telegram) -> None:
    await bot.get_updates(allowed_updates=[Update.EDITED_MESSAGE])
    said = await telegram.do("say", user=MARIA, text="one")
    await telegram.do("edit", user=MARIA, chat=MARIA, message_id=said["message_id"], text="two")
    updates = await bot.get_updates()
    assert [update.edited_message and update.edited_message.text for update in updates] == ["two"]
    await bot.get_updates(allowed_updates=[])
    await say(telegram, "three")
    assert texts(await bot.get_updates(offset=-1)) == ["three"]


async def test_ids_go_on_and_updates_wait_over_a_restart(state: Path, clock: Clock) -> None:
    seen: list[tuple[int, int]] = []
    for text in ("one", "two"):
        store = Store(state, clock)
        async with serve(store) as url, connect(url) as bot:
            await bot.get_me()
            async with client(url) as http:
                await say(Telegram(http), text)
            updates = await bot.get_updates()
            sent = await bot.send_message(MARIA, text)
            seen.append((updates[-1].update_id, sent.message_id))
        store.close()
    assert texts(updates) == ["one", "two"]
    assert seen[1] == (seen[0][0] + 1, seen[0][1] + 2)


async def test_a_revoked_token_is_unauthorized(bot: Bot, telegram: Telegram, url: str) -> None:
    await telegram.do("settings", revoked=["100:sandbox"])
    with pytest.raises(InvalidToken):
        await bot.get_me()
    answer = await telegram.raw("getMe")
    assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")
    async with connect(url, "100:another") as other:
        assert (await other.get_me()).id == 100


async def test_a_token_that_is_none_is_refused(telegram: Telegram) -> None:
    answer = await telegram.raw("getMe", token="sandbox")
    assert (answer.status_code, answer.json()["description"]) == (
        401,
        "Unauthorized: invalid token specified",
    )


async def test_the_bot_is_who_its_token_says(telegram: Telegram) -> None:
    me = (await telegram.raw("getMe", token="4242:secret")).json()["result"]
    assert (me["id"], me["is_bot"], me["username"]) == (4242, True, "smsbot_sandbox_bot")


async def test_every_update_is_of_a_shape_that_the_library_reads(bot: Bot, telegram: Telegram) -> None:
    await telegram.do("say", user=IVAN, text="/start")
    await telegram.do("block", user=IVAN, blocked=True)
    await bot.get_updates()
    raw: list[dict[str, Any]] = (await telegram.raw("getUpdates")).json()["result"]
    for body in raw:
        update = Update.de_json(body, bot)
        assert update.effective_user is not None
        assert update.effective_user.first_name == "Иван"
        assert not update.api_kwargs
        assert update.effective_chat is not None
        assert not update.effective_chat.api_kwargs
