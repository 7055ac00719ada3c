"""The panic switch beside what is under way at that very moment."""

from bot.domain.models import Admin, Place
from bot.services.unit import Unit
from bot.storage import halts, notices
from bot.storage.engine import Database
from tests.bot.services.conftest import HOME, MARIA
from tests.times import ManualClock

BASES = [{"id": 1, "name": "VIP", "total": 12}]


async def test_what_is_just_being_handed_over_is_named_as_beyond_recall(
    unit: Unit, database: Database, maria: Admin, time: ManualClock
) -> None:
    """Its call is on its way: the stop holds it no more, and nobody is to think that it does."""
    async with unit() as services:
        fields = {"sender": "MyShop", "text": "Скидка", "bases": BASES, "when": {"now": True}}
        draft = await services.drafts.open("multicast", MARIA, HOME, fields)
        await services.composers["multicast"].consume(draft, MARIA)
    time.go(minutes=1)
    async with unit() as services:
        [item] = await services.handovers.claim(1)
    async with unit() as services:
        assert await services.handovers.begin(item, {"VIP": 12}) is not None
    async with unit() as services:
        assert await services.halt.stop(maria, Place(MARIA))
    async with database.read() as tx:
        notice = await notices.load(tx, await halts.current(tx) or 0)
    assert notice is not None
    assert [one["bases"] for one in notice.args["gone"]] == [["VIP"]]
    assert notice.args["multicasts"] == 0
