"""A pytest plugin: the chat page of a fresh sandbox in a real browser, and a scripted bot for it to talk to."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ViewportSize

from sandbox.app import serve
from sandbox.store import Store
from tests.sandbox.page_driver import DESKTOP, PageDriver, ScriptedBot, open_page
from tests.sandbox.sms2_client import Sms2Client
from tests.sandbox.telegram_client import MARIA, client


@pytest_asyncio.fixture(loop_scope="session")
async def address(store: Store) -> AsyncIterator[str]:
    """Where the page is; `url` is the conftest's, in a loop of its own."""
    async with serve(store) as url:
        yield url


@pytest_asyncio.fixture(loop_scope="session")
async def bot(address: str) -> AsyncIterator[ScriptedBot]:
    async with client(address) as http:
        yield ScriptedBot(http)


@pytest.fixture
def viewport(request: pytest.FixtureRequest) -> ViewportSize:
    size: ViewportSize = getattr(request, "param", DESKTOP)
    return size


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def tab(browser: Browser) -> AsyncIterator[PageDriver]:
    """One tab for all tests: to open one takes longer than most of them."""
    options: dict[str, Any] = {"permissions": ["clipboard-read", "clipboard-write"], "timezone_id": "Europe/Moscow"}
    async with open_page(browser, "about:blank", **options) as tab:
        yield tab


@pytest_asyncio.fixture(loop_scope="session")
async def page(tab: PageDriver, address: str, viewport: ViewportSize) -> AsyncIterator[PageDriver]:
    """The page of a fresh sandbox through Maria's eyes; what its console complains of fails the test."""
    await tab.page.set_viewport_size(viewport)
    page = replace(tab, url=address)
    await page.look(MARIA)
    yield page
    await page.leave()
    complaints = list(page.problems)
    page.problems.clear()
    assert complaints == []


@pytest.fixture
def customer(bot: ScriptedBot) -> Sms2Client:
    """A customer of the same sandbox."""
    return Sms2Client(bot.http)
