"""Killed with signal 9 again and again, a tracked send loses nobody and reaches nobody twice."""

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from bot.domain.bell import Bell
from bot.domain.clock import SystemClock
from bot.domain.models import Message, Place
from bot.domain.states import MessageState
from bot.lanes import Loop
from bot.services.unit import Unit
from bot.storage import batches, messages
from bot.storage.engine import Database
from bot.worker.gathering import GatherLane
from gateway import Gateway
from sandbox.app import serve
from sandbox.sms2 import bases, calls
from sandbox.store import Store
from tests.e2e.kill_tracked import POLICY

pytestmark = pytest.mark.kill
SIZE = 1_000
PHONES = [str(79990000000 + n) for n in range(SIZE)]
KILLED_AT = (1, SIZE // 10, SIZE // 2)
"""Calls that the provider has carried out when the process dies."""
OWNER = 1001
ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def victim(*args: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.e2e.kill_tracked", *args, cwd=ROOT)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(120):
        happened = False
        while not happened:
            await asyncio.sleep(0.02)
            happened = true()


def arrived(store: Store) -> Counter[str]:
    """Return how often the provider has carried out a send to each phone."""
    made = (call for call in calls.journal(store) if call["path"] == "/sms.cgi" and call["executed"])
    return Counter(str(call["params"]["phone"]) for call in made)


def carried_out(store: Store) -> int:
    """Return how many sends the provider has carried out, without reading them all."""
    [row] = store.read("SELECT COUNT(*) AS n FROM sms2_calls WHERE path = '/sms.cgi' AND executed = 1")
    return int(row["n"])


def _reached(store: Store, number: int) -> bool:
    return carried_out(store) >= number


async def begun(unit: Unit, gateway: Gateway) -> int:
    """Return a tracked batch to all phones, confirmed and not yet made into messages."""
    lane = Loop(GatherLane(unit, gateway), unit.clock, Bell())
    async with unit() as services:
        await services.people.ensure_owners([OWNER])
        await services.requests.bases_known([("VIP", "1", SIZE)])
        maria = await services.people.load(OWNER)
        assert maria is not None
        draft = await services.multicast_drafts.compose(maria, Place(OWNER), "VIP\nсейчас\nСкидка 20 %")
        await services.tracked.choose(draft)
    await lane.drain()
    async with unit() as services:
        found = await services.drafts.load(draft.id)
        assert found is not None
        assert await services.drafts.confirm(found, OWNER, asked=True) == "queued"
        batch = await batches.by_origin(services._tx, f"draft:{draft.id}")
        assert batch is not None
        return batch


async def ended(database: Database, batch: int) -> list[Message]:
    async with database.read() as tx:
        return await messages.some(tx, batch, 2 * SIZE)


async def test_a_tracked_send_killed_again_and_again_reaches_everyone_once(database_url: str, tmp_path: Path) -> None:
    store = Store(tmp_path / "sandbox.sqlite")
    database = Database(database_url, SystemClock())
    unit = Unit(database, POLICY, Bell())
    async with serve(store) as url, Gateway(url, "sandbox", "sandbox") as gateway:
        bases.put(store, "VIP", PHONES)
        batch = await begun(unit, gateway)
        for number in KILLED_AT:
            async with victim(database_url, url, str(batch)):
                await until(partial(_reached, store, number))
        async with victim(database_url, url, str(batch)) as last:
            assert await asyncio.wait_for(last.wait(), 300) == 0
        received = arrived(store)
        found = await ended(database, batch)
    store.close()
    await database.close()
    states = {message.phone: message.state for message in found}
    doubted = {phone for phone, state in states.items() if state is MessageState.IN_DOUBT}
    assert sorted(states) == PHONES
    assert len(found) == SIZE
    assert max(received.values()) == 1
    assert set(received) >= set(PHONES) - doubted
    assert len(doubted) <= len(KILLED_AT) * POLICY.send_slots
