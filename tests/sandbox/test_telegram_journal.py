import asyncio

from sandbox.store import Store
from sandbox.telegram.journal import Journal


async def test_who_waits_for_an_event_is_woken_by_it(store: Store) -> None:
    journal = Journal(store)
    waiting = asyncio.create_task(journal.wait(journal.last(), 30))
    await asyncio.sleep(0)
    journal.event("message", chat=1)
    async with asyncio.timeout(5):
        assert [event["kind"] for event in await waiting] == ["message"]


async def test_waiting_ends_empty_after_its_time(store: Store) -> None:
    assert await Journal(store).wait(0, 0.01) == []
