"""Several workers on one database: nothing twice, nothing too fast, nothing after a person said stop."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from bot.domain.bell import Bell
from bot.domain.models import Place, Subject
from bot.domain.outcomes import Accepted, InDoubt, Outcome, Rejected
from bot.domain.policy import Policy
from bot.domain.states import BatchState, MessageState
from bot.services.sending.sends import Content
from bot.services.unit import Unit
from bot.storage import messages, tables, valves
from bot.storage.engine import Database
from bot.storage.messages import Send
from tests.times import ManualClock

WORKERS = 4
OWNER = 1001
PHONE = "79119876543"


@pytest.fixture
async def workers(database_url: str, policy: Policy, time: ManualClock) -> AsyncIterator[list[Unit]]:
    """As many workers as on so many machines: each with connections of its own."""
    databases = [Database(database_url, time) for _ in range(WORKERS)]
    yield [Unit(database, replace(policy, send_rate=20.0), Bell()) for database in databases]
    for database in databases:
        await database.close()


async def _begin(unit: Unit, phones: int, origin: str = "draft:1", *, undo: bool = False, text: str = "Готово") -> int:
    numbers = [str(79110000000 + number) for number in range(phones)]
    async with unit() as services:
        batch = await services.sends.begin(
            Content(numbers, text, "MyShop"), origin=origin, author=OWNER, by=OWNER, place=Place(OWNER), undo=undo
        )
    assert batch is not None
    return batch


async def _claim(unit: Unit, free: int = 20) -> list[Send]:
    async with unit() as services:
        return await services.dispatch.claim(free)


async def _claim_together(workers: list[Unit], free: int = 20) -> list[Send]:
    claims = await asyncio.gather(*(_claim(unit, free) for unit in workers))
    return [send for claim in claims for send in claim]


async def _stop_all(unit: Unit, database: Database) -> None:
    async with database.write() as tx:
        valve = await valves.load(tx)
        await valves.save(tx, replace(valve, stopped_by="Анна", stopped_at=tx.now))


async def test_workers_together_keep_the_rate_and_take_nothing_twice(workers: list[Unit], time: ManualClock) -> None:
    """The valve is one row: at 20 parts a second four workers get 20, not 80, and no message goes to two of them."""
    await _begin(workers[0], 150)
    taken: list[Send] = []
    for second in range(1, 5):
        taken += await _claim_together(workers)
        assert len(taken) == 20 * second
        time.go(1)
    assert max(Counter(send.message for send in taken).values()) == 1


async def test_a_long_message_is_paid_for_by_those_behind_it(workers: list[Unit], time: ManualClock) -> None:
    """Parts count, not messages: the bucket goes below zero for what began while there was something in it."""
    await _begin(workers[0], 40, text="я" * 150)  # three parts each
    taken = []
    for _ in range(6):
        taken += await _claim_together(workers, 5)
        time.go(0.5)
    assert sum(send.parts for send in taken) == pytest.approx(20 + 2.5 * 20, abs=3)


async def test_clocks_that_differ_do_not_fill_the_bucket_twice(database_url: str, policy: Policy) -> None:
    """Two machines half a second apart take turns: together they still get what one second's worth of rate allows."""
    ahead, behind = ManualClock(), ManualClock()
    ahead.go(0.5)
    databases = [Database(database_url, clock) for clock in (ahead, behind)]
    units = [Unit(database, replace(policy, send_rate=20.0), Bell()) for database in databases]
    await _begin(units[1], 200)
    taken = 0
    for _ in range(20):
        for unit in units:
            taken += len(await _claim(unit))
        for clock in (ahead, behind):
            clock.go(0.1)
    for database in databases:
        await database.close()
    assert taken <= 20 + 2 * 20 + 10


async def test_one_sms_does_not_wait_behind_a_batch_of_thousands(workers: list[Unit], time: ManualClock) -> None:
    large = await _begin(workers[0], 2_000)
    await _claim_together(workers, 5)
    time.go(1)
    small = await _begin(workers[0], 1, "draft:2")
    taken = await _claim_together(workers, 5)
    assert small in {send.batch for send in taken}
    assert large in {send.batch for send in taken}


async def test_undo_and_start_never_both_win(workers: list[Unit], database: Database) -> None:
    """Whoever is first takes the batch whole: undone and sent is impossible, and so is neither."""
    seen: Counter[tuple[bool, int]] = Counter()
    for race in range(40):
        batch = await _begin(workers[0], 2, f"draft:{race}")
        async with database.write() as tx:
            await tx.conn.execute(update(tables.valves).values(tokens=20.0))
        claims = [_claim(unit) for unit in workers[1:]]
        undoing = _undo(workers[0], batch)
        racers = [undoing, *claims] if race % 2 else [*claims, undoing]
        results = await asyncio.gather(*racers)
        undone = results[0] if race % 2 else results[-1]
        taken = [send for claim in results if isinstance(claim, list) for send in claim if send.batch == batch]
        seen[bool(undone), len(taken)] += 1
        assert await _states(database, batch) == (["cancelled"] * 2 if undone else ["sending"] * 2)
    assert set(seen) <= {(True, 0), (False, 2)}
    assert seen.total() == 40


