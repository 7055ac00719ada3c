"""Killed with signal 9 again and again, a tracked send of thousands loses nobody and reaches nobody twice."""

from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from bot.domain.bell import Bell
from bot.domain.models import Place, Subject
from bot.domain.states import MessageState
from bot.lanes import Loop
from bot.services.unit import Unit
from bot.storage import batches, messages
from bot.worker.gathering import GatherLane
from gateway import Gateway
from sandbox.sms2 import bases, calls
from sandbox.store import Store
from tests.e2e.kill_midway import OWNER, Midway, midway
from tests.e2e.kill_tracked import POLICY

pytestmark = pytest.mark.kill
SIZE = 5_000
PHONES = [str(79990000000 + n) for n in range(SIZE)]
KILLED_AT = (1, SIZE // 10, SIZE // 2)
"""Calls that the provider has carried out when the process dies."""


def arrived(store: Store) -> Counter[str]:
    """Return how often the provider has carried out a send to each phone."""
    made = (call for call in calls.journal(store) if call["path"] == "/sms.cgi" and call["executed"])
    return Counter(str(call["params"]["phone"]) for call in made)


def carried_out(store: Store) -> int:
    """Return how many sends the provider has carried out, without reading them all."""
    [row] = store.read("SELECT COUNT(*) AS n FROM sms2_calls WHERE path = '/sms.cgi' AND executed = 1")
    return int(row["n"])


async def begun(trial: Midway) -> int:
    """Return a tracked batch to all phones, confirmed and not yet made into messages."""
    async with Gateway(trial.far_end, "sandbox", "sandbox") as gateway:
        draft = await chosen(trial.unit)
        await Loop(GatherLane(trial.unit, gateway), trial.unit.clock, Bell()).drain()
    async with trial.unit() as services:
        found = await services.drafts.load(draft)
        assert found is not None
        assert await services.drafts.confirm(found, OWNER, asked=True) == "queued"
    async with trial.database.read() as tx:
        batch = await batches.by_origin(tx, f"draft:{draft}")
    assert batch is not None
    return batch


async def chosen(unit: Unit) -> int:
    """Return a draft to one base that is to be sent one by one."""
    async with unit() as services:
        await services.requests.bases_known([("VIP", "1", SIZE)])
        maria = await services.people.load(OWNER)
        assert maria is not None
        draft = await services.multicast_drafts.compose(maria, Place(OWNER), "VIP\nсейчас\nСкидка 20 %")
        await services.tracked.choose(draft)
    return draft.id


async def test_a_tracked_send_killed_again_and_again_reaches_everyone_once(database_url: str, tmp_path: Path) -> None:
    async with midway("tests.e2e.kill_tracked", POLICY, database_url, tmp_path) as trial:
        bases.put(trial.store, "VIP", PHONES)
        batch = await begun(trial)
        for number in KILLED_AT:
            await trial.kill(batch, partial(carried_out, trial.store), number)
        await trial.finish(batch)
        received = arrived(trial.store)
        async with trial.database.read() as tx:
            found = await messages.some(tx, batch, 2 * SIZE)
        text = await trial.card(Subject("batch", batch))
    assert text.startswith(f"📤 <b>Отправлено {SIZE // 1000} 000 из")
    states = {message.phone: message.state for message in found}
    doubted = {phone for phone, state in states.items() if state is MessageState.IN_DOUBT}
    assert f"исход неизвестен {len(doubted)} · ждут отчёта" in text
    assert sorted(states) == PHONES
    assert len(found) == SIZE
    assert max(received.values()) == 1
    assert set(received) >= set(PHONES) - doubted
    assert len(doubted) <= len(KILLED_AT) * POLICY.send_slots
