"""What the lanes ask all day long is answered from small indexes, however many messages have gathered."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import case, event, insert, literal, select, text
from sqlalchemy.sql import Select

from bot.domain.models import Place
from bot.services.sending.sends import Content
from bot.services.unit import Unit
from bot.storage import tables
from bot.storage.engine import Database, Tx

ROWS = 200_000
BATCHES = 20_000
OWNER = 1001
Statements = list[tuple[str, Any]]


@pytest.fixture
async def crowded(unit: Unit, database: Database) -> Unit:
    """Years of batches that are over, one that a person paused with most of the messages, and a small one that may leave."""
    async with unit() as services:
        place = Place(OWNER)
        for number, phones in enumerate((["79110000000"], [str(79110000001 + n) for n in range(50)])):
            content = Content(phones, "Готово", "MyShop")
            origin = f"draft:{number}"
            await services.sends.begin(content, origin=origin, author=OWNER, by=OWNER, place=place, undo=False)
    async with database.write() as tx:
        await tx.conn.execute(text("UPDATE batches SET state = 'paused' WHERE id = 1"))
        columns = ["batch", "phone", "parts", "state", "next_at", "attempts"]
        await tx.conn.execute(insert(tables.messages).from_select(columns, _gathered(tx)))
        await tx.conn.execute(insert(tables.batches), _finished(tx))
        if tx.postgres:  # it does so by itself sooner or later; nobody does it for SQLite
            await tx.conn.execute(text("ANALYZE"))
    return unit


def _gathered(tx: Tx) -> Select[Any]:
    numbers = select(literal(1).label("i")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.i + 1).where(numbers.c.i < ROWS))
    state = case((numbers.c.i % 4 == 0, "queued"), (numbers.c.i % 4 == 1, "sent"), else_="delivered")
    due = literal(tx.now + timedelta(days=1), tables.messages.c.next_at.type)
    return select(literal(1), literal("79110000000"), literal(1), state, due, literal(0)).select_from(numbers)


def _finished(tx: Tx) -> list[dict[str, Any]]:
    common = {
        "kind": "sms",
        "author": OWNER,
        "confirmed_by": OWNER,
        "chat": OWNER,
        "state": "finished",
        "sender": "MyShop",
    }
    content = {"flash": False, "text": "Готово", "parts": 1, "total": 0}
    times = dict.fromkeys(("undo_until", "confirmed_at", "progress_at"), tx.now)
    return [{**common, **content, **times, "origin": f"old:{number}"} for number in range(BATCHES)]


@contextmanager
def _overheard(database: Database) -> Iterator[Statements]:
    """Give what is said to the database, with its arguments as the driver gets them."""
    said: Statements = []

    def hear(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        said.append((statement, parameters))

    event.listen(database.engine.sync_engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", hear)


async def _plans(database: Database, said: Statements) -> list[str]:
    """Return how the database goes about each statement that concerns messages or their batches."""
    plans = []
    async with database.write() as tx:
        explain = "EXPLAIN " if tx.postgres else "EXPLAIN QUERY PLAN "
        for statement, parameters in said:
            if re.search(r"\b(messages|batches)\b", statement) and not statement.startswith("INSERT"):
                rows = await tx.conn.exec_driver_sql(explain + statement, parameters)
                plans.append("\n".join(str(row[-1]) for row in rows))
    return plans


def _walks(plan: str) -> bool:
    """Return whether the plan goes through all messages or all batches."""
    return re.search(r"Seq Scan on (messages|batches)|^SCAN (messages|batches)", plan, re.MULTILINE) is not None


async def test_a_claim_walks_past_no_crowd_of_messages(crowded: Unit, database: Database) -> None:
    with _overheard(database) as said:
        async with crowded() as services:
            assert len(await services.dispatch.claim(20)) == 20
    plans = await _plans(database, said)
    assert [plan for plan in plans if _walks(plan)] == []
    assert any("ix_messages_queued" in plan or "ix_messages_batch_state" in plan for plan in plans)
    assert any("ix_messages_sending" in plan for plan in plans)


async def test_looking_for_the_next_thing_due_walks_past_no_crowd_either(crowded: Unit, database: Database) -> None:
    with _overheard(database) as said:
        async with crowded.reading() as services:
            await services.dispatch.next_due()
            assert await services.tracking.next_due() is not None
    plans = await _plans(database, said)
    assert [plan for plan in plans if _walks(plan)] == []
    assert any("ix_messages_sending" in plan for plan in plans)
    assert any("ix_messages_tracked" in plan for plan in plans)


async def test_a_check_is_claimed_from_what_is_tracked_alone(crowded: Unit, database: Database) -> None:
    with _overheard(database) as said:
        async with crowded() as services:
            assert await services.tracking.claim(20) == []
    plans = await _plans(database, said)
    assert [plan for plan in plans if _walks(plan)] == []
    assert any("ix_messages_tracked" in plan for plan in plans)
