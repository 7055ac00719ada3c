"""The house of the stories, and the people who come to it."""

import logging
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.domain.access import Role
from bot.domain.audit import DEEDS
from bot.storage.tables import events
from sandbox.store import Store
from tests.e2e.house import GROUP, TOPIC, House
from tests.e2e.screen import Chat, Person
from tests.times import ManualClock


@pytest.fixture
def options() -> dict[str, Any]:
    """Settings that differ from the stories' own; a module may say which."""
    return {}


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[list[EventDict]]:
    """What the house logs; errors that nobody has cleared away fail the story."""
    with capture_logs() as told:
        yield told
    assert [line for line in told if line["log_level"] in ("error", "critical")] == []
    foreign = (record for record in caplog.get_records("call") if not record.name.startswith("telegram.request"))
    assert [record.getMessage() for record in foreign if record.levelno >= logging.ERROR] == []


@pytest.fixture
def store(time: ManualClock) -> Iterator[Store]:
    """The sandbox's memory; a story that used what Telegram or SMS2 does not have fails."""
    store = Store(":memory:", lambda: time.now().timestamp())
    yield store
    violations = store.violations()
    store.close()
    assert violations == []


@pytest.fixture
async def house(
    store: Store, time: ManualClock, database_url: str, options: dict[str, Any], log: list[EventDict]
) -> AsyncIterator[House]:
    async with House(store, time, database_url, **options).open() as house:
        await house.know(GROUP)
        yield house
        spinning = [press.data for press in house.world.presses.all() if press.answered is None]
        unentered = await _unentered(house)
    assert spinning == []
    assert unentered == []


async def _unentered(house: House) -> list[tuple[str, str]]:
    """Return deeds of the story that the audit does not know."""
    async with house.bot.database.read() as tx:
        done = (await tx.conn.execute(select(events.c.kind, events.c.verb).distinct())).all()
    return [(kind, verb) for kind, verb in done if verb not in DEEDS.get(kind, {})]


@pytest.fixture
def maria(house: House) -> Person:
    """An owner."""
    return house.person(1001)


@pytest.fixture
async def ivan(house: House) -> Person:
    """An operator."""
    return await house.admit(house.person(1002), Role.OPERATOR)


@pytest.fixture
def petr(house: House) -> Person:
    """A stranger."""
    return house.person(1003)


@pytest.fixture
async def anna(house: House) -> Person:
    """A viewer."""
    return await house.admit(house.person(1004), Role.VIEWER)


@pytest.fixture
async def john(house: House) -> Person:
    """An operator who speaks English."""
    return await house.admit(house.person(1005), Role.OPERATOR, "en")


@pytest.fixture
def group(house: House) -> Chat:
    """The group's own chat."""
    return house.chat()


@pytest.fixture
def topic(house: House) -> Chat:
    """A topic of the group."""
    return house.chat(thread=TOPIC)
