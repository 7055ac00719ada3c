"""Handing a multicast over: one call at most, ever; recipients counted again; never late."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.bell import Bell
from bot.domain.models import Multicast
from bot.domain.policy import Policy
from bot.domain.states import MulticastState
from bot.lanes import Loop
from bot.services.unit import Services
from bot.storage import multicasts, valves
from bot.worker.handover import HandOverLane
from gateway import Gateway
from tests.bot.worker.conftest import CHAT, OWNER, World
from tests.times import NOON, ManualClock


@pytest.fixture
async def hand(world: World, policy: Policy, time: ManualClock, bell: Bell) -> AsyncIterator[Loop[Any, Any]]:
    async with Gateway(str(world.http.base_url), "sandbox", "sandbox", timeout=0.3) as gateway:
        yield Loop(HandOverLane(world.unit, gateway, policy), time, bell)


async def _fields(services: Services, world: World, **when: Any) -> dict[str, Any]:
    listed = (await world.http.get("/control/sms2")).json()["bases"]
    await services.requests.bases_known([(base["name"], str(base["id"]), len(base["phones"])) for base in listed])
    draft = await services.multicast_drafts.compose(
        await _maria(services), CHAT, "VIP\nсейчас\nСкидка 20 % до конца недели"
    )
    return {**draft.fields, **when, "draft": draft}


async def _maria(services: Services) -> Any:
    await services.people.ensure_owners([OWNER])
    return await services.people.load(OWNER)


async def _held(world: World, start: timedelta | None) -> int:
    async with world.unit() as services:
        fields = await _fields(services, world)
        draft = fields.pop("draft")
        when = {"now": True} if start is None else {"at": (services.now + start).isoformat()}
        ready = await services.drafts.set(draft, when=when)
        assert await services.drafts.confirm(ready, OWNER, asked=True) == "queued"
        [held] = await services.multicasts.page(past=False, limit=5)
        return held.id


async def _now(world: World, multicast: int) -> Multicast:
    async with world.database.read() as tx:
        found = await multicasts.load(tx, multicast)
        assert found is not None
        return found


async def _queued(world: World) -> list[Any]:
    return list((await world.http.get("/control/sms2")).json()["multicasts"])


async def test_it_is_held_until_shortly_before_its_start_and_then_handed_over_once(
    world: World, hand: Loop[Any, Any]
) -> None:
    multicast = await _held(world, timedelta(hours=2))
    world.time.go(minutes=109)
    await hand.drain()
    assert await _queued(world) == []
    world.time.go(minutes=2)
    for _ in range(3):
        await hand.drain()
    [queued] = await _queued(world)
    assert (queued["bases"], queued["start_at"]) == (["VIP"], (NOON + timedelta(hours=2)).timestamp())
    assert (await _now(world, multicast)).state is MulticastState.HANDED_OVER


async def test_at_once_waits_for_the_undo_window_and_names_no_start(world: World, hand: Loop[Any, Any]) -> None:
    await _held(world, None)
    await hand.drain()
    assert await _queued(world) == []
    world.time.go(11)
    await hand.drain()
    assert len(await _queued(world)) == 1


async def test_a_cancelled_one_never_goes(world: World, hand: Loop[Any, Any]) -> None:
    multicast = await _held(world, timedelta(hours=2))
    async with world.unit() as services:
        assert await services.multicasts.cancel(multicast, OWNER)
        assert not await services.multicasts.cancel(multicast, OWNER)
    world.time.go(hours=2)
    await hand.drain()
    assert await _queued(world) == []


async def test_a_base_that_changed_asks_and_goes_only_for_the_number_that_was_accepted(
    world: World, hand: Loop[Any, Any]
) -> None:
    multicast = await _held(world, timedelta(hours=1))
    phones = [f"7912000{number:04}" for number in range(50)]
    await world.http.post("/control/sms2/bases", json={"name": "VIP", "phones": phones, "protected": False})
    world.time.go(minutes=51)
    await hand.drain()
    asked = await _now(world, multicast)
    assert (asked.state, (asked.asking or {}).get("kind"), (asked.asking or {}).get("now")) == (
        MulticastState.HELD,
        "drift",
        50,
    )
    assert await _queued(world) == []
    async with world.unit() as services:
        assert await services.multicasts.accept_drift(multicast, OWNER)
    await hand.drain()
    assert len(await _queued(world)) == 1
    assert (await _now(world, multicast)).recipients == 50


async def test_a_question_nobody_answers_ends_as_missed(world: World, hand: Loop[Any, Any]) -> None:
    multicast = await _held(world, timedelta(hours=1))
    await world.http.post("/control/sms2/bases", json={"name": "VIP", "phones": [], "protected": False})
    world.time.go(minutes=51)
    await hand.drain()
    world.time.go(minutes=20)
    await hand.drain()
    missed = await _now(world, multicast)
    assert (missed.state, missed.reason and missed.reason.code) == (MulticastState.MISSED, "unanswered")
    assert await _queued(world) == []


async def test_after_a_downtime_past_its_start_it_is_missed_and_asks(world: World, hand: Loop[Any, Any]) -> None:
    multicast = await _held(world, timedelta(hours=1))
    world.time.go(hours=1, minutes=11)
    await hand.drain()
    missed = await _now(world, multicast)
    assert (missed.state, missed.reason and missed.reason.code) == (MulticastState.MISSED, "down")
    assert await _queued(world) == []


@pytest.mark.parametrize("fault", ["cut_after", "error500_after", "html", "hang"])
async def test_a_lost_answer_is_in_doubt_and_never_repeated(world: World, hand: Loop[Any, Any], fault: str) -> None:
    multicast = await _held(world, timedelta(minutes=5))
    await world.fault("start_multicast", fault, seconds=5)
    for _ in range(4):
        world.time.go(61)
        await hand.drain()
    assert (await _now(world, multicast)).state is MulticastState.IN_DOUBT
    assert len(await _queued(world)) <= 1


async def test_a_hand_over_whose_holder_is_gone_is_in_doubt(world: World, hand: Loop[Any, Any]) -> None:
    multicast = await _held(world, timedelta(minutes=5))
    world.time.go(11)
    [item] = await hand.lane.claim(1)
    async with world.unit() as services:
        assert await services.handovers.begin(item, {"VIP": (await _now(world, multicast)).recipients}) is not None
    world.time.go(61)
    await hand.drain()
    assert (await _now(world, multicast)).state is MulticastState.IN_DOUBT
    assert await _queued(world) == []


async def test_a_silent_provider_is_asked_again_as_long_as_it_is_not_too_late(
    world: World, hand: Loop[Any, Any]
) -> None:
    multicast = await _held(world, timedelta(minutes=30))
    await world.fault("list_of_bases", "hang", times=2, seconds=5)
    world.time.go(minutes=21)
    for _ in range(6):
        await hand.drain()
        world.time.go(61)
    assert (await _now(world, multicast)).state is MulticastState.HANDED_OVER
    assert len(await _queued(world)) == 1


async def test_the_panic_switch_holds_hand_overs_too(world: World, hand: Loop[Any, Any]) -> None:
    multicast = await _held(world, timedelta(minutes=5))
    async with world.database.write() as tx:
        await valves.save(tx, replace(await valves.load(tx), stopped_by="Мария", stopped_at=tx.now))
    world.time.go(30)
    await hand.drain()
    assert await _queued(world) == []
    world.time.go(minutes=16)
    await hand.drain()
    missed = await _now(world, multicast)
    assert (missed.state, missed.reason and missed.reason.code) == (MulticastState.MISSED, "stopped")


async def test_an_edit_takes_it_out_of_hold_until_it_is_confirmed_again(world: World, hand: Loop[Any, Any]) -> None:
    multicast = await _held(world, timedelta(hours=1))
    async with world.unit() as services:
        assert await services.multicasts.edit(multicast, OWNER)
        draft = await services.drafts.latest(CHAT, OWNER)
        assert draft is not None
    world.time.go(minutes=61)
    await hand.drain()
    assert await _queued(world) == []
    async with world.unit() as services:
        lapsed = await services.drafts.load(draft.id)
    assert lapsed is not None
    assert lapsed.state == "lapsed"


async def test_a_refusal_of_the_whole_account_shuts_the_valve_and_holds_it(world: World, hand: Loop[Any, Any]) -> None:
    multicast = await _held(world, timedelta(minutes=5))
    await world.setting(password="another")
    world.time.go(11)
    await hand.drain()
    async with world.database.read() as tx:
        valve = await valves.peek(tx)
    assert ((await _now(world, multicast)).state, valve.shut) == (MulticastState.HELD, "AUTHENTICATION_FAILURE")
    assert await _queued(world) == []
