"""Replays: count a story's moments once, then live it again with a kill at each of them, and have each life judged."""

import asyncio
import itertools
import json
import signal
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import delete, select

from bot.domain.clock import SystemClock
from bot.storage import tables, valves
from bot.storage.engine import Database, Tx
from sandbox.sms2 import calls
from sandbox.store import Store
from tests.databases import Databases
from tests.e2e.kill_zygote import Death, Life
from tests.e2e.referee import Told, Verdict, judge

_PATIENCE = 60
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Trial:
    """A kill at one moment, and what became of the message; `killed` is False where the moment never came."""

    point: str
    killed: bool
    verdict: Verdict

    @property
    def idle(self) -> bool:
        """Return whether this is a lane's look for work, which may come by less often than when it was counted."""
        return self.point.split(":")[0] in {"dispatch", "track", "requests"}


class Bench:
    """Where lives follow each other: the far end of a zygote (tests.e2e.kill_zygote), and a database."""

    def __init__(self, process: asyncio.subprocess.Process, url: str) -> None:
        self.url = url
        self._process = process

    async def live(self, life: Life) -> Death:
        """Let a victim live, and return how it ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(life)).encode() + b"\n")
        async with asyncio.timeout(_PATIENCE):
            death = json.loads(await self._process.stdout.readline())
        return Death(death["signal"], death["error"], tuple(death["points"]))

    async def clear(self) -> None:
        """Make the database as good as new: creating one takes PostgreSQL half a second."""
        async with self._writing() as tx:
            for table in reversed(tables.metadata.sorted_tables):
                await tx.conn.execute(delete(table))
            await valves.found(tx)

    async def told(self) -> Told:
        """Return what a person can see of the only message."""
        message, card = tables.messages, tables.cards
        async with self._writing() as tx:
            row = (await tx.conn.execute(select(message.c.batch, message.c.state))).one_or_none()
            if row is None:
                return Told(None, card=False)
            shows = (card.c.kind == "batch", card.c.subject == row.batch, card.c.next_at.is_not(None))
            return Told(row.state, card=await tx.conn.scalar(select(card.c.id).where(*shows)) is not None)

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[Tx]:
        database = Database(self.url, SystemClock())
        try:
            async with database.write() as tx:
                yield tx
        finally:
            await database.close()


@asynccontextmanager
async def zygote(*modules: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start a zygote that imports the modules."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.e2e.kill_zygote", *modules),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=1 << 20,
    )
    try:
        yield process
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


class Replay:
    """One story on one kind of database, in front of one sandbox."""

    def __init__(self, story: str, backend: str, databases: Databases, gateway: str, store: Store) -> None:
        self._story, self._backend, self._databases = story, backend, databases
        self._gateway, self._store = gateway, store
        self._phones = (str(79110010000 + number) for number in itertools.count())

    async def count(self, after: str | None = None) -> list[str]:
        """Return every moment of a life that nobody disturbs, or of the one that follows a kill."""
        async with self._benches(1) as [bench]:
            phone = next(self._phones)
            if after is not None:
                await bench.live(self._life(bench, phone, after))
            return list((await self._recover(bench, phone)).points)

    async def kill_at(self, points: Sequence[str], after: str | None = None, *, side_by_side: int = 3) -> list[Trial]:
        """Kill at each moment (in the life that follows a kill, where `after` names one), begin again, have it judged."""
        remaining, trials = iter(points), list[Trial]()
        async with self._benches(min(side_by_side, len(points))) as benches:
            await asyncio.gather(*(self._kill_on(bench, remaining, trials, after) for bench in benches))
        return trials

    async def _kill_on(self, bench: Bench, points: Iterator[str], trials: list[Trial], after: str | None) -> None:
        for point in points:
            for _ in range(_TRIES):
                trial = await self._try(bench, point, after)
                if trial.killed or trial.idle:
                    break
            trials.append(trial)

    async def _try(self, bench: Bench, point: str, after: str | None) -> Trial:
        phone = next(self._phones)
        await bench.clear()
        if after is not None:
            assert (await bench.live(self._life(bench, phone, after))).signal == signal.SIGKILL
        death = await bench.live(self._life(bench, phone, point))
        assert death.error == "", f"at {point}: {death.error}"
        await self._recover(bench, phone)
        verdict = judge(calls.journal(self._store), phone, await bench.told())
        return Trial(point, death.signal == signal.SIGKILL, verdict)

    async def _recover(self, bench: Bench, phone: str) -> Death:
        death = await bench.live(self._life(bench, phone))
        assert (death.signal, death.error) == (0, ""), death.error
        return death

    def _life(self, bench: Bench, phone: str, fatal: str | None = None) -> Life:
        return Life(self._story, bench.url, self._gateway, phone, fatal)

    @asynccontextmanager
    async def _benches(self, number: int) -> AsyncIterator[list[Bench]]:
        module, _, _ = self._story.partition(":")
        with ExitStack() as databases:
            urls = [databases.enter_context(self._databases.fresh(self._backend)) for _ in range(number)]
            async with AsyncExitStack() as zygotes:
                yield [Bench(await zygotes.enter_async_context(zygote(module)), url) for url in urls]


@contextmanager
def ledger(path: Path) -> Iterator[Store]:
    """Give a sandbox's memory; a call that the provider does not know fails the test."""
    store = Store(path)
    yield store
    violations = store.violations()
    store.close()
    assert violations == []
