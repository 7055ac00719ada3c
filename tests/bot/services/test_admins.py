"""Decisions that are made at the same moment: one owner is left, and no limit is passed; on both databases."""

import asyncio

import pytest

from bot.domain.access import Role
from bot.domain.limits import OverLimitError
from bot.domain.models import Admin, Place
from bot.services.people.changes import Changes, Decided
from bot.services.unit import Services, Unit
from bot.storage import people
from bot.storage.engine import Database
from tests.bot.services.conftest import IVAN, MARIA

PHONE = "79119876543"


def changes(services: Services) -> Changes:
    """The card's own decisions, without its card."""
    return services.admins._changes


@pytest.mark.parametrize("deed", ["role", "disable", "remove"])
async def test_two_owners_cannot_end_each_other_at_once(
    unit: Unit, database: Database, maria: Admin, deed: str
) -> None:
    async with database.write() as tx:
        await people.change(tx, IVAN, role=Role.OWNER)

    async def end(user_id: int, by: int) -> Decided:
        async with unit() as services:
            if deed == "role":
                return await changes(services).role(user_id, Role.OPERATOR, by)
            return await changes(services).disable(user_id, by, remove=deed == "remove")

    decided = await asyncio.gather(end(IVAN, MARIA), end(MARIA, IVAN))
    assert sorted(decided) == [Decided.DONE, Decided.REFUSED]
    async with database.read() as tx:
        assert await people.owners(tx) == 1


async def test_the_last_owner_stays(unit: Unit, maria: Admin) -> None:
    async with unit() as services:
        assert await changes(services).role(MARIA, Role.VIEWER, MARIA) is Decided.LAST
        assert await changes(services).disable(MARIA, MARIA) is Decided.LAST
        assert await changes(services).disable(MARIA, MARIA, remove=True) is Decided.LAST


async def test_two_sends_confirmed_at_once_do_not_pass_the_limit(unit: Unit, database: Database, maria: Admin) -> None:
    async with database.write() as tx:
        await people.change(tx, MARIA, parts_a_day=1)
    drafts = []
    for chat in (-1, -2):
        async with unit() as services:
            fields = {"phones": [PHONE], "text": "Привет"}
            drafts.append((await services.sms.open(maria, Place(chat), fields)).id)

    async def confirm(draft: int) -> str:
        async with unit() as services:
            found = await services.drafts.load(draft)
            assert found is not None
            try:
                return await services.drafts.confirm(found, MARIA, asked=True)
            except OverLimitError as over:
                return f"over {over.refusal.left}"

    assert sorted(await asyncio.gather(*map(confirm, drafts))) == ["over 0", "queued"]
