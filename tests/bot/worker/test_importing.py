"""The lanes of imports: what a lost claim, a closed import and a long list leave behind; nothing is held that need not be."""

import gc
import tracemalloc
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.bases import Import
from bot.domain.bell import Bell
from bot.domain.models import Place
from bot.domain.states import ImportState
from bot.lanes import Loop
from bot.services.bases.adding import Added, Silent
from bot.services.unit import Unit
from bot.storage import imports
from bot.storage.engine import Database
from bot.worker.importing import AddLane, ReadLane
from gateway import Gateway
from sandbox.app import serve
from sandbox.sms2 import bases, calls
from sandbox.store import Store
from tests.times import ManualClock

OWNER = 1001
HOME = Place(OWNER)
MIB = 1 << 20


@pytest.fixture
def reading(unit: Unit, time: ManualClock, bell: Bell) -> Loop[Any, Any]:
    return Loop(ReadLane(unit), time, bell)


@pytest.fixture
async def add(unit: Unit, store: Store) -> AsyncIterator[AddLane]:
    async with serve(store) as url, Gateway(url, "sandbox", "sandbox") as gateway:
        bases.put(store, "VIP", [])
        yield AddLane(unit, gateway)


@pytest.fixture
def adding(add: AddLane, time: ManualClock, bell: Bell) -> Loop[Any, Any]:
    return Loop(add, time, bell)


async def begin(unit: Unit, pasted: str) -> int:
    async with unit() as services:
        await services.people.ensure_owners([OWNER])
        await services.requests.bases_known([("VIP", "1", 0)])
        return await services.imports.begin(OWNER, HOME, "", base=1, pasted=pasted)


async def load(database: Database, import_: int) -> Import:
    async with database.read() as tx:
        found = await imports.peek(tx, import_)
        assert found is not None
        return found


def phones(count: int) -> list[str]:
    return [str(79000000000 + n) for n in range(count)]


async def started(unit: Unit, reading: Loop[Any, Any], count: int) -> int:
    import_ = await begin(unit, "\n".join(phones(count)))
    await reading.drain()
    async with unit() as services:
        assert await services.imports.start(import_, OWNER)
    return import_


async def _one(lane: AddLane) -> None:
    [item] = await lane.claim(1)
    await lane.finish(item, await lane.do(item))


async def test_a_hundred_thousand_numbers_pass_through_in_bounded_memory(
    unit: Unit, database: Database, reading: Loop[Any, Any], add: AddLane, adding: Loop[Any, Any], store: Store
) -> None:
    """What is held grows with a chunk, not with the list, which alone takes more."""
    import_ = await started(unit, reading, 100_000)
    await _one(add)  # what is built once and kept is no part of a chunk
    gc.collect()
    tracemalloc.start()
    for _ in range(5):
        await _one(add)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    await adding.drain()
    found = await load(database, import_)
    sizes = [call["params"]["phones"].count("\n") + 1 for call in calls.journal(store)]
    assert (found.state, found.done, found.added) == (ImportState.FINISHED, 100_000, 100_000)
    assert sizes == [1_000] * 100
    assert peak < 5 * MIB


async def test_a_reading_that_lost_its_claim_leaves_nothing_of_its_own(
    unit: Unit, database: Database, reading: Loop[Any, Any], time: ManualClock
) -> None:
    """The one that follows begins anew: no phone stands there twice."""
    import_ = await begin(unit, "\n".join(phones(1_500)))
    lane = ReadLane(unit)
    [first] = await lane.claim(1)
    late = await lane.do(first)
    time.go(minutes=4)
    await reading.drain()
    await lane.finish(first, late)
    async with database.write() as tx:
        chunks = [await imports.take(tx, import_)]
        assert chunks[0] is not None
        await imports.done(tx, chunks[0], 0, ())
        chunks.append(await imports.take(tx, import_))
    assert [len(chunk.phones) for chunk in chunks if chunk] == [1_000, 500]
    found = await load(database, import_)
    assert (found.state, found.total) == (ImportState.READY, 1_500)


async def test_an_import_closed_while_it_is_read_stays_closed_and_empty(
    unit: Unit, database: Database, reading: Loop[Any, Any]
) -> None:
    import_ = await begin(unit, "\n".join(phones(1_500)))
    lane = ReadLane(unit)
    [item] = await lane.claim(1)
    async with unit() as services:
        assert await services.imports.close(import_, OWNER)
    assert await lane.do(item) is None
    await reading.drain()
    async with database.write() as tx:
        assert await imports.take(tx, import_) is None
    assert (await load(database, import_)).state is ImportState.CANCELLED


async def test_an_answer_that_comes_after_the_lease_is_counted_once(
    unit: Unit, database: Database, reading: Loop[Any, Any], add: AddLane, time: ManualClock
) -> None:
    """Whoever took the chunk over has counted it; the late one finds its claim gone."""
    import_ = await started(unit, reading, 1_000)
    [first] = await add.claim(1)
    time.go(minutes=2)
    [second] = await add.claim(1)
    assert second.chunk.repeated
    await add.finish(second, Added(0, tuple(phones(1_000))))
    await add.finish(first, Added(1_000, ()))
    found = await load(database, import_)
    assert (found.done, found.added, found.rejected, found.repeated) == (1_000, 0, 1_000, True)
    assert found.state is ImportState.FINISHED


@pytest.mark.parametrize("sent", [True, False])
async def test_only_a_chunk_that_may_have_arrived_counts_as_repeated(
    unit: Unit, reading: Loop[Any, Any], add: AddLane, time: ManualClock, sent: bool
) -> None:
    await started(unit, reading, 1_000)
    [first] = await add.claim(1)
    await add.finish(first, Silent(sent=sent))
    time.go(minutes=1)
    [again] = await add.claim(1)
    assert again.chunk.repeated is sent


async def test_standstills_do_not_count_as_time_of_work(
    unit: Unit, database: Database, reading: Loop[Any, Any], add: AddLane, time: ManualClock
) -> None:
    import_ = await started(unit, reading, 3_000)
    began = (await load(database, import_)).began_at
    assert began is not None
    async with unit() as services:
        await services.imports.pause(import_, OWNER)
    time.go(hours=1)
    async with unit() as services:
        await services.imports.resume(import_, OWNER)
    [item] = await add.claim(1)
    await add.finish(item, Silent(sent=False))
    time.go(hours=1)
    [item] = await add.claim(1)
    await add.finish(item, Added(1_000, ()))
    assert (await load(database, import_)).began_at == began + timedelta(hours=2)


async def test_what_is_paused_while_a_chunk_flies_still_counts_that_chunk(
    unit: Unit, database: Database, reading: Loop[Any, Any], add: AddLane
) -> None:
    import_ = await started(unit, reading, 1_500)
    [item] = await add.claim(1)
    async with unit() as services:
        assert await services.imports.pause(import_, OWNER)
    await add.finish(item, Added(1_000, ()))
    found = await load(database, import_)
    assert (found.state, found.done) == (ImportState.PAUSED, 1_000)
    assert list(await add.claim(1)) == []
