from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from sandbox.faults import Faults
from tests.sandbox.telegram_client import MARIA, Telegram

pytest_plugins = ["tests.sandbox.telegram_fixtures"]


@pytest.mark.parametrize("kind", ["cut_after", "error500_after", "html", "empty"])
async def test_a_message_stands_in_the_chat_though_its_answer_was_lost(
    bot: Bot, maria: int, telegram: Telegram, faults: Faults, kind: str
) -> None:
    faults.set("telegram", "sendMessage", kind)
    with pytest.raises(TelegramError) as lost:
        await bot.send_message(maria, "sent")
    assert not isinstance(lost.value, BadRequest | Forbidden | RetryAfter)
    assert (await telegram.last(maria))["text"] == "sent"
    call = (await telegram.see())["calls"][-1]
    assert (call["method"], call["status"], call["fault"]) == ("sendMessage", 200, kind)


@pytest.mark.parametrize("kind", ["cut_before", "error500_before"])
async def test_nothing_is_sent_where_the_fault_came_first(
    bot: Bot, maria: int, telegram: Telegram, faults: Faults, kind: str
) -> None:
    faults.set("telegram", "sendMessage", kind)
    with pytest.raises(NetworkError):
        await bot.send_message(maria, "never")
    assert (await telegram.last(maria))["text"] == "/start"
    assert (await bot.send_message(maria, "then")).text == "then"


async def test_a_hanging_call_times_out_and_leaves_nothing(
    bot: Bot, maria: int, telegram: Telegram, faults: Faults
) -> None:
    faults.set("telegram", "sendMessage", "hang")
    with pytest.raises(TimedOut):
        await bot.send_message(maria, "never", read_timeout=0.1)
    assert (await telegram.last(maria))["text"] == "/start"


async def test_too_many_requests_say_how_long_to_wait(
    bot: Bot, maria: int, telegram: Telegram, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    faults.set("telegram", "sendMessage", "429", times=2, retry_after=7)
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(maria, "x")
    assert refused.value.retry_after == timedelta(seconds=7)
    answer = await telegram.raw("sendMessage", chat_id=maria, text="x")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")
    assert answer.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }


async def test_forbidden_on_demand_is_a_blocked_bot(bot: Bot, maria: int, faults: Faults) -> None:
    faults.set("telegram", "*", "forbidden")
    with pytest.raises(Forbidden, match=r"^Forbidden: bot was blocked by the user$"):
        await bot.send_message(maria, "x")


async def test_a_fault_hits_its_method_alone(bot: Bot, maria: int, faults: Faults) -> None:
    faults.set("telegram", "editMessageText", "cut_before", times=None)
    sent = await bot.send_message(maria, "one")
    with pytest.raises(NetworkError):
        await sent.edit_text("two")
    assert await sent.delete()


async def test_updates_survive_a_poll_whose_answer_was_lost(bot: Bot, telegram: Telegram, faults: Faults) -> None:
    await telegram.do("say", user=MARIA, text="hello")
    faults.set("telegram", "getUpdates", "cut_after")
    with pytest.raises(NetworkError):
        await bot.get_updates()
    assert len(await bot.get_updates()) == 1
