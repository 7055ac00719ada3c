"""Killed with signal 9 again and again, an import loses no phone, and its card says what is known."""

from functools import partial
from pathlib import Path

import pytest

from bot.domain.bell import Bell
from bot.domain.models import Place, Subject
from bot.domain.states import ImportState
from bot.lanes import Loop
from bot.services.unit import Unit
from bot.storage import imports
from bot.worker.importing import ReadLane
from sandbox.faults import Faults
from sandbox.sms2 import bases, calls
from sandbox.store import Store
from tests.e2e.kill_import import POLICY
from tests.e2e.kill_midway import OWNER, midway

pytestmark = pytest.mark.kill
PHONES = [str(79990000000 + n) for n in range(8_000)]


def executed(store: Store) -> int:
    """Return how many calls were carried out; the last one's answer is still on its way, for it takes seconds."""
    return sum(call["executed"] for call in calls.journal(store))


async def begun(unit: Unit) -> int:
    """Return an import of all phones, read and confirmed."""
    async with unit() as services:
        await services.requests.bases_known([("VIP", "1", 0)])
        import_ = await services.imports.begin(OWNER, Place(OWNER), "", base=1, pasted="\n".join(PHONES))
    await Loop(ReadLane(unit), unit.clock, Bell()).drain()
    async with unit() as services:
        assert await services.imports.start(import_, OWNER)
    return import_


async def test_an_import_killed_in_the_middle_of_calls_loses_nothing(database_url: str, tmp_path: Path) -> None:
    async with midway("tests.e2e.kill_import", POLICY, database_url, tmp_path) as trial:
        bases.put(trial.store, "VIP", [])
        import_ = await begun(trial.unit)
        for _ in range(3):
            Faults(trial.store).set("sms2", "api_call.cgi", "trickle", seconds=1)
            await trial.kill(import_, partial(executed, trial.store), executed(trial.store) + 1)
        await trial.finish(import_)
        async with trial.database.read() as tx:
            found = await imports.peek(tx, import_)
        text = await trial.card(Subject("import", import_))
        members = bases.phones_of(trial.store, "VIP")
    assert found is not None
    assert sorted(members) == PHONES
    assert (found.state, found.done) == (ImportState.FINISHED, len(PHONES))
    assert found.added + found.rejected == len(PHONES)
    assert found.repeated
    assert "Импорт закончен" in text
    assert "Часть номеров ушла дважды" in text
