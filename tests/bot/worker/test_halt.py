"""The panic switch: nothing begins while it is shut, and when it opens again nobody's time has run out."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.access import Role
from bot.domain.bell import Bell
from bot.domain.models import Admin, Reason
from bot.domain.policy import Policy
from bot.domain.states import BatchState, MulticastState
from bot.lanes import Loop
from bot.services.unit import Unit
from bot.storage import multicasts, people, valves
from bot.storage.engine import Database
from bot.storage.tables import events
from bot.worker.handover import HandOverLane
from gateway import Gateway
from tests.bot.worker.conftest import CHAT, OWNER, World
from tests.times import ManualClock

IVAN = 1002
VIP = {"VIP": 12}


@pytest.fixture
async def ivan(database: Database) -> Admin:
    """An operator; Maria owns the bot."""
    async with database.write() as tx:
        for user_id, name, role in ((OWNER, "Мария", Role.OWNER), (IVAN, "Иван", Role.OPERATOR)):
            await people.admit(tx, user_id, role, name=name, language="ru", zone="Europe/Moscow")
        found = await people.load(tx, IVAN)
    assert found is not None
    return found


@pytest.fixture
async def hand(world: World, policy: Policy, time: ManualClock, bell: Bell) -> AsyncIterator[Loop[Any, Any]]:
    async with Gateway(str(world.http.base_url), "sandbox", "sandbox", timeout=0.3) as gateway:
        yield Loop(HandOverLane(world.unit, gateway, policy), time, bell)


async def _stop(unit: Unit, by: Admin) -> bool:
    async with unit() as services:
        return await services.halt.stop(by, CHAT)


async def _resume(unit: Unit, by: Admin) -> bool:
    async with unit() as services:
        return await services.halt.resume(by)


async def _held(world: World, hand_in: float) -> int:
    """Hold a multicast whose hand-over is due in so many seconds."""
    now = world.time.now()
    values = {
        "origin": f"draft:{hand_in}",
        "author": OWNER,
        "confirmed_by": OWNER,
        "chat": CHAT.chat,
        "thread": 0,
        "state": "held",
        "sender": "MyShop",
        "text": "Скидка",
        "parts": 1,
        "bases": [{"id": 1, "name": "VIP", "total": 12}],
        "recipients": 12,
        "hand_at": now + timedelta(seconds=hand_in),
        "next_at": now + timedelta(seconds=hand_in),
        "confirmed_at": now,
    }
    async with world.database.write() as tx:
        multicast = await multicasts.begin(tx, values)
    assert multicast is not None
    return multicast


async def _queued(world: World) -> list[Any]:
    return list((await world.http.get("/control/sms2")).json()["multicasts"])


async def test_of_two_stops_the_first_stands(world: World, ivan: Admin) -> None:
    async with world.unit() as services:
        maria = await services.people.load(OWNER)
    assert maria is not None
    assert await _stop(world.unit, ivan)
    world.time.go(60)
    assert not await _stop(world.unit, maria)
    async with world.database.read() as tx:
        assert (await valves.peek(tx)).stopped_by == "Иван"
    assert await _resume(world.unit, maria)
    assert not await _resume(world.unit, maria)


async def test_a_stop_changes_no_state_and_one_message_opens_the_way_again(world: World, ivan: Admin) -> None:
    batch = await world.begin("79119876501", "79119876502", "79119876503")
    await _stop(world.unit, ivan)
    world.time.go(20)
    await world.send.drain()
    assert (await world.batch(batch)).state is BatchState.READY
    await _resume(world.unit, ivan)
    async with world.unit() as services:
        first = await services.dispatch.claim(20)
    async with world.unit() as services:
        second = await services.dispatch.claim(20)
    assert (len(first), len(second)) == (1, 0)


async def test_an_undo_window_that_ends_meanwhile_can_still_be_used(world: World, ivan: Admin) -> None:
    batch = await world.begin(undo=True)
    await _stop(world.unit, ivan)
    world.time.go(hours=3)
    await world.send.drain()
    async with world.unit() as services:
        assert await services.sends.undo(batch or 0, OWNER)
    await _resume(world.unit, ivan)
    await world.send.drain()
    assert await world.received() == []


@pytest.mark.parametrize(("after", "state"), [(4, BatchState.FINISHED), (6, BatchState.PAUSED)])
async def test_the_minutes_of_a_send_stand_still(world: World, ivan: Admin, after: int, state: BatchState) -> None:
    """It waits for the provider for 30 minutes: 25 before the stop, none meanwhile, and five afterwards."""
    batch = await world.begin(undo=True)
    world.time.go(10)  # the undo window; nobody claims
    world.time.go(minutes=25)
    await _stop(world.unit, ivan)
    world.time.go(hours=2)
    await world.send.drain()
    await _resume(world.unit, ivan)
    world.time.go(minutes=after)
    await world.send.drain()
    now = await world.batch(batch)
    assert now.state is state or (state is BatchState.FINISHED and now.state is BatchState.RUNNING)
    assert len(await world.received()) == (state is BatchState.FINISHED)


async def test_a_send_confirmed_just_before_the_stop_gets_all_its_minutes(world: World, ivan: Admin) -> None:
    """Its window ended while sending was stopped: only the time since then is given back, and no more than that."""
    batch = await world.begin(undo=True)
    await _stop(world.unit, ivan)
    world.time.go(minutes=31)
    await _resume(world.unit, ivan)
    assert (await world.batch(batch)).progress_at == world.time.now()


async def test_resuming_one_send_opens_nothing(world: World, ivan: Admin) -> None:
    batch = await world.begin()
    async with world.unit() as services:
        assert await services.batches.pause(batch or 0, Reason("SERVICE_IS_SWITCHED_OFF"))
        await valves.save(
            services._tx, (await valves.load(services._tx)).shut_for("SERVICE_IS_SWITCHED_OFF", services.now)
        )
    await _stop(world.unit, ivan)
    async with world.unit() as services:
        assert await services.sends.resume(batch or 0, OWNER)
    world.time.go(60)
    await world.send.drain()
    assert await world.received() == []


async def test_what_is_claimed_for_a_hand_over_is_not_handed_over_after_a_stop(world: World, ivan: Admin) -> None:
    multicast = await _held(world, 0)
    async with world.unit() as services:
        [item] = await services.handovers.claim(1)
    await _stop(world.unit, ivan)
    async with world.unit() as services:
        assert await services.handovers.begin(item, VIP) is None
        found = await services.multicasts.load(multicast)
    assert found is not None
    assert found.state is MulticastState.HELD


async def test_a_stop_and_a_hand_over_at_the_same_time_are_one_after_the_other(world: World, ivan: Admin) -> None:
    """Whatever is handed over was so before the stop was stored; the events of both say in which order."""
    for race in range(10):
        multicast = await _held(world, race / 1000)
        world.time.go(1)
        async with world.unit() as services:
            [item] = [one for one in await services.handovers.claim(20) if one.multicast == multicast]

        async def begin(item: Any = item) -> bool:
            async with world.unit() as services:
                return await services.handovers.begin(item, VIP) is not None

        racers = [begin(), _stop(world.unit, ivan)]
        results = await asyncio.gather(*(racers if race % 2 else racers[::-1]))
        begun = results[0] if race % 2 else results[1]
        async with world.database.read() as tx:
            said = select(events.c.id, events.c.verb).where(events.c.verb.in_(("stop_all", "hand over")))
            last = [row.verb for row in (await tx.conn.execute(said.order_by(events.c.id))).all()]
        assert last[-1] == "stop_all"
        assert (last[-2:] == ["hand over", "stop_all"]) == begun
        await _resume(world.unit, ivan)
        async with world.database.write() as tx:
            await valves.save(tx, (await valves.load(tx)).answered())


async def test_after_a_stop_a_multicast_that_only_asks_holds_nothing_up(
    world: World, ivan: Admin, hand: Loop[Any, Any]
) -> None:
    """The first call after reopening is one alone. A base that has changed is no call: what comes next may be the first."""
    await _held(world, 0)  # twelve were confirmed; the base of the sandbox holds as many
    async with world.database.write() as tx:
        [held] = await multicasts.coming(tx, 5)
        await multicasts.change(tx, held.id, bases=[{"id": 1, "name": "VIP", "total": 1}])
    await _stop(world.unit, ivan)
    await _resume(world.unit, ivan)
    await hand.drain()
    batch = await world.begin()
    world.time.go(1)
    await world.send.drain()
    assert await _queued(world) == []
    assert len(await world.received()) == 1
    assert (await world.batch(batch)).state is not BatchState.PAUSED


async def test_a_stop_leaves_no_hand_over_due_until_it_is_too_late(world: World, ivan: Admin) -> None:
    """Else the lane would look fifty times a second for what nobody lets it do."""
    await _held(world, 0)
    await _stop(world.unit, ivan)
    async with world.unit.reading() as services:
        assert await services.handovers.next_due() == world.time.now() + timedelta(minutes=10)
