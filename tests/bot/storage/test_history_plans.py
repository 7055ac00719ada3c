"""A page of the history, or of the audit, is walked off an index however it is filtered: nothing is read whole, nothing sorted."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, insert, text

from bot.domain.audit import TOPICS
from bot.domain.history import STATUSES, Key, Sought
from bot.services.history import deeds, pages
from bot.services.history.deeds import Wanted
from bot.storage import tables
from bot.storage.engine import Database, Tx

ROWS = 20_000
PEOPLE = (1001, 1002, 1003)
ZONE = ZoneInfo("Europe/Moscow")
PHONE = "79110000000"
CHUNK = 2_000
HANDFUL = 50
"""Rows that PostgreSQL may rather sort than walk, where it knows that there are no more."""
STANDING = {"sent": "sent", "delivered": "delivered", "failed": "rejected", "in_doubt": "in_doubt"}
Statements = list[tuple[str, Any]]


@pytest.fixture
async def years(database: Database) -> Database:
    """Years of sends by three people, most of them delivered; a thousand multicasts among them."""
    async with database.write() as tx:
        for start in range(0, ROWS, CHUNK):
            numbers = range(start + 1, start + CHUNK + 1)
            await tx.conn.execute(insert(tables.batches), [_batch(tx, number) for number in numbers])
            await tx.conn.execute(insert(tables.messages), [_message(number) for number in numbers])
            await tx.conn.execute(insert(tables.events), [_event(tx, number) for number in numbers])
        await tx.conn.execute(insert(tables.multicasts), [_multicast(tx, number) for number in range(1, 1001)])
        if tx.postgres:  # it does so by itself sooner or later; nobody does it for SQLite
            await tx.conn.execute(text("ANALYZE"))
    return database


def _batch(tx: Tx, number: int) -> dict[str, Any]:
    at = tx.now - timedelta(minutes=ROWS - number)
    times = dict.fromkeys(("undo_until", "confirmed_at", "progress_at"), at)
    ids = {"id": number, "origin": f"old:{number}", "author": PEOPLE[0], "confirmed_by": PEOPLE[number % 3]}
    content = {"flash": False, "text": "Готово", "parts": 1, "total": 1, "sender": "MyShop"}
    standing = "delivered" if number % 10 else list(STANDING)[number // 10 % 4]
    return {**times, **ids, **content, "kind": "sms", "chat": 1, "state": "finished", "standing": standing}


def _message(number: int) -> dict[str, Any]:
    phone = PHONE if number % 100 == 0 else str(79110000000 + number)
    state = "delivered" if number % 10 else list(STANDING.values())[number // 10 % 4]
    return {"id": number, "batch": number, "phone": phone, "parts": 1, "state": state}


def _multicast(tx: Tx, number: int) -> dict[str, Any]:
    at = tx.now - timedelta(minutes=ROWS - number * 20)
    ids = {"origin": f"old:{number}", "author": PEOPLE[0], "confirmed_by": PEOPLE[number % 3], "chat": 1}
    content = {"sender": "MyShop", "text": "Готово", "parts": 1, "bases": [], "recipients": 7}
    state = "handed_over" if number % 9 else "in_doubt"
    return {**ids, **content, "state": state, "hand_at": at, "confirmed_at": at}


def _event(tx: Tx, number: int) -> dict[str, Any]:
    """Make one of the many events of the bot, and every tenth of a person."""
    mine = {"actor": f"admin:{PEOPLE[number % 3]}", "verb": "confirm", "kind": "batch", "topic": "sends"}
    own = {"actor": "worker", "verb": "accepted", "kind": "message", "topic": None}
    return {**(own if number % 10 else mine), "at": tx.now, "subject": number, "data": {}}


@contextmanager
def overheard(database: Database) -> Iterator[Statements]:
    """Give what is said to the database, with its arguments as the driver gets them."""
    said: Statements = []

    def hear(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        said.append((statement, parameters))

    event.listen(database.engine.sync_engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", hear)


async def plans(tx: Tx, said: Statements, table: str) -> list[str]:
    """Return how the database goes about each page of a table."""
    explain, found = "EXPLAIN " if tx.postgres else "EXPLAIN QUERY PLAN ", []
    for statement, parameters in said:
        if re.search(rf"FROM ({table})\b.*LIMIT", statement, re.DOTALL):
            rows = await tx.conn.exec_driver_sql(explain + statement, parameters)
            found.append("\n".join(str(row[-1]) for row in rows))
    return found


def reads_whole(plan: str) -> bool:
    """Return whether a plan goes through a table without an index, or sorts more than a handful."""
    sorted_ = max((int(rows) for rows in re.findall(r"Sort  \(cost=\S+ rows=(\d+)", plan)), default=0)
    return sorted_ > HANDFUL or re.search(r"Seq Scan|TEMP B-TREE|^SCAN \w+$", plan, re.MULTILINE) is not None


@pytest.mark.parametrize("phone", [None, PHONE], ids=["anyone", "phone"])
async def test_no_filter_of_the_history_reads_or_sorts_more_than_its_page(years: Database, phone: str | None) -> None:
    """Each status, person and period with each other, on the newest page and far back, in both directions."""
    kind, statuses = ("batch" if phone is None else "message"), (None, *STATUSES)
    for status, who, period in product(statuses, (None, PEOPLE[1]), (None, "month", "2026-11-15/2026-11-20")):
        sought = Sought(status, who, phone, period)
        with overheard(years) as said:
            async with years.read() as tx:
                await pages.page(tx, sought, None, ZONE)
                await pages.page(tx, sought, Key(kind, ROWS // 2), ZONE)
                await pages.newer_than(tx, sought, Key(kind, ROWS // 2), ZONE)
        async with years.write() as tx:
            found = await plans(tx, said, "batches|multicasts|messages")
        assert found
        assert [plan for plan in found if reads_whole(plan)] == [], sought


async def test_pages_from_the_newest_to_the_oldest_hold_every_entry_once(years: Database) -> None:
    """Those of the same moment, too; and back again the same way."""
    sought, before, seen = Sought(who=PEOPLE[1], period="2026-11-22/2026-11-23"), None, list[Key]()
    async with years.read() as tx:
        while True:
            shown, _, older = await pages.page(tx, sought, before, ZONE)
            seen += [one.key for one in shown]
            if not older:
                break
            before = shown[-1].key
        first, back = shown[0].key, list[Key]()
        while (begin := await pages.newer_than(tx, sought, first, ZONE)) is not None:
            shown, _, _ = await pages.page(tx, sought, begin, ZONE)
            first, back = shown[0].key, [one.key for one in shown] + back
        shown, newer, _ = await pages.page(tx, sought, None, ZONE)
    assert len(seen) == len(set(seen)) == 2 * 24 * 60 // 3 + 2 * 24 * 3 // 3
    assert not newer
    assert {*back, *(one.key for one in shown)} <= set(seen)
    assert sorted((key.id for key in seen if key.kind == "batch"), reverse=True) == [
        key.id for key in seen if key.kind == "batch"
    ]


async def test_no_filter_of_the_audit_reads_or_sorts_more_than_its_page(years: Database) -> None:
    for who, topic in product((None, PEOPLE[1]), (None, *TOPICS)):
        wanted = Wanted(who, topic)
        with overheard(years) as said:
            async with years.read() as tx:
                await deeds.events(tx, wanted, 7)
                await deeds.events(tx, wanted, 7, before=ROWS // 2)
                await deeds.events(tx, wanted, 7, after=ROWS // 2)
        async with years.write() as tx:
            found = await plans(tx, said, "events")
        assert len(found) == 3 * (1 if topic else len(TOPICS) - 1)
        assert [plan for plan in found if reads_whole(plan)] == [], wanted
