"""Replays: count a story's moments once, then live it again with a kill at each of them, and have each life judged."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from typing import Protocol

from sqlalchemy import delete

from bot.domain.clock import SystemClock
from bot.storage import tables, valves
from bot.storage.engine import Database, Tx
from tests.databases import Databases
from tests.e2e.kill_zygote import Death, Life
from tests.e2e.referee import Verdict

_PATIENCE = 600  # a life that stands still is ended by its own alarm, long before
_TRIES = 3
_EDITS = {"cards-item", "cards-finish"}


@dataclass(frozen=True, slots=True)
class Trial:
    """A kill at one moment, and what became of the message; `killed` is False where the moment never came."""

    point: str
    killed: bool
    verdict: Verdict

    @property
    def loose(self) -> bool:
        """Return whether this moment may come less often than it was counted: a look for work, or edits that may be one."""
        passer, _, what = self.point.partition(": ")
        return passer in {"dispatch", "track", "requests", "poll"} or passer in _EDITS or "getUpdates" in what


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
        async with self.writing() as tx:
            for table in reversed(tables.metadata.sorted_tables):
                await tx.conn.execute(delete(table))
            await valves.found(tx)

    async def curtain(self) -> None:
        """Let the life that goes on come to its end, if its story waits for that."""
        assert self._process.stdin is not None
        self._process.stdin.write(b"\n")

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Tx]:
        """Give a transaction on the database."""
        database = Database(self.url, SystemClock())
        try:
            async with database.write() as tx:
                yield tx
        finally:
            await database.close()


class Stage(Protocol):
    """Where one message's lives are played: both far ends at `url`, whoever acts there, and who judges."""

    @property
    def url(self) -> str:
        """The address of the far ends."""
        ...

    @property
    def phone(self) -> str:
        """Whom the message is for."""
        ...

    def attended(self, bench: Bench) -> AbstractAsyncContextManager[None]:
        """Act while a life goes on, and let the curtain fall when all is over."""
        ...

    async def judge(self, bench: Bench) -> Verdict:
        """Say what became of the message."""
        ...


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
    """One story on one kind of database, each trial on a stage of its own."""

    def __init__(
        self, story: str, backend: str, databases: Databases, stage: Callable[[], AbstractAsyncContextManager[Stage]]
    ) -> None:
        self._story, self._backend, self._databases, self._stage = story, backend, databases, stage

    async def count(self, after: str | None = None) -> list[str]:
        """Return every moment of a life that nobody disturbs, or of the one that follows a kill."""
        async with self._benches(1) as [bench], self._stage() as stage:
            if after is not None:
                await self._live(bench, stage, after)
            return list((await self._recover(bench, stage, after)).points)

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
                if trial.killed or trial.loose:
                    break
            trials.append(trial)

    async def _try(self, bench: Bench, point: str, after: str | None) -> Trial:
        await bench.clear()
        async with self._stage() as stage:
            if after is not None:
                assert (await self._live(bench, stage, after)).signal == signal.SIGKILL
            death = await self._live(bench, stage, point)
            assert death.error == "", f"at {point}: {death.error}"
            await self._recover(bench, stage, point)
            return Trial(point, death.signal == signal.SIGKILL, await stage.judge(bench))

    async def _recover(self, bench: Bench, stage: Stage, after: str | None = None) -> Death:
        death = await self._live(bench, stage)
        assert (death.signal, death.error) == (0, ""), f"after {after}: signal {death.signal}\n{death.error}"
        return death

    async def _live(self, bench: Bench, stage: Stage, fatal: str | None = None) -> Death:
        async with stage.attended(bench):
            return await bench.live(Life(self._story, bench.url, stage.url, stage.phone, fatal))

    @asynccontextmanager
    async def _benches(self, number: int) -> AsyncIterator[list[Bench]]:
        module, _, _ = self._story.partition(":")
        with ExitStack() as databases:
            urls = [databases.enter_context(self._databases.fresh(self._backend)) for _ in range(number)]
            async with AsyncExitStack() as zygotes:
                yield [Bench(await zygotes.enter_async_context(zygote(module)), url) for url in urls]
