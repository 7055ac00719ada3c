"""A burst of rejections: it pauses what is on its way to several people, calls once per episode, and can happen again."""

from sqlalchemy import select

from bot.domain.models import Batch
from bot.domain.outcomes import Accepted, Rejected
from bot.domain.states import BatchState
from bot.services.sending.bursts import BURST
from bot.storage import tables
from tests.bot.worker.conftest import OWNER, World

_REFUSED = "UNSUPPORTED_SENDER"


def _phones(first: int, count: int) -> list[str]:
    return [str(79110000000 + first + number) for number in range(count)]


async def _answer(world: World, *, accepted: int = 0, refused: int = 0) -> None:
    """Let so many messages be taken, and then so many be refused, one after the other."""
    world.time.go(seconds=60)
    for number in range(accepted + refused):
        [item] = await world.send.lane.claim(1)
        good = number < accepted
        outcome = Accepted(str(item.message)) if good else Rejected(_REFUSED, "Error", account_wide=False)
        await world.send.lane.finish(item, outcome)
        world.time.go(seconds=1)


async def _told(world: World) -> list[list[int]]:
    """Return of each alert which batches it has paused."""
    async with world.database.read() as tx:
        kinds = tables.notices.c.kind == "burst_alert"
        found = (await tx.conn.scalars(select(tables.notices.c.args).where(kinds).order_by(tables.notices.c.id))).all()
    return [args["batches"] for args in found]


def _why(batch: Batch) -> tuple[BatchState, str | None]:
    return batch.state, batch.reason.code if batch.reason else None


async def test_more_than_half_of_the_latest_twenty_pauses_all_that_goes_to_several(world: World) -> None:
    """Half of them does not; what goes to one person is left alone, and what is refused later is told no more."""
    first = await world.begin(*_phones(0, 40))
    await _answer(world, accepted=10, refused=10)
    assert await _told(world) == []
    second = await world.begin(*_phones(100, 5), origin="draft:2")
    one = await world.begin(*_phones(200, 1), origin="draft:3")
    world.time.go(seconds=60)
    [late, last] = await world.send.lane.claim(2)
    await world.send.lane.finish(last, Rejected(_REFUSED, "Error", account_wide=False))
    assert await _told(world) == [[first, second]]
    for batch in (first, second):
        assert _why(await world.batch(batch)) == (BatchState.PAUSED, BURST)
    assert (await world.batch(one)).state is not BatchState.PAUSED
    await world.send.lane.finish(late, Rejected(_REFUSED, "Error", account_wide=False))
    assert len(await _told(world)) == 1


async def test_it_calls_again_only_after_people_have_resumed_and_the_share_has_fallen(world: World) -> None:
    batch = await world.begin(*_phones(0, 90))
    await _answer(world, accepted=9, refused=11)
    assert await _told(world) == [[batch]]
    async with world.unit() as services:
        assert await services.sends.resume(batch or 0, OWNER)
    await _answer(world, accepted=9, refused=3)
    assert _why(await world.batch(batch)) == (BatchState.RUNNING, None)
    await _answer(world, accepted=20)
    await _answer(world, refused=10)
    assert len(await _told(world)) == 1
    await _answer(world, refused=1)
    assert await _told(world) == [[batch], [batch]]


async def test_singles_that_are_refused_call_people_though_there_is_nothing_to_pause(world: World) -> None:
    for number in range(20):
        await world.begin(*_phones(number, 1), origin=f"draft:{number}")
    await _answer(world, refused=20)
    assert await _told(world) == [[]]


async def test_a_refusal_of_the_account_and_no_answer_are_no_rejections(world: World) -> None:
    """Both have alerts of their own, and say nothing of whom we write to."""
    await world.begin(*_phones(0, 40))
    await _answer(world, accepted=9, refused=10)
    world.time.go(seconds=60)
    [item] = await world.send.lane.claim(1)
    await world.send.lane.finish(item, Rejected("AUTHENTICATION_FAILURE", "Error", account_wide=True))
    assert await _told(world) == []
