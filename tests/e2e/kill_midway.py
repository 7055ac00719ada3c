"""Long work, killed from outside in its middle again and again: what its trials and its victims share.

A victim is `python -m MODULE DATABASE GATEWAY SUBJECT`: it works at one subject until that has come to its end.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.chat.cards import render
from bot.domain.access import Role
from bot.domain.bell import Bell
from bot.domain.clock import SystemClock
from bot.domain.models import Subject
from bot.domain.policy import Policy
from bot.lanes import Loop, run_together
from bot.services.unit import Unit
from bot.storage import cards
from bot.storage.engine import Database, Tx
from gateway import Gateway
from sandbox.app import serve
from sandbox.sms2 import accounts
from sandbox.store import Store

OWNER = 1001
ROOT = Path(__file__).parents[2]
_GLANCE = 0.02
_STANDSTILL = 60

Lanes = Callable[[Unit, Gateway], Sequence[Any]]
Over = Callable[[Tx, int], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Midway:
    """The database, our way into it, and the provider, who sees what victims of one module do."""

    module: str
    url: str
    far_end: str
    store: Store
    database: Database
    unit: Unit

    async def kill(self, subject: int, done: Callable[[], int], enough: int) -> None:
        """Let a victim work until so much is done, as the provider sees it; then it dies.

        However slow the machine is, it may take its time as long as something is done.
        """
        async with self._victim(subject):
            seen, patience = done(), _STANDSTILL / _GLANCE
            while (now := done()) < enough:
                patience = _STANDSTILL / _GLANCE if now > seen else patience - 1
                seen = now
                assert patience > 0, f"a standstill at {now}"
                await asyncio.sleep(_GLANCE)

    async def finish(self, subject: int) -> None:
        """Let a victim work to the end."""
        async with self._victim(subject) as last:
            assert await asyncio.wait_for(last.wait(), 240) == 0

    async def card(self, subject: Subject) -> str:
        """Return what the owner reads on the subject's only card."""
        return await card_text(self.database, self.unit, subject)

    @asynccontextmanager
    async def _victim(self, subject: int) -> AsyncIterator[asyncio.subprocess.Process]:
        args = ("-m", self.module, self.url, self.far_end, str(subject))
        process = await asyncio.create_subprocess_exec(sys.executable, *args, cwd=ROOT)
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def card_text(database: Database, unit: Unit, subject: Subject) -> str:
    """Return what the owner reads on the subject's only card, no-break spaces as plain ones."""
    async with database.read() as tx:
        [shown] = await cards.showing(tx, subject)
    async with unit.reading() as services:
        model = await services.views.of(shown)
        reader = await services.views.reader(shown)
    assert model is not None
    assert reader.role is Role.OWNER
    return render(reader, model).text.replace("\N{NO-BREAK SPACE}", " ")


@asynccontextmanager
async def midway(module: str, policy: Policy, url: str, folder: Path) -> AsyncIterator[Midway]:
    """Give a house with an owner, and the provider; a call that it does not know fails the trial."""
    store = Store(folder / "sandbox.sqlite")
    database = Database(url, SystemClock())
    unit = Unit(database, policy, Bell())
    async with unit() as services:
        await services.people.ensure_owners([OWNER])
    async with serve(store) as far_end:
        accounts.change(store, balance="1000000.00")
        yield Midway(module, url, far_end, store, database, unit)
    violations = store.violations()
    store.close()
    await database.close()
    assert violations == []


def work(policy: Policy, lanes: Lanes, over: Over) -> None:
    """Be a victim: run the lanes until the subject has come to its end."""
    url, far_end, subject = sys.argv[1:]
    asyncio.run(_work(policy, lanes, over, url, far_end, int(subject)))


async def _work(policy: Policy, lanes: Lanes, over: Over, url: str, far_end: str, subject: int) -> None:
    database, bell, ended = Database(url, SystemClock()), Bell(), asyncio.Event()
    async with Gateway(far_end, "sandbox", "sandbox") as gateway:
        loops = [Loop(lane, database.clock, bell) for lane in lanes(Unit(database, policy, bell), gateway)]
        working = asyncio.create_task(run_together(loops, ended))
        while not ended.is_set():
            await asyncio.sleep(_GLANCE)
            async with database.read() as tx:
                if await over(tx, subject):
                    ended.set()
        await working
    await database.close()
