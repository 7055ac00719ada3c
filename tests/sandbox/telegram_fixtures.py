"""A pytest plugin: `pytest_plugins = ["tests.sandbox.telegram_fixtures"]` gives a test module these fixtures."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from sandbox.faults import Faults
from sandbox.store import Store
from tests.sandbox.telegram_client import MARIA, Telegram, client, connect


@pytest.fixture
async def telegram(url: str) -> AsyncIterator[Telegram]:
    async with client(url) as http:
        yield Telegram(http)


@pytest.fixture
async def bot(url: str) -> AsyncIterator[Bot]:
    async with connect(url) as bot:
        yield bot


@pytest.fixture
async def maria(telegram: Telegram) -> int:
    """Her private chat, opened by /start."""
    await telegram.do("say", user=MARIA, text="/start")
    return MARIA


@pytest.fixture
def faults(store: Store) -> Faults:
    return Faults(store)
