"""
A pytest plugin: a real browser, Debian's Chromium, for the whole run.

A test module says `pytest_plugins = ["tests.browser"]` and
`pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]`; its async fixtures say
`loop_scope="session"` too, for the browser lives in that loop. Without Chromium such tests are skipped, or
fail where `SMSBOT_TEST_BROWSER=required`. `tests/browser.sh` installs what is missing.
"""

import os
import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

__all__ = ["browser", "find_chromium"]

_NAMES = ("chromium", "chromium-browser")
_ARGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-proxy-server"),
)
_MISSING = "Chromium is missing: `apt-get install chromium fonts-noto-color-emoji`, or run tests/browser.sh as root"


def find_chromium() -> str:
    """Path of the browser; skips the test where it is missing, or fails it where it is required."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found:
        return found
    if os.environ.get("SMSBOT_TEST_BROWSER") == "required":
        pytest.fail(_MISSING)
    pytest.skip(_MISSING)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all; each test opens a context of its own."""
    path = find_chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=_ARGS)
        yield browser
        await browser.close()
