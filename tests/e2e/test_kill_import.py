"""Killed with signal 9 again and again, an import loses no phone, and its card says what is known."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from bot.chat.cards import render
from bot.domain.access import Role
from bot.domain.bases import Import
from bot.domain.bell import Bell
from bot.domain.clock import SystemClock
from bot.domain.models import Place, Subject
from bot.domain.states import ImportState
from bot.lanes import Loop
from bot.services.unit import Unit
from bot.storage import cards, imports
from bot.storage.engine import Database
from bot.worker.importing import ReadLane
from sandbox.app import serve
from sandbox.faults import Faults
from sandbox.sms2 import bases, calls
from sandbox.store import Store
from tests.e2e.kill_import import POLICY

pytestmark = pytest.mark.kill
PHONES = [str(79990000000 + n) for n in range(8_000)]
OWNER = 1001
ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def victim(*args: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.e2e.kill_import", *args, cwd=ROOT)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        happened = False
        while not happened:
            await asyncio.sleep(0.01)
            happened = true()


def executed(store: Store, before: int) -> bool:
    """Say whether a new call was carried out; its answer is still on its way, for it takes seconds."""
    return any(call["executed"] for call in calls.journal(store)[before:])


async def begun(unit: Unit) -> int:
    """Return an import of all phones, read and confirmed."""
    async with unit() as services:
        await services.people.ensure_owners([OWNER])
        await services.requests.bases_known([("VIP", "1", 0)])
        import_ = await services.imports.begin(OWNER, Place(OWNER), "", base=1, pasted="\n".join(PHONES))
    await Loop(ReadLane(unit), unit.clock, Bell()).drain()
    async with unit() as services:
        assert await services.imports.start(import_, OWNER)
    return import_


async def ended(database: Database, import_: int) -> Import:
    async with database.read() as tx:
        found = await imports.peek(tx, import_)
        assert found is not None
        return found


async def card(database: Database, unit: Unit, import_: int) -> str:
    async with database.read() as tx:
        [shown] = await cards.showing(tx, Subject("import", import_))
    async with unit.reading() as services:
        model = await services.views.of(shown)
        reader = await services.views.reader(shown)
    assert model is not None
    assert reader.role is Role.OWNER
    return render(reader, model).text


async def test_an_import_killed_in_the_middle_of_calls_loses_nothing(database_url: str, tmp_path: Path) -> None:
    store = Store(tmp_path / "sandbox.sqlite")
    database = Database(database_url, SystemClock())
    unit = Unit(database, POLICY, Bell())
    async with serve(store) as url:
        bases.put(store, "VIP", [])
        import_ = await begun(unit)
        for _ in range(3):
            Faults(store).set("sms2", "api_call.cgi", "trickle", seconds=1)
            arrived = len(calls.journal(store))
            async with victim(database_url, url, str(import_)):
                await until(partial(executed, store, arrived))
        async with victim(database_url, url, str(import_)) as last:
            assert await asyncio.wait_for(last.wait(), 60) == 0
    found = await ended(database, import_)
    text = await card(database, unit, import_)
    members = bases.phones_of(store, "VIP")
    store.close()
    await database.close()
    assert sorted(members) == PHONES
    assert (found.state, found.done) == (ImportState.FINISHED, len(PHONES))
    assert found.added + found.rejected == len(PHONES)
    assert found.repeated
    assert "Импорт закончен" in text
    assert "Часть номеров ушла дважды" in text
