"""A base that changed between confirmation and hand-over: who accepts the new number confirms it, and pays with his limit."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.limits import OverLimitError
from bot.domain.models import Admin
from bot.services.unit import Unit
from bot.storage import people
from bot.storage.engine import Database
from tests.bot.services.conftest import HOME, IVAN, MARIA
from tests.times import ManualClock

BASES: list[dict[str, Any]] = [{"id": 1, "name": "VIP", "total": 12}]


async def _schedule(unit: Unit, time: ManualClock, by: int, now: int, after: timedelta) -> int:
    """Return a multicast to twelve, confirmed by somebody, whose base holds so many at hand-over."""
    multicast = await _confirmed(unit, by, after, BASES)
    time.go(after.total_seconds() - 60)
    async with unit() as services:
        [item] = await services.handovers.claim(1)
    async with unit() as services:
        assert await services.handovers.begin(item, {"VIP": now}) is None
    return multicast


async def _confirmed(unit: Unit, by: int, after: timedelta, bases: list[dict[str, Any]]) -> int:
    async with unit() as services:
        when = {"at": (services.now + after).isoformat()}
        fields = {"sender": "MyShop", "text": "Скидка", "bases": bases, "when": when}
        draft = await services.drafts.open("multicast", by, HOME, fields)
        subject = await services.composers["multicast"].consume(draft, by)
    assert subject is not None
    return subject.id


async def _accept(unit: Unit, multicast: int, by: int) -> bool:
    async with unit() as services:
        return await services.multicasts.accept_drift(multicast, by)


async def _spent(unit: Unit, person: int) -> int:
    async with unit.reading() as services:
        found = await services.people.load(person)
        assert found is not None
        return await services.limits.spent(found)


async def _limit(database: Database, person: int, **limits: int) -> None:
    async with database.write() as tx:
        await people.change(tx, person, **limits)


@pytest.mark.usefixtures("maria")
async def test_whoever_accepts_for_somebody_else_pays_for_all_of_it(
    unit: Unit, database: Database, time: ManualClock
) -> None:
    multicast = await _schedule(unit, time, MARIA, 14, timedelta(hours=1))
    await _limit(database, IVAN, parts_a_day=13)
    with pytest.raises(OverLimitError):
        await _accept(unit, multicast, IVAN)
    assert [await _spent(unit, one) for one in (MARIA, IVAN)] == [12, 0]
    await _limit(database, IVAN, parts_a_day=14)
    assert await _accept(unit, multicast, IVAN)
    assert [await _spent(unit, one) for one in (MARIA, IVAN)] == [0, 14]
    async with unit.reading() as services:
        found = await services.multicasts.load(multicast)
    assert found is not None
    assert (found.author, found.confirmed_by) == (MARIA, IVAN)


@pytest.mark.parametrize(("parts", "taken"), [(13, False), (14, True)])
async def test_whoever_accepts_for_himself_pays_for_what_is_new(
    unit: Unit, database: Database, maria: Admin, time: ManualClock, parts: int, *, taken: bool
) -> None:
    """What he confirmed today is counted already."""
    multicast = await _schedule(unit, time, maria.user_id, 14, timedelta(hours=1))
    await _limit(database, MARIA, parts_a_day=parts)
    if taken:
        assert await _accept(unit, multicast, MARIA)
    else:
        with pytest.raises(OverLimitError):
            await _accept(unit, multicast, MARIA)
    assert await _spent(unit, MARIA) == (14 if taken else 12)


@pytest.mark.usefixtures("maria")
async def test_accepted_on_another_day_all_of_it_counts_on_that_day(
    unit: Unit, database: Database, time: ManualClock
) -> None:
    multicast = await _schedule(unit, time, MARIA, 14, timedelta(hours=22))
    assert await _spent(unit, MARIA) == 0
    await _limit(database, MARIA, parts_a_day=13)
    with pytest.raises(OverLimitError):
        await _accept(unit, multicast, MARIA)
    await _limit(database, MARIA, parts_a_day=14)
    assert await _accept(unit, multicast, MARIA)
    assert await _spent(unit, MARIA) == 14


@pytest.mark.usefixtures("maria")
async def test_nobody_accepts_more_numbers_at_once_than_he_may_write_to(
    unit: Unit, database: Database, time: ManualClock
) -> None:
    """Also where there are fewer than before: whoever accepts them has not confirmed any yet."""
    multicast = await _schedule(unit, time, MARIA, 10, timedelta(hours=1))
    await _limit(database, IVAN, largest_multicast=9)
    with pytest.raises(OverLimitError):
        await _accept(unit, multicast, IVAN)
    await _limit(database, IVAN, largest_multicast=10)
    assert await _accept(unit, multicast, IVAN)


@pytest.mark.parametrize(("largest", "asks"), [(99, False), (100, True), (103, True), (104, False), (None, False)])
@pytest.mark.usefixtures("maria")
async def test_a_few_more_ask_where_they_are_more_than_the_confirmer_may_write_to(
    unit: Unit, database: Database, time: ManualClock, largest: int | None, *, asks: bool
) -> None:
    """A limit that was lowered since is no question of the base."""
    bases = [{**BASES[0], "total": 100}]
    multicast = await _confirmed(unit, MARIA, timedelta(hours=1), bases)
    if largest is not None:
        await _limit(database, MARIA, largest_multicast=largest)
    time.go(timedelta(minutes=59).total_seconds())
    async with unit() as services:
        [item] = await services.handovers.claim(1)
    async with unit() as services:
        assert (await services.handovers.begin(item, {"VIP": 104}) is None) is asks
    async with unit.reading() as services:
        found = await services.multicasts.load(multicast)
    assert found is not None
    assert ((found.asking or {}).get("kind") == "drift") is asks
