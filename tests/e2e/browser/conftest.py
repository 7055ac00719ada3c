"""The house whose people sit at the chat page: the stories' own, in the loop of the browser."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser
from structlog.typing import EventDict

from sandbox.store import Store
from tests.e2e.browser_house import PATIENCE_MS, BrowserHouse, LeapingClock, Viewer
from tests.sandbox.page_driver import PHONE as SCREEN
from tests.sandbox.page_driver import PageDriver, open_page
from tests.sandbox.telegram_client import MARIA


@pytest.fixture
def time() -> LeapingClock:
    """Time that runs by itself."""
    return LeapingClock()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def tab(browser: Browser) -> AsyncIterator[PageDriver]:
    """One tab for all stories, as narrow as a phone."""
    async with open_page(browser, "about:blank", SCREEN, timezone_id="Europe/Moscow") as tab:
        tab.page.set_default_timeout(PATIENCE_MS)
        yield tab


@pytest_asyncio.fixture(loop_scope="session")
async def house(
    store: Store, time: LeapingClock, tab: PageDriver, database_url: str, options: dict[str, Any], log: list[EventDict]
) -> AsyncIterator[BrowserHouse]:
    """The bot running; in the end nothing spins, nothing stands out of the screen, and the console is silent."""
    async with BrowserHouse(store, time, tab).open(database_url, **options) as house:
        yield house
        assert await house.page.overflow() == []
        assert [press.data for press in house.world.presses.all() if press.answered is None] == []
        complaints = list(house.page.problems)
        house.page.problems.clear()
        assert complaints == []


@pytest_asyncio.fixture(loop_scope="session")
async def maria(house: BrowserHouse) -> Viewer:
    """An owner at the page."""
    return await house.viewer(MARIA)
