"""After a standstill one author is called once, however much there is to look at."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.models import Admin
from bot.services.sending.sends import Content
from bot.services.unit import Unit
from bot.storage.engine import Database
from bot.storage.tables import notices
from tests.bot.services.conftest import HOME, MARIA
from tests.times import ManualClock


async def _begin(unit: Unit, number: int, kind: str = "sms") -> int:
    async with unit() as services:
        content = Content((f"7911987650{number}",), "Привет", "MyShop")
        begun = await services.sends.begin(
            content, origin=f"draft:{number}", author=MARIA, by=MARIA, place=HOME, undo=False, kind=kind
        )
        assert begun is not None
        return begun


async def _called(database: Database) -> list[tuple[str, Any]]:
    async with database.read() as tx:
        return [(row.kind, row.args) for row in await tx.conn.execute(select(notices).order_by(notices.c.id))]


async def test_several_lost_calls_make_one_notice_to_their_author(
    unit: Unit, database: Database, time: ManualClock, maria: Admin
) -> None:
    for number in range(3):
        await _begin(unit, number)
    async with unit() as services:
        assert len(await services.dispatch.claim(5)) == 3
    time.go(120)
    async with unit() as services:
        await services.dispatch.claim(5)
    [(kind, args)] = await _called(database)
    assert (kind, args["unknown"], len(args["batches"])) == ("restart", 3, 3)


async def test_a_single_lost_call_lifts_its_own_card_and_needs_no_notice(
    unit: Unit, database: Database, time: ManualClock, maria: Admin
) -> None:
    await _begin(unit, 1)
    async with unit() as services:
        await services.dispatch.claim(5)
    time.go(120)
    async with unit() as services:
        await services.dispatch.claim(5)
    assert await _called(database) == []


async def test_sends_that_became_late_together_make_one_notice(
    unit: Unit, database: Database, time: ManualClock, maria: Admin
) -> None:
    for number in range(2):
        await _begin(unit, number)
    time.go(minutes=45)
    async with unit() as services:
        assert await services.dispatch.claim(5) == []
    [(kind, args)] = await _called(database)
    assert (kind, args["expired"]) == ("restart", 2)


@pytest.mark.parametrize(("kinds", "told"), [(("sms", "sms"), False), (("sms", "mms"), True)])
async def test_the_notice_knows_whether_an_mms_is_among_them(
    unit: Unit, database: Database, time: ManualClock, maria: Admin, kinds: tuple[str, str], *, told: bool
) -> None:
    """Else it would call an MMS an SMS."""
    for number, kind in enumerate(kinds):
        await _begin(unit, number, kind)
    time.go(minutes=45)
    async with unit() as services:
        assert await services.dispatch.claim(5) == []
    [(_, args)] = await _called(database)
    assert args["mms"] is told
