"""Paid calls: once each, in doubt rather than twice, and never late."""

import asyncio

import pytest

from bot.domain.states import BatchState, MessageState
from tests.bot.worker.conftest import PHONE, World


async def test_a_confirmed_message_reaches_the_phone_and_is_tracked_to_its_end(world: World) -> None:
    batch = await world.begin()
    await world.send.drain()
    [message] = await world.messages(batch)
    [received] = await world.received()
    assert (received["phone"], received["text"], str(received["id"])) == (
        PHONE,
        "Ваш заказ 1042 готов.",
        message.gateway_id,
    )
    assert message.state is MessageState.SENT
    assert (await world.batch(batch)).state is BatchState.FINISHED
    world.time.go(60)
    await world.track.drain()
    assert (await world.messages(batch))[0].state is MessageState.DELIVERED


async def test_one_origin_begins_one_batch(world: World) -> None:
    """A draft confirmed twice, from two chats at once, is one batch."""
    begun = await asyncio.gather(world.begin(), world.begin(), world.begin())
    await world.send.drain()
    assert sorted(batch is None for batch in begun) == [False, True, True]
    assert len(await world.received()) == 1


async def test_nothing_leaves_while_it_can_be_taken_back(world: World) -> None:
    await world.begin(undo=True)
    await world.send.drain()
    assert await world.received() == []
    world.time.go(10)
    await world.send.drain()
    assert len(await world.received()) == 1


async def test_undo_keeps_the_whole_batch_back(world: World) -> None:
    batch = await world.begin(PHONE, "79119876544", undo=True)
    async with world.unit() as services:
        assert await services.sends.undo(batch or 0, by=1001)
    world.time.go(60)
    await world.send.drain()
    assert await world.received() == []
    assert (await world.batch(batch)).state is BatchState.CANCELLED


async def test_undo_after_the_start_does_nothing(world: World) -> None:
    batch = await world.begin(undo=True)
    world.time.go(10)
    await world.send.drain()
    async with world.unit() as services:
        assert not await services.sends.undo(batch or 0, by=1001)
    assert len(await world.received()) == 1


@pytest.mark.parametrize("fault", ["cut_after", "error500_after", "html", "empty", "hang"])
async def test_a_lost_answer_is_in_doubt_and_never_sent_again(world: World, fault: str) -> None:
    batch = await world.begin()
    await world.fault("sms.cgi", fault, seconds=5)
    await world.send.drain()
    for _ in range(5):
        world.time.go(120)
        await world.send.drain()
    [message] = await world.messages(batch)
    assert message.state is MessageState.IN_DOUBT
    assert len(await world.received()) <= 1


@pytest.mark.parametrize(
    ("phone", "reason"), [("79110000001", "PHONE_BLACKLISTED"), ("79110000004", "UNSUPPORTED_PHONE_NUMBER")]
)
async def test_a_refusal_names_the_providers_reason(world: World, phone: str, reason: str) -> None:
    batch = await world.begin(phone)
    await world.send.drain()
    [message] = await world.messages(batch)
    assert message.state is MessageState.REJECTED
    assert message.reason is not None
    assert (message.reason.code, bool(message.reason.raw)) == (reason, True)


async def test_an_account_wide_refusal_queues_the_message_and_pauses_its_batch(world: World) -> None:
    """No money is no fault of the message: it goes on by itself once a balance answer shows money."""
    await world.setting(balance="-10000.00")
    batch = await world.begin(PHONE, "79119876544")
    await world.send.drain()
    held = await world.batch(batch)
    assert (held.state, held.reason and held.reason.code) == (BatchState.PAUSED, "YOUR_CREDIT_IS_NULL")
    assert held.counts == {MessageState.QUEUED: 2}
    await world.setting(balance="500.00")
    world.time.go(61)
    await world.ask.drain()
    for _ in range(3):
        await world.send.drain()
    assert len(await world.received()) == 2
    assert (await world.batch(batch)).state is BatchState.FINISHED


async def test_a_send_that_cannot_go_in_time_asks_instead(world: World) -> None:
    """Thirty minutes after its undo window a message is not sent late, a restart included."""
    batch = await world.begin()
    world.time.go(minutes=31)
    await world.send.drain()
    held = await world.batch(batch)
    assert (held.state, held.reason and held.reason.code) == (BatchState.PAUSED, "expired")
    assert await world.received() == []
    async with world.unit() as services:
        assert await services.sends.resume(batch or 0, by=1001)
    await world.send.drain()
    assert len(await world.received()) == 1


async def test_a_claim_whose_holder_is_gone_is_in_doubt(world: World) -> None:
    batch = await world.begin()
    async with world.unit() as services:
        assert len(await services.dispatch.claim(5)) == 1
    world.time.go(61)
    await world.send.drain()
    assert (await world.messages(batch))[0].state is MessageState.IN_DOUBT
    assert await world.received() == []


async def test_a_late_holder_may_still_tell_what_became_of_its_call(world: World) -> None:
    batch = await world.begin()
    lane = world.send.lane
    [item] = await lane.claim(1)
    world.time.go(61)
    await world.send.drain()
    # The call was on its way all the time; its answer comes after recovery.
    world.time.go(-61)
    result = await lane.do(item)
    world.time.go(61)
    await lane.finish(item, result)
    assert (await world.messages(batch))[0].state is MessageState.SENT
    assert len(await world.received()) == 1


async def test_a_call_that_would_begin_too_late_does_not_begin(world: World) -> None:
    """A machine that slept past the lease writes nothing when it wakes."""
    await world.begin()
    [item] = await world.send.lane.claim(1)
    world.time.go(3600)
    from dataclasses import replace

    late = replace(item, lease_until=world.time.now().replace(year=2020))
    result = await world.send.lane.do(late)
    assert type(result).__name__ == "NotSent"
    assert await world.received() == []