async def test_nothing_is_claimed_once_the_panic_switch_is_committed(workers: list[Unit], database: Database) -> None:
    batch = await _begin(workers[0], 500)
    stopped = asyncio.Event()
    late: list[Send] = []

    async def work(unit: Unit) -> None:
        for _ in range(6):
            was_stopped = stopped.is_set()
            taken = await _claim(unit, 1)
            late.extend(taken if was_stopped else [])

    async def stop() -> None:
        await _claim(workers[0], 1)
        await _stop_all(workers[0], database)
        stopped.set()

    await asyncio.gather(stop(), *(work(unit) for unit in workers))
    late += await _claim_together(workers)
    assert late == []
    assert "sending" in await _states(database, batch)


async def test_a_shut_valve_leaves_nothing_due_however_long_it_stays_shut(
    workers: list[Unit], database: Database
) -> None:
    """Else the lane would look fifty times a second for what nobody lets it do."""
    await _begin(workers[0], 1)
    await _stop_all(workers[0], database)
    async with workers[0].reading() as services:
        assert await services.dispatch.next_due() is None


async def test_people_and_outcomes_at_the_same_batch_never_deadlock(workers: list[Unit], database: Database) -> None:
    """Resume, Stop, claims and outcomes of one batch, all at once: every one of them gets through at its first try."""
    batch = await _begin(workers[0], 60)
    for _ in range(12):
        async with database.write() as tx:
            await tx.conn.execute(update(tables.valves).values(tokens=5.0, shut=None, probe=None))
            await tx.conn.execute(update(tables.batches).values(state=BatchState.RUNNING))
        sends = await _claim(workers[0], 3)
        async with database.write() as tx:
            await tx.conn.execute(update(tables.batches).values(state=BatchState.PAUSED))
        outcomes: tuple[Outcome, ...] = (
            Accepted("27460"),
            InDoubt("cut"),
            Rejected("YOUR_CREDIT_IS_NULL", "Error", account_wide=True),
        )
        await asyncio.gather(
            *(_store(unit, send, found) for unit, send, found in zip(workers, sends, outcomes, strict=False)),
            _resume(workers[3], batch),
            _claim(workers[1], 1),
        )
    await asyncio.gather(*(_store(workers[1], send, Accepted("1")) for send in sends), _stop(workers[2], batch))
    assert "queued" not in await _states(database, batch)


async def test_of_two_last_reports_at_once_one_says_that_the_batch_is_over(
    workers: list[Unit], database: Database, time: ManualClock
) -> None:
    """Each of them alone would leave it to the other, and nobody would raise the card."""
    place = Place(OWNER)
    for race in range(10):
        batch = await _begin(workers[0], 2, f"draft:{race}")
        for send in await _claim(workers[0]):
            await _store(workers[0], send, Accepted(str(send.message)))
        async with workers[0]() as services:
            card = await services.cards.post(Subject("batch", batch), place, OWNER, move="edit")
        async with database.read() as tx:
            found = [message.id for message in await messages.some(tx, batch, 2)]
        await asyncio.gather(*(_learn(unit, message) for unit, message in zip(workers, found, strict=False)))
        async with database.read() as tx:
            move = await tx.conn.scalar(select(tables.cards.c.move).where(tables.cards.c.id == card))
        assert move != "edit"
        time.go(1)


async def _undo(unit: Unit, batch: int) -> bool:
    async with unit() as services:
        return await services.sends.undo(batch, by=OWNER)


async def _resume(unit: Unit, batch: int) -> None:
    async with unit() as services:
        await services.sends.resume(batch, by=OWNER)


async def _stop(unit: Unit, batch: int) -> None:
    async with unit() as services:
        await services.sends.stop(batch, by=OWNER)


async def _store(unit: Unit, send: Send, outcome: Outcome) -> None:
    async with unit() as services:
        await services.outcomes.store((send, outcome))


async def _learn(unit: Unit, message: int) -> None:
    async with unit() as services:
        await services.tracking.learn(message, MessageState.DELIVERED)


async def _states(database: Database, batch: int) -> list[str]:
    async with database.read() as tx:
        state = tables.messages.c.state
        return list(await tx.conn.scalars(select(state).where(tables.messages.c.batch == batch).order_by(state)))
