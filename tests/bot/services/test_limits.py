"""What a day's limit counts: no clock of one's own and no midnight that passes meanwhile makes it larger."""

from dataclasses import replace

import pytest

from bot.domain.limits import OverLimitError
from bot.domain.models import Admin, Place
from bot.domain.policy import Policy
from bot.services.sending.sends import Content
from bot.services.unit import Unit
from bot.storage import people
from bot.storage.engine import Database
from tests.bot.services.conftest import IVAN
from tests.times import ManualClock

HOME = Place(IVAN)
PHONES = tuple(str(79110000000 + number) for number in range(12))


@pytest.fixture
def policy(policy: Policy) -> Policy:
    return replace(policy, approve_recipients=10)


async def _send(unit: Unit, phones: tuple[str, ...] = PHONES) -> int:
    async with unit() as services:
        await services.limits.ask(IVAN, parts=len(phones))
        content, origin = Content(phones, "Привет", "MyShop"), f"draft:{services.now.isoformat()}"
        batch = await services.sends.begin(content, origin=origin, author=IVAN, by=IVAN, place=HOME)
    assert batch is not None
    return batch


@pytest.fixture
async def ivan(database: Database, maria: Admin) -> None:
    """An operator who may send twelve parts a day."""
    async with database.write() as tx:
        await people.change(tx, IVAN, parts_a_day=12)


@pytest.mark.usefixtures("ivan")
async def test_who_moves_to_another_zone_gets_no_new_day(unit: Unit, time: ManualClock) -> None:
    """In Kiritimati a day began at 13:00 in Moscow."""
    await _send(unit, PHONES[:10])
    time.go(hours=1)
    async with unit() as services:
        await services.people.set(IVAN, zone="Pacific/Kiritimati")
    with pytest.raises(OverLimitError):
        await _send(unit, PHONES[:3])
    time.go(hours=12)
    await _send(unit, PHONES[:3])


@pytest.mark.usefixtures("ivan")
async def test_what_waits_for_approval_counts_beyond_midnight(unit: Unit, maria: Admin, time: ManualClock) -> None:
    """Approved today it leaves today, so it is counted before and after."""
    time.go(hours=11, minutes=50)
    batch = await _send(unit)
    time.go(minutes=20)
    with pytest.raises(OverLimitError):
        await _send(unit, PHONES[:1])
    async with unit() as services:
        assert await services.approvals.approve(1, maria) == "done"
    with pytest.raises(OverLimitError):
        await _send(unit, PHONES[:1])
    async with unit() as services:
        assert await services.sends.undo(batch, IVAN)
    await _send(unit, PHONES[:1])
