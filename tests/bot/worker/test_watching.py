"""The watch with several workers on one database: each tick is taken once, none is made up for, and what it says it says once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal

import httpx
import pytest
from sqlalchemy import func, select

from bot.domain.access import Role
from bot.domain.alerts import Watcher
from bot.domain.bell import Bell
from bot.domain.models import Reason
from bot.domain.money import Snapshot
from bot.domain.policy import Policy
from bot.lanes import Loop
from bot.services.money.watch import KEPT, SILENT
from bot.services.unit import Unit
from bot.storage import people, requests, tables, ticks, watch
from bot.storage.engine import Database
from bot.worker.watching import Seen, Tick, WatchLane
from gateway import Gateway
from sandbox.app import create_app
from sandbox.sms2 import accounts
from sandbox.store import Store
from tests.times import ManualClock

MARIA = 1001
ROUNDS = 6
Lanes = list[Loop[Tick, Seen]]


@pytest.fixture
async def units(database_url: str, policy: Policy, time: ManualClock) -> AsyncIterator[list[Unit]]:
    """Three processes, each with connections of its own, on one database; Maria owns the bot."""
    databases = [Database(database_url, time) for _ in range(3)]
    async with databases[0].write() as tx:
        await people.admit(tx, MARIA, Role.OWNER, name="Мария", language="ru", zone="Europe/Moscow")
    yield [Unit(one, policy, Bell()) for one in databases]
    for one in databases:
        await one.close()


@pytest.fixture
async def lanes(units: list[Unit], time: ManualClock, store: Store) -> AsyncIterator[Lanes]:
    """Their workers, between the database and one provider."""
    async with units[0]() as services:
        await services.watch.begin()
    transport = httpx.ASGITransport(app=create_app(store))
    async with Gateway("http://sms2", "sandbox", "sandbox", transport=transport) as gateway:
        yield [Loop(WatchLane(unit, gateway), time, Bell()) for unit in units]


async def _count(database: Database, table: str) -> int:
    async with database.read() as tx:
        return await tx.conn.scalar(select(func.count()).select_from(tables.metadata.tables[table])) or 0


async def test_each_tick_is_taken_by_one_and_a_missed_one_by_nobody(
    lanes: Lanes, database: Database, time: ManualClock
) -> None:
    for number in range(1, ROUNDS + 1):
        time.go(minutes=5)
        done = await asyncio.gather(*(lane.drain() for lane in lanes))
        assert sum(done) == 1
        assert await _count(database, "balances") == number
    time.go(hours=3, minutes=2)
    assert sum(await asyncio.gather(*(lane.drain() for lane in lanes))) == 1
    assert await lanes[0].lane.next_due() == time.now() + timedelta(minutes=3)


async def test_what_has_crossed_is_told_once_however_many_look(
    lanes: Lanes, database: Database, time: ManualClock, store: Store
) -> None:
    accounts.change(store, balance="0.00", overdraft="0.00")
    for _ in range(ROUNDS):
        time.go(minutes=5)
        await asyncio.gather(*(lane.drain() for lane in lanes))
    assert await _count(database, "notices") == 1


async def test_of_two_processes_that_see_a_threshold_armed_one_tells(
    units: list[Unit], database: Database, time: ManualClock
) -> None:
    """A tick, and a person who has just chosen it: both have read it before either has told."""
    async with units[0]() as services:
        await services.watch.begin()
        await services.requests.balance_known(Snapshot(Decimal(0), Decimal(0), time.now()))
        await services.watchers.everybody()
    seen = []
    for unit in units:
        async with unit.reading() as services:
            seen += await watch.all_watchers(services._tx)
    assert [one.fired_at for watcher in seen for one in watcher.thresholds] == [None] * len(units)

    async def judge(unit: Unit, watcher: Watcher) -> None:
        async with unit() as services:
            await services.judging.one(watcher)

    await asyncio.gather(*(judge(unit, watcher) for unit, watcher in zip(units, seen, strict=True)))
    assert await _count(database, "notices") == 1


async def test_a_worker_that_dies_with_a_tick_is_followed_by_another_and_its_late_answer_counts_for_nothing(
    lanes: Lanes, database: Database, time: ManualClock
) -> None:
    time.go(minutes=5)
    [lost] = await lanes[0].lane.claim(1)
    assert await lanes[1].lane.claim(1) == []
    time.go(seconds=61)
    assert await lanes[1].drain() == 1
    await lanes[0].lane.finish(lost, Seen((Decimal(-1), Decimal(0))))
    assert await _count(database, "balances") == 1
    assert await _count(database, "notices") == 0


async def test_an_interval_that_was_made_shorter_counts_from_the_next_start(database: Database) -> None:
    async with database.write() as tx:
        await ticks.begin(tx, "watch", timedelta(hours=24))
        await ticks.begin(tx, "watch", timedelta(minutes=5))
        await ticks.begin(tx, "watch", timedelta(hours=1))
        assert await ticks.next_due(tx, "watch") == tx.now + timedelta(minutes=5)


async def test_balance_answers_are_kept_as_long_as_the_longest_chart(unit: Unit, database: Database) -> None:
    async with unit() as services:
        await services.watch.begin()
    async with database.write() as tx:
        for age in (KEPT + timedelta(seconds=1), KEPT - timedelta(seconds=1)):
            await requests.keep_balance(tx, Snapshot(Decimal(1), Decimal(0), tx.now - age))
        await watch.thin(tx, tx.now - KEPT, 10)
        assert len(await watch.snapshots(tx, tx.now - 2 * KEPT)) == 1


async def test_another_refusal_shows_that_the_provider_is_there(
    unit: Unit, database: Database, time: ManualClock
) -> None:
    """Two silent ticks, a refusal, two more silent ones: never three in a row."""
    async with unit() as services:
        await services.watch.begin()
    for code in (SILENT, SILENT, "SERVICE_IS_SWITCHED_OFF", SILENT, SILENT):
        time.go(minutes=5)
        async with unit() as services:
            claim = await services.watch.claim()
            assert claim is not None
            assert await services.watch.unknown(claim, Reason(code))
    assert await _count(database, "notices") == 0
