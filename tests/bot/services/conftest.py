"""Use cases over a real database, with two admins at the table."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.domain.access import Role
from bot.domain.cards import BatchCard, DraftCard
from bot.domain.models import Admin, Card, Place, Subject
from bot.services.unit import Unit
from bot.storage import cards, people
from bot.storage.engine import Database

MARIA, IVAN = 1001, 1002
HOME = Place(MARIA)


@pytest.fixture
async def maria(database: Database) -> AsyncIterator[Admin]:
    async with database.write() as tx:
        for user_id, name, role in ((MARIA, "Мария", Role.OWNER), (IVAN, "Иван", Role.OPERATOR)):
            await people.admit(tx, user_id, role, name=name, language="ru", zone="Europe/Moscow")
        found = await people.load(tx, MARIA)
    assert found is not None
    return found


Shown = Callable[[], Awaitable[DraftCard | BatchCard]]


@pytest.fixture
def shown(unit: Unit, database: Database) -> Callable[[int], Awaitable[object]]:
    """What a card shows now."""

    async def look(card: int) -> object:
        async with unit.reading() as services:
            found = await services.cards.load(card)
            assert found is not None
            return await services.views.of(found)

    return look


async def card_of(database: Database, kind: str, subject: int) -> Card:
    async with database.read() as tx:
        [card] = await cards.showing(tx, Subject(kind, subject))
        return card
