"""Tracked sends: a list is gathered and frozen, becomes messages exactly once, and nothing leaves before it is whole."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest

from bot.domain.bell import Bell
from bot.domain.models import Draft
from bot.domain.multicast_drafts import recipients
from bot.domain.policy import Policy
from bot.domain.states import BatchState, MessageState
from bot.lanes import Loop
from bot.storage import drafts, messages
from bot.storage.tables import batches as table
from bot.worker.gathering import GatherLane
from gateway import Gateway
from tests.bot.worker.conftest import CHAT, OWNER, PHONE, World
from tests.times import ManualClock

TEXT = "Скидка 20 % до конца недели"
BLACKLISTED, CLOSED = "79110000001", ("79110000005",)
TWICE = "79165550123"


@pytest.fixture
async def client(world: World) -> AsyncIterator[Gateway]:
    async with Gateway(str(world.http.base_url), "sandbox", "sandbox", timeout=5) as gateway:
        yield gateway


@pytest.fixture
def gather(world: World, client: Gateway, time: ManualClock, bell: Bell) -> Loop[Any, Any]:
    return Loop(GatherLane(world.unit, client), time, bell)


async def _draft(world: World, *bases: str) -> Draft:
    listed = (await world.http.get("/control/sms2")).json()["bases"]
    async with world.unit() as services:
        await services.requests.bases_known([(base["name"], str(base["id"]), len(base["phones"])) for base in listed])
        await services.people.ensure_owners([OWNER])
        maria = await services.people.load(OWNER)
        assert maria is not None
        draft = await services.multicast_drafts.compose(maria, CHAT, f"{', '.join(bases)}\nсейчас\n{TEXT}")
        await services.tracked.choose(draft)
    return await _now(world, draft.id)


async def _now(world: World, draft: int) -> Draft:
    async with world.database.read() as tx:
        found = await drafts.peek(tx, draft)
        assert found is not None
        return found


async def _confirm(world: World, draft: int) -> int:
    async with world.unit() as services:
        found = await services.drafts.load(draft)
        assert found is not None
        assert await services.drafts.confirm(found, OWNER, asked=True) == "queued"
        [batch] = (await services._tx.conn.scalars(table.select().with_only_columns(table.c.id))).all()
        return int(batch)


async def _add(client: Gateway, base: str, phones: Sequence[str]) -> None:
    for start in range(0, len(phones), 1000):
        await client.add_phones(base, phones[start : start + 1000])


async def _phones(client: Gateway, *bases: str) -> set[str]:
    return {phone for base in bases for phone in await client.phones(base)}


async def _step(draft: Draft, world: World) -> str:
    async with world.unit.reading() as services:
        return (await services.drafts.stand(draft))[0]


async def test_a_number_in_two_bases_is_counted_and_written_to_once(
    world: World, gather: Loop[Any, Any], client: Gateway
) -> None:
    for base in ("VIP", "Клиенты"):
        await _add(client, base, [TWICE])
    draft = await _draft(world, "VIP", "Клиенты")
    assert await _step(draft, world) == "mc_gather"
    await gather.drain()
    draft, wanted = await _now(world, draft.id), await _phones(client, "VIP", "Клиенты")
    assert (await _step(draft, world), recipients(draft.fields)) == ("preview", len(wanted))
    assert draft.fields["tracked"]["repeats"] >= 1
    await _confirm(world, draft.id)
    await gather.drain()
    world.time.go(seconds=11)
    for _ in range(20):
        await world.send.drain()
        world.time.go(seconds=1)
    assert sorted(one["phone"] for one in await world.received()) == sorted(wanted)


async def test_a_base_that_may_not_be_read_is_named_and_nothing_is_kept(
    world: World, gather: Loop[Any, Any], client: Gateway
) -> None:
    draft = await _draft(world, "VIP", "Сотрудники")
    await gather.drain()
    draft = await _now(world, draft.id)
    assert draft.fields["tracked"]["refused"] == {"code": "BASE_IS_PROTECTED", "base": "Сотрудники"}
    assert await _step(draft, world) == "mc_gather"


async def test_a_silent_provider_is_asked_again_before_it_is_said_so(world: World, gather: Loop[Any, Any]) -> None:
    await world.fault("get_base", "cut_before", times=1)
    draft = await _draft(world, "VIP")
    await gather.drain()
    assert await _step(await _now(world, draft.id), world) == "mc_gather"
    world.time.go(seconds=2)
    await gather.drain()
    assert await _step(await _now(world, draft.id), world) == "preview"


async def test_the_list_is_frozen_once_it_is_gathered(world: World, gather: Loop[Any, Any], client: Gateway) -> None:
    draft = await _draft(world, "VIP")
    await gather.drain()
    wanted = await _phones(client, "VIP")
    await _add(client, "VIP", [TWICE])
    batch = await _confirm(world, draft.id)
    await gather.drain()
    assert {message.phone for message in await world.messages(batch)} == wanted


async def test_other_bases_make_it_a_plain_multicast_again(world: World, gather: Loop[Any, Any]) -> None:
    draft = await _draft(world, "VIP")
    await gather.drain()
    async with world.unit() as services:
        await services.multicast_drafts.choose(await _now(world, draft.id))
    assert "tracked" not in (await _now(world, draft.id)).fields


async def _large(world: World, gather: Loop[Any, Any], client: Gateway, size: int) -> int:
    await _add(client, "VIP", [f"7911{number:07}" for number in range(2_000_000, 2_000_000 + size)])
    draft = await _draft(world, "VIP")
    await gather.drain()
    return await _confirm(world, draft.id)


async def test_nothing_leaves_before_the_list_is_whole_and_a_crash_in_between_goes_on_without_doubles(
    world: World, gather: Loop[Any, Any], client: Gateway
) -> None:
    batch = await _large(world, gather, client, 12_000)
    async with world.unit() as services:
        [item] = await services.tracked.claim(1)
        assert await services.tracked.fill(item)
    world.time.go(seconds=11)
    await world.send.drain()
    assert (await world.batch(batch)).state is BatchState.READY
    assert await world.received() == []
    world.time.go(seconds=61)
    await gather.drain()
    found = [message.phone for message in await _every(world, batch)]
    assert sorted(found) == sorted(await _phones(client, "VIP"))
    async with world.unit() as services:
        await services.dispatch.claim(0)
    assert (await world.batch(batch)).state is BatchState.RUNNING


async def test_undo_wins_over_a_list_that_is_half_filled(world: World, gather: Loop[Any, Any], client: Gateway) -> None:
    batch = await _large(world, gather, client, 6_000)
    async with world.unit() as services:
        [item] = await services.tracked.claim(1)
        assert await services.tracked.fill(item)
    async with world.unit() as services:
        assert await services.sms.undo(batch, OWNER)
    world.time.go(seconds=61)
    await gather.drain()
    await world.send.drain()
    assert {message.state for message in await _every(world, batch)} == {MessageState.CANCELLED}
    assert await world.received() == []


async def test_what_was_undone_may_be_confirmed_again_from_the_same_list(
    world: World, gather: Loop[Any, Any], client: Gateway
) -> None:
    draft = await _draft(world, "VIP")
    await gather.drain()
    batch = await _confirm(world, draft.id)
    async with world.unit() as services:
        assert await services.sms.undo(batch, OWNER)
        copy = await services.drafts.latest(CHAT, OWNER)
        assert copy is not None
        assert await services.drafts.confirm(copy, OWNER, asked=True) == "queued"
    await gather.drain()
    wanted = await _phones(client, "VIP")
    assert sorted(one.phone for one in await _every(world, batch + 1)) == sorted(wanted)


async def test_a_person_may_pause_it_and_let_it_go_on(
    world: World, gather: Loop[Any, Any], client: Gateway, policy: Policy
) -> None:
    draft = await _draft(world, "VIP")
    await gather.drain()
    batch = await _confirm(world, draft.id)
    await gather.drain()
    world.time.go(seconds=11)
    async with world.unit() as services:
        await services.dispatch.claim(0)
        assert await services.tracked.pause(batch, OWNER)
    await world.send.drain()
    paused = await world.batch(batch)
    assert (paused.state, paused.reason and paused.reason.code, await world.received()) == (
        BatchState.PAUSED,
        "person",
        [],
    )
    async with world.unit() as services:
        assert await services.sends.resume(batch, OWNER)
    await world.send.drain()
    assert len(await world.received()) == paused.total


async def test_only_those_who_failed_and_may_be_tried_again_make_the_next_list(
    world: World, gather: Loop[Any, Any], client: Gateway
) -> None:
    await _add(client, "VIP", [BLACKLISTED, *CLOSED])
    draft = await _draft(world, "VIP")
    await gather.drain()
    batch = await _confirm(world, draft.id)
    await gather.drain()
    world.time.go(seconds=11)
    await world.send.drain()
    failed = [one.phone for one in await _every(world, batch) if one.state is MessageState.REJECTED]
    async with world.unit() as services:
        assert await services.tracked.retry(batch, OWNER, CHAT)
    await gather.drain()
    async with world.unit() as services:
        copy = await services.drafts.latest(CHAT, OWNER)
        assert copy is not None
    async with world.unit() as services:
        assert await services.drafts.confirm(copy, OWNER, asked=True) == "queued"
    await gather.drain()
    assert (set(failed), recipients(copy.fields)) == ({BLACKLISTED, *CLOSED}, len(CLOSED))
    assert {one.phone for one in await _every(world, batch + 1)} == set(CLOSED)


async def test_one_sms_leaves_before_the_rest_of_a_tracked_send_of_thousands(
    world: World, gather: Loop[Any, Any], client: Gateway
) -> None:
    """By the provider's own order: what was confirmed last is among the first calls of the next second."""
    batch = await _large(world, gather, client, 4_000)
    await gather.drain()
    world.time.go(seconds=11)
    await world.send.drain()
    before = len(await world.received())
    await world.begin(PHONE, text="Код 1234", origin="draft:999")
    world.time.go(seconds=1)
    await world.send.drain()
    phones = [one["phone"] for one in await world.received()]
    assert 0 < before < (await world.batch(batch)).total
    assert len(phones) > before + world.send.lane.slots
    assert phones.index(PHONE) < before + world.send.lane.slots


async def _every(world: World, batch: int) -> list[Any]:
    async with world.database.read() as tx:
        return await messages.some(tx, batch, 100_000)
