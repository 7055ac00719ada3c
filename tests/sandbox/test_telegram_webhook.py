import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import BadRequest, Conflict

from sandbox.app import serve
from sandbox.store import Store
from sandbox.telegram.options import Options
from sandbox.telegram.updates import Updates
from tests.sandbox.sms2_client import Clock
from tests.sandbox.telegram_client import MARIA, Telegram, connect, serve_app

pytest_plugins = ["tests.sandbox.telegram_fixtures"]


@dataclass
class Receiver:
    """The bot's end of a webhook: refuses the first `failures` deliveries."""

    url: str = ""
    failures: int = 0
    got: list[tuple[str | None, dict[str, Any]]] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: Request) -> Response:
        self.got.append((request.headers.get("x-telegram-bot-api-secret-token"), await request.json()))
        if len(self.got) <= self.failures:
            return Response(status_code=500)
        self.arrived.set()
        return Response()

    async def wait(self) -> None:
        async with asyncio.timeout(5):
            await self.arrived.wait()
        self.arrived.clear()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    async with serve_app(Starlette(routes=[Route("/hook", receiver.take, methods=["POST"])])) as url:
        receiver.url = f"{url}/hook"
        yield receiver


async def test_updates_are_delivered_with_the_secret(bot: Bot, telegram: Telegram, receiver: Receiver) -> None:
    await bot.set_webhook(receiver.url, secret_token="s3cret_-")
    await telegram.do("say", user=MARIA, text="hello")
    await receiver.wait()
    secret, update = receiver.got[0]
    assert (secret, update["message"]["text"]) == ("s3cret_-", "hello")


async def test_what_waited_before_the_webhook_is_delivered_too(
    bot: Bot, telegram: Telegram, receiver: Receiver
) -> None:
    await telegram.do("say", user=MARIA, text="early")
    await bot.set_webhook(receiver.url)
    await receiver.wait()
    assert [update["message"]["text"] for _, update in receiver.got] == ["early"]


async def test_a_restarted_sandbox_delivers_what_waited(state: Path, clock: Clock, receiver: Receiver) -> None:
    """The webhook outlives the process; the first call of the bot sets the delivery going again."""
    store = Store(state, clock)
    async with serve(store) as url, connect(url) as bot:
        await bot.set_webhook(receiver.url)
    Updates(store, Options(store)).put("message", {"text": "early"})
    store.close()
    store = Store(state, clock)
    async with serve(store) as url, connect(url):
        await receiver.wait()
    store.close()
    assert [update["message"]["text"] for _, update in receiver.got] == ["early"]


async def test_a_refused_delivery_is_repeated_and_reported(bot: Bot, telegram: Telegram, receiver: Receiver) -> None:
    receiver.failures = 1
    await bot.set_webhook(receiver.url)
    await telegram.do("say", user=MARIA, text="hello")
    await receiver.wait()
    assert [update["message"]["text"] for _, update in receiver.got] == ["hello", "hello"]
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"


async def test_polling_and_a_webhook_exclude_each_other(bot: Bot, telegram: Telegram, receiver: Receiver) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    while not (await telegram.see())["polling"]:
        assert not poll.done()
    await bot.set_webhook(receiver.url)
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_pending_updates_are_dropped_on_demand_only(bot: Bot, telegram: Telegram, receiver: Receiver) -> None:
    await telegram.do("say", user=MARIA, text="one")
    await bot.delete_webhook()
    assert (await bot.get_webhook_info()).pending_update_count == 1
    await bot.delete_webhook(drop_pending_updates=True)
    assert (await bot.get_webhook_info()).pending_update_count == 0


@pytest.mark.parametrize(
    ("address", "secret", "complaint"),
    [
        ("https://example.org/hook", "", "Bad webhook: only addresses of this machine"),
        ("hook", "", "Invalid webhook url specified"),
        ("http://127.0.0.1:1/", "a b", "Secret token contains unallowed characters"),
        ("http://127.0.0.1:1/", "a" * 257, "Secret token is too long"),
    ],
)
async def test_a_webhook_that_cannot_be_is_refused(bot: Bot, address: str, secret: str, complaint: str) -> None:
    with pytest.raises(BadRequest, match=rf"(?i)^{complaint}"):
        await bot.set_webhook(address, secret_token=secret)
    assert (await bot.get_webhook_info()).url == ""
