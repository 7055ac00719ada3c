"""Column types give back what they were given, on both databases."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import StatementError

from bot.domain.money import Snapshot
from bot.storage import beats, requests, tables
from bot.storage.engine import Database


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 24, 12, 4, 5, 678901, tzinfo=timezone(timedelta(hours=3))),
        datetime(2026, 3, 29, 0, 59, 59, 999999, tzinfo=UTC),
        datetime(1970, 1, 1, tzinfo=timezone(timedelta(hours=-11, minutes=-30))),
    ],
)
async def test_a_moment_comes_back_in_utc_to_the_microsecond(database: Database, moment: datetime) -> None:
    async with database.write() as tx:
        tx.now = moment
        await beats.beat(tx, "poll")
    async with database.read() as tx:
        found = (await beats.all_of(tx))["poll"]
    assert (found, found.tzinfo) == (moment, UTC)


async def test_a_naive_moment_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="naive"):
        async with database.write() as tx:
            await tx.conn.execute(insert(tables.beats).values(name="poll", at=datetime(2026, 11, 24)))  # noqa: DTZ001


@pytest.mark.parametrize("roubles", ["5006.75", "-10000.0000", "0.1", "9999999999999999.9999", "-0.0001"])
async def test_money_is_exact(database: Database, roubles: str) -> None:
    async with database.write() as tx:
        await requests.keep_balance(tx, Snapshot(Decimal(roubles), Decimal("-10000.00"), tx.now))
    async with database.read() as tx:
        found = await requests.last_balance(tx)
    assert found is not None
    assert (found.balance, type(found.balance)) == (Decimal(roubles), Decimal)


async def test_no_id_is_ever_given_twice(database: Database) -> None:
    """A button names an id: the next row must not answer to one that is gone."""
    first = await _ask(database)
    async with database.write() as tx:
        await tx.conn.execute(delete(tables.requests))
    assert await _ask(database) > first


async def test_every_table_with_ids_of_its_own_never_reuses_them() -> None:
    own = {table.name for table in tables.metadata.sorted_tables if table.autoincrement_column is not None}
    kept = {table.name for table in tables.metadata.sorted_tables if table.dialect_options["sqlite"]["autoincrement"]}
    assert own == kept
    assert {"batches", "messages", "drafts", "cards", "requests", "events"} <= own


async def test_arguments_and_answers_come_back_as_they_were(database: Database) -> None:
    args = {"phone": "79119876543", "nested": {"список": [1, None, True, "₽"]}}
    async with database.write() as tx:
        request = await requests.ask(tx, "status", args)
    async with database.read() as tx:
        found = await tx.conn.scalar(select(tables.requests.c.args).where(tables.requests.c.id == request))
    assert found == args


async def _ask(database: Database) -> int:
    async with database.write() as tx:
        return await requests.ask(tx, "balance", {})
