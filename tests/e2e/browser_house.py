"""The real bot, both wings running by themselves, with people who use it through the chat page in a real browser.

Time runs as everywhere, but begins at a known moment, and `house.go(seconds=10)` lets it leap: nobody waits for an undo window.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from playwright.async_api import expect

from bot import app
from bot.domain.clock import SystemClock
from bot.settings import Settings
from sandbox.app import serve
from sandbox.faults import Faults
from sandbox.sms2 import accounts, bases, messages, multicasts
from sandbox.store import Store
from sandbox.telegram import views
from sandbox.telegram.world import World, create
from tests.e2e.house import PASSWORD, TOKEN
from tests.sandbox.page_driver import PageDriver
from tests.times import NOON

__all__ = ["PATIENCE_MS", "BrowserHouse", "LeapingClock", "Viewer"]

PATIENCE_MS = 15_000
"""How long the words on the screen may take on a machine that has much else to do."""

_LANES = (*app.CHAT, *app.WORKER)


class LeapingClock(SystemClock):
    """Runs from a known moment, and leaps when it is told to."""

    def __init__(self, start: datetime = NOON) -> None:
        self._start, self._began = start, time.monotonic()

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return self._start + timedelta(seconds=time.monotonic() - self._began)

    def leap(self, **parts: float) -> None:
        """Go on at once."""
        self._start += timedelta(**parts)


@dataclass(frozen=True, slots=True)
class Viewer:
    """One person at the page: what is done there, and what stands on the screen."""

    page: PageDriver
    world: World
    user: int

    async def say(self, text: str) -> None:
        """Write a text and send it."""
        await self.page.type(text)

    async def press(self, label: str) -> None:
        """Press the newest button of that label."""
        await self.page.press(label)

    async def press_first(self) -> None:
        """Press the first button of the newest card, whatever it says."""
        await self.page.newest.locator(".keyboard button").first.click()

    async def see(self, *words: str) -> None:
        """Expect the newest message to say all of this."""
        for part in words:
            await expect(self.page.newest).to_contain_text(part, timeout=PATIENCE_MS)

    async def see_buttons(self, *labels: str) -> None:
        """Expect exactly these buttons below the newest message, in reading order."""
        await expect(self.page.newest.locator(".keyboard button")).to_have_text(list(labels), timeout=PATIENCE_MS)

    async def see_only(self, *titles: str) -> None:
        """Expect exactly these first lines of all that the bot says on the screen, the oldest first."""
        said = self.page.page.locator("#messages > .message.bot .text")
        first_lines = [re.compile("^" + r"\s".join(map(re.escape, title.split()))) for title in titles]
        await expect(said).to_have_text(first_lines, timeout=PATIENCE_MS)

    @property
    def presses(self) -> int:
        """How many presses of inline buttons have reached the bot."""
        return sum(press.user_id == self.user for press in self.world.presses.all())

    @property
    def typed(self) -> int:
        """How many messages this person has written to the bot in private."""
        shown = (views.message(self.world, one) for one in self.world.chats.all(self.user))
        return sum(not one["by_bot"] for one in shown)


class BrowserHouse:
    """Both ends, the running bot between them, and one tab."""

    def __init__(self, store: Store, clock: LeapingClock, tab: PageDriver) -> None:
        self.store, self.clock, self.world, self.faults = store, clock, create(store), Faults(store)
        self.page = tab
        self._bot: app.House

    @asynccontextmanager
    async def open(self, database_url: str, **options: Any) -> AsyncIterator["BrowserHouse"]:
        """Serve both sides and run the bot until the story is over."""
        async with serve(self.store) as url:
            accounts.change(self.store, password=PASSWORD)
            self.page = replace(self.page, url=url)
            self._bot = app.build(_settings(url, database_url, **options), clock=self.clock)
            until = asyncio.Event()
            running = asyncio.create_task(app.serve(self._bot, "run", until))
            try:
                yield self
            finally:
                await self.page.leave()
                until.set()
                await running

    async def viewer(self, user: int, chat: int | None = None) -> Viewer:
        """Sit down at the page as somebody, in the private chat unless another is named."""
        await self.page.look(user, chat)
        return Viewer(self.page, self.world, user)

    def go(self, **parts: float) -> None:
        """Let time leap, and everything happen that has fallen due."""
        self.clock.leap(**parts)
        self._bot.bell.ring(*_LANES)

    async def struck(self) -> None:
        """Let every switched-on fault hit the call that it waits for."""
        for _ in range(PATIENCE_MS // 20):
            if not self.faults.list():
                return
            await asyncio.sleep(0.02)
        raise AssertionError("it does not happen")

    @property
    def received(self) -> list[tuple[str, str]]:
        """Phone and text of every SMS that reached a phone, oldest first."""
        return [(sms["phone"], sms["text"]) for sms in messages.received(self.store)]

    @property
    def multicasts(self) -> list[dict[str, Any]]:
        """Every multicast that the provider has ever taken, oldest first."""
        return multicasts.queued(self.store)

    def base(self, name: str) -> list[str]:
        """What the provider has in a base."""
        return bases.phones_of(self.store, name)


def _settings(url: str, database_url: str, **options: Any) -> Settings:
    given: dict[str, Any] = {
        "telegram_token": TOKEN,
        "telegram_api_url": url,
        "gateway_url": url,
        "gateway_user": "sandbox",
        "gateway_password": PASSWORD,
        "database_url": database_url,
        "owners": "1001",
        "default_sender": "MyShop",
        "price_per_part": "5",
        "quiet_hours": "0-0",
        "send_rate": 1000,
    }
    return Settings(**(given | options))
