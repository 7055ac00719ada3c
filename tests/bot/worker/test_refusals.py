"""Refusals of the whole account that come together: each send goes on when its own cause is gone, and none before."""

import pytest

from bot.domain.models import Batch
from bot.domain.outcomes import Rejected
from bot.domain.states import BatchState
from bot.domain.valve import AUTHENTICATION, NO_CREDIT, SWITCHED_OFF
from bot.storage import valves
from tests.bot.worker.conftest import OWNER, PHONE, World

SECOND = "79119876544"


async def refuse(world: World, *reasons: tuple[str, str]) -> None:
    """Let calls that are in flight together be refused one after the other: (phone, reason)."""
    calls = {item.phone: item for item in await world.send.lane.claim(len(reasons))}
    for phone, reason in reasons:
        await world.send.lane.finish(calls[phone], Rejected(reason, f"Error: {reason}", account_wide=True))


async def balance(world: World, roubles: str) -> None:
    """Let the provider be asked for the balance, as it is every minute or so while something waits for it."""
    await world.setting(balance=roubles)
    world.time.go(seconds=61)
    await world.ask.drain()


async def shut(world: World) -> str | None:
    async with world.database.read() as tx:
        return (await valves.peek(tx)).shut


def why(batch: Batch) -> tuple[BatchState, str | None]:
    return batch.state, batch.reason.code if batch.reason else None


@pytest.mark.parametrize("order", [1, -1])
async def test_each_send_goes_on_by_its_own_event_whichever_refusal_came_last(world: World, order: int) -> None:
    """Money lets the one go on that lacked it, up to the valve, which only a person's Resume of the other opens."""
    poor, off = await world.begin(PHONE), await world.begin(SECOND, origin="draft:2")
    await refuse(world, *[(PHONE, NO_CREDIT), (SECOND, SWITCHED_OFF)][::order])
    assert await shut(world) == SWITCHED_OFF
    await balance(world, "500.00")
    assert why(await world.batch(poor)) == (BatchState.RUNNING, None)
    assert why(await world.batch(off)) == (BatchState.PAUSED, SWITCHED_OFF)
    await world.send.drain()
    assert await world.received() == []
    async with world.unit() as services:
        assert await services.sends.resume(off or 0, OWNER)
    for _ in range(3):
        await world.send.drain()
    assert sorted(sms["phone"] for sms in await world.received()) == [PHONE, SECOND]


async def test_a_send_refused_for_two_reasons_names_the_one_that_takes_a_person(world: World) -> None:
    """It would go on by itself with money, and stand there without a button that opens the valve."""
    batch = await world.begin(PHONE, SECOND)
    await refuse(world, (PHONE, NO_CREDIT), (SECOND, SWITCHED_OFF))
    assert why(await world.batch(batch)) == (BatchState.PAUSED, SWITCHED_OFF)
    await balance(world, "500.00")
    assert why(await world.batch(batch)) == (BatchState.PAUSED, SWITCHED_OFF)


@pytest.mark.parametrize("order", [1, -1])
async def test_an_answer_without_money_lets_nothing_go_that_lacks_it(world: World, order: int) -> None:
    """It shows that the login is good, and no more; asking goes on until there is money."""
    poor, _ = await world.begin(PHONE), await world.begin(SECOND, origin="draft:2")
    await refuse(world, *[(PHONE, NO_CREDIT), (SECOND, AUTHENTICATION)][::order])
    await balance(world, "-10000.00")
    assert why(await world.batch(poor)) == (BatchState.PAUSED, NO_CREDIT)
    assert await shut(world) == NO_CREDIT
    world.time.go(seconds=60)
    await balance(world, "500.00")
    assert why(await world.batch(poor)) == (BatchState.RUNNING, None)
    await world.send.drain()
    assert [sms["phone"] for sms in await world.received()] == [PHONE]


async def test_what_lacks_money_is_asked_for_though_a_person_has_opened_the_valve(world: World) -> None:
    """Resume of what was switched off opens it; the other send still waits for money, and gets it noticed."""
    poor, off = await world.begin(PHONE), await world.begin(SECOND, origin="draft:2")
    await refuse(world, (PHONE, NO_CREDIT), (SECOND, SWITCHED_OFF))
    async with world.unit() as services:
        assert await services.sends.resume(off or 0, OWNER)
    await balance(world, "-10000.00")
    assert why(await world.batch(poor)) == (BatchState.PAUSED, NO_CREDIT)
    world.time.go(seconds=60)
    await balance(world, "500.00")
    assert why(await world.batch(poor)) == (BatchState.RUNNING, None)
