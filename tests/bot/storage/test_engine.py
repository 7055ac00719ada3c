"""Transactions are right on both databases, and a SQLite file has one process."""

import asyncio
import sys

import pytest
from sqlalchemy import select, text, update

from bot.domain.clock import SystemClock
from bot.storage import beats, tables, valves
from bot.storage.engine import Database, SecondProcessError, Tx
from bot.storage.migration import current, difference, migrate
from tests.databases import Databases
from tests.times import ManualClock

OCCUPY = """
import sys
from bot.domain.clock import SystemClock
from bot.storage.engine import Database, SecondProcessError
try:
    Database(sys.argv[1], SystemClock()).occupy()
except SecondProcessError as error:
    print(error)
"""


async def _increment(database: Database) -> None:
    async with database.write() as tx:
        valve = await valves.load(tx)
        await asyncio.sleep(0)
        await tx.conn.execute(
            update(tables.valves).where(tables.valves.c.name == "sends").values(tokens=valve.tokens + 1)
        )


async def test_what_is_read_and_written_back_by_many_at_once_loses_nothing(database: Database) -> None:
    await asyncio.gather(*(_increment(database) for _ in range(50)))
    async with database.read() as tx:
        assert (await valves.peek(tx)).tokens == 50


async def test_an_exception_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        await _beat_and_fail(database)
    async with database.read() as tx:
        assert await beats.all_of(tx) == {}


async def test_a_reader_waits_for_no_writer_and_sees_what_was_before(database: Database) -> None:
    async with database.write() as writing:
        await beats.beat(writing, "poll")
        async with asyncio.timeout(5), database.read() as reading:
            assert await beats.all_of(reading) == {}
    async with database.read() as reading:
        assert set(await beats.all_of(reading)) == {"poll"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_writers_of_a_file_take_turns_as_they_came(database: Database) -> None:
    """Else one that writes again and again keeps out whoever looked in vain and sleeps."""
    came: list[int] = []

    async def write(number: int) -> None:
        async with database.write():
            came.append(number)

    async with asyncio.timeout(20), asyncio.TaskGroup() as writers, database.write():
        for number in range(10):
            writers.create_task(write(number))
            await asyncio.sleep(0)
    assert came == list(range(10))


async def test_what_is_committed_survives_the_power(database: Database) -> None:
    """A lost commit of an intent is a second paid send."""
    async with database.write() as tx:
        statement = "SHOW synchronous_commit" if tx.postgres else "PRAGMA synchronous"
        assert await tx.conn.scalar(text(statement)) == ("on" if tx.postgres else 2)


async def test_a_second_process_on_a_file_is_refused_in_one_line(databases: Databases, time: ManualClock) -> None:
    with databases.fresh("sqlite") as url:
        database = Database(url, time)
        database.occupy()
        refusal = await _occupy_elsewhere(url)
        await database.close()
        assert "another process is using" in refusal
        assert refusal.count("\n") == 1
        assert await _occupy_elsewhere(url) == ""


async def test_a_second_engine_of_this_process_is_refused_too(databases: Databases, time: ManualClock) -> None:
    with databases.fresh("sqlite") as url:
        first, second = Database(url, time), Database(url, time)
        first.occupy()
        with pytest.raises(SecondProcessError):
            second.occupy()
        await first.close()
        second.occupy()
        await second.close()


async def test_postgresql_takes_any_number_of_processes(databases: Databases, time: ManualClock) -> None:
    with databases.fresh("postgresql") as url:
        assert await _occupy_elsewhere(url) == ""


async def test_the_migrations_give_exactly_the_tables(database: Database) -> None:
    assert await current(database)
    async with database.read() as tx:
        assert await tx.conn.run_sync(difference) == []


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    async with database.write() as tx:
        valve = await valves.load(tx)
        await tx.conn.execute(update(tables.valves).values(stopped_by="Анна"))
    await migrate(database)
    async with database.read() as tx:
        rows = (await tx.conn.execute(select(tables.valves.c.name, tables.valves.c.stopped_by))).all()
    assert sorted(map(tuple, rows)) == [("sends", "Анна"), ("status", "Анна")]
    assert valve.stopped_by is None


async def _beat_and_fail(database: Database) -> None:
    async with database.write() as tx:
        await beats.beat(tx, "poll")
        _fail(tx)


def _fail(_tx: Tx) -> None:
    raise ZeroDivisionError


async def _occupy_elsewhere(url: str) -> str:
    process = await asyncio.create_subprocess_exec(*(sys.executable, "-c", OCCUPY, url), stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    assert process.returncode == 0
    return said.decode()


def test_the_machines_clock_is_aware_and_in_utc() -> None:
    assert str(SystemClock().now().tzinfo) == "UTC"
