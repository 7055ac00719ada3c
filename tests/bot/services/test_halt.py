"""The panic switch beside what is under way at that very moment."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from bot.domain.models import Admin, Place
from bot.services.sending.halt import LISTED, NAMED
from bot.services.sending.sends import Content
from bot.services.unit import Unit
from bot.storage import halts, multicasts, notices, tables
from bot.storage.engine import Database, Tx
from bot.storage.tables import batches, messages
from tests.bot.services.conftest import HOME, MARIA
from tests.times import ManualClock

BASES = [{"id": 1, "name": "VIP", "total": 12}]
HOUR = timedelta(hours=1)


async def _add(tx: Tx, name: str, state: str, **more: Any) -> None:
    """Store a multicast to a base of this name; times are given as how far they are from now."""
    moments = {column: tx.now + more.pop(column, timedelta()) for column in ("hand_at", "handed_at")}
    if "start_at" in more:
        moments["start_at"] = tx.now + more.pop("start_at")
    values = {
        "origin": f"draft:{name}",
        "author": MARIA,
        "confirmed_by": MARIA,
        "chat": MARIA,
        "state": state,
        "sender": "MyShop",
        "text": "Скидка",
        "parts": 1,
        "bases": [{"id": 1, "name": name, "total": 12}],
        "recipients": 12,
        "confirmed_at": tx.now,
    }
    assert await multicasts.begin(tx, {**values, **moments, **more}) is not None


async def _stopped(unit: Unit, database: Database, maria: Admin) -> dict[str, Any]:
    """Stop everything; return what the notice of it names."""
    async with unit() as services:
        assert await services.halt.stop(maria, Place(MARIA))
    async with database.read() as tx:
        notice = await notices.load(tx, await halts.current(tx) or 0)
    assert notice is not None
    return dict(notice.args)


async def test_what_is_just_being_handed_over_is_named_as_beyond_recall(
    unit: Unit, database: Database, maria: Admin, time: ManualClock
) -> None:
    """Its call is on its way: the stop holds it no more, and nobody is to think that it does."""
    async with unit() as services:
        fields = {"sender": "MyShop", "text": "Скидка", "bases": BASES, "when": {"now": True}}
        draft = await services.drafts.open("multicast", MARIA, HOME, fields)
        await services.composers["multicast"].consume(draft, MARIA)
    time.go(minutes=1)
    async with unit() as services:
        [item] = await services.handovers.claim(1)
    async with unit() as services:
        assert await services.handovers.begin(item, {"VIP": 12}) is not None
    found = await _stopped(unit, database, maria)
    assert [(one["bases"], one["how"]) for one in found["gone"]] == [(["VIP"], "waits")]
    assert found["multicasts"] == 0


async def test_what_the_provider_has_is_beyond_recall_for_a_day_after_it_began(
    unit: Unit, database: Database, maria: Admin
) -> None:
    """It tells no end of a multicast: one that started at once, or this morning, may still be under way."""
    async with database.write() as tx:
        await _add(tx, "Вчера", "handed_over", start_at=-25 * HOUR, passed=True)
        await _add(tx, "Сразу", "handed_over", handed_at=-HOUR, passed=True)
        await _add(tx, "Утром", "handed_over", start_at=-3 * HOUR, passed=True)
        await _add(tx, "Потом", "handed_over", start_at=48 * HOUR)
        await _add(tx, "Отказ", "rejected", start_at=HOUR)
    found = await _stopped(unit, database, maria)
    named = [(one["bases"][0], one["how"]) for one in found["gone"]]
    assert named == [("Потом", "waits"), ("Сразу", "runs"), ("Утром", "runs")]
    assert found["rest"] == 0


async def test_a_multicast_whose_hand_over_nobody_knows_of_may_be_beyond_recall(
    unit: Unit, database: Database, maria: Admin
) -> None:
    async with database.write() as tx:
        await _add(tx, "Опт", "in_doubt", start_at=HOUR)
        await _add(tx, "Давно", "in_doubt", start_at=-30 * HOUR)
    found = await _stopped(unit, database, maria)
    assert [(one["bases"], one["how"]) for one in found["gone"]] == [(["Опт"], "doubt")]


async def test_of_many_beyond_recall_the_next_are_named_and_the_rest_is_counted(
    unit: Unit, database: Database, maria: Admin
) -> None:
    async with database.write() as tx:
        for hours in (5, 2, 4, 1, 3):
            await _add(tx, f"Через {hours}", "handed_over", start_at=hours * HOUR)
    found = await _stopped(unit, database, maria)
    assert [one["bases"][0] for one in found["gone"]] == [f"Через {hours}" for hours in range(1, NAMED + 1)]
    assert found["rest"] == 5 - NAMED


async def test_messages_without_an_outcome_are_counted_as_beyond_recall(
    unit: Unit, database: Database, maria: Admin
) -> None:
    """Being handed over, or sent and not reported of: yes. Delivered, waiting, or an MMS of last week nobody reports of: no."""
    phones = [f"7911000000{number}" for number in range(7)]
    async with unit() as services:
        content = Content(phones, "Готово", "MyShop")
        batch = await services.sends.begin(content, origin="draft:1", author=MARIA, by=MARIA, place=HOME, undo=False)
        mms = await services.sends.begin(content, origin="draft:2", author=MARIA, by=MARIA, place=HOME, undo=False)
        now = services.now
    sent = {"state": "sent", "sent_at": now, "next_at": None}
    becomes = [
        (batch, phones[0], {"state": "sending"}),
        (batch, phones[1], {**sent, "next_at": now}),
        (batch, phones[2], {**sent, "next_at": now, "sent_at": now - 71 * HOUR}),
        (batch, phones[3], {**sent, "state": "delivered"}),
        (mms, phones[0], sent),
        (mms, phones[1], {**sent, "sent_at": now - 25 * HOUR}),
    ]
    async with database.write() as tx:
        await tx.conn.execute(update(batches).where(batches.c.id == mms).values(kind="mms"))
        for of, phone, values in becomes:
            where = (messages.c.batch == of, messages.c.phone == phone)
            await tx.conn.execute(update(messages).where(*where).values(**values))
    assert (await _stopped(unit, database, maria))["flying"] == 4


async def test_all_that_is_held_is_counted_and_the_list_says_how_much_it_leaves_out(
    unit: Unit, database: Database, maria: Admin
) -> None:
    """However far ahead it is: a stop may last."""
    held = LISTED + 3
    async with database.write() as tx:
        for days in range(held):
            await _add(tx, f"База {days:02}", "held", start_at=days * 24 * HOUR + HOUR)
    assert (await _stopped(unit, database, maria))["multicasts"] == held
    async with unit() as services:
        await services.halt.show_list(maria, HOME)
    async with database.read() as tx:
        query = select(tables.notices.c.args).where(tables.notices.c.kind == "halt_list")
        shown = (await tx.conn.execute(query)).scalar_one()
    assert [one["bases"][0] for one in shown["multicasts"]] == [f"База {days:02}" for days in range(LISTED)]
    assert shown["rest"] == held - LISTED
