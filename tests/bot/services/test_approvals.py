"""Approvals: what one decision does to the rows, and what may never be decided."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.domain.access import Role
from bot.domain.models import Admin, Place, Reason, Subject
from bot.domain.policy import Policy
from bot.domain.states import ApprovalState, BatchState, MulticastState
from bot.services.sending.sends import Content
from bot.services.unit import Unit
from bot.storage import people, tables
from bot.storage.engine import Database
from tests.times import ManualClock

MARIA, IVAN, OLGA, PETR = 1001, 1002, 1003, 1004
HOME = Place(IVAN)
PHONES = [str(79110000000 + number) for number in range(12)]
TEXT = "Скидка до конца недели"
BASES = [{"id": 1, "name": "VIP", "total": 12}]


@pytest.fixture
def policy(policy: Policy) -> Policy:
    return replace(policy, approve_recipients=10)


@pytest.fixture
async def table(database: Database) -> Mapping[int, Admin]:
    """An owner, the operator who writes, and another one."""
    found = {}
    async with database.write() as tx:
        for user_id, name, role in (
            (MARIA, "Мария", Role.OWNER),
            (IVAN, "Иван", Role.OPERATOR),
            (OLGA, "Ольга", Role.OPERATOR),
        ):
            await people.admit(tx, user_id, role, name=name, language="ru", zone="Europe/Moscow")
            admin = await people.load(tx, user_id)
            assert admin is not None
            found[user_id] = admin
    return found


async def _send(unit: Unit, origin: str = "draft:1", *, kind: str = "sms", phones: list[str] = PHONES) -> int:
    async with unit() as services:
        content = Content(phones, TEXT, "MyShop")
        batch = await services.sends.begin(content, origin=origin, author=IVAN, by=IVAN, place=HOME, kind=kind)
    assert batch is not None
    return batch


async def _schedule(unit: Unit, start: datetime | None) -> int:
    when = {"at": start.isoformat()} if start else {"now": True}
    async with unit() as services:
        fields = {"sender": "MyShop", "text": TEXT, "bases": BASES, "when": when}
        draft = await services.drafts.open("multicast", IVAN, HOME, fields)
        found = await services.composers["multicast"].consume(draft, IVAN)
    assert found is not None
    return found.id


async def _row(database: Database, kind: str, subject: int) -> Any:
    table = {"batch": tables.batches, "multicast": tables.multicasts}[kind]
    async with database.read() as tx:
        return (await tx.conn.execute(select(table).where(table.c.id == subject))).one()


async def _request(database: Database, subject: int, kind: str = "batch") -> Any:
    mine = (tables.approvals.c.kind == kind, tables.approvals.c.subject == subject)
    async with database.read() as tx:
        return (await tx.conn.execute(select(tables.approvals).where(*mine))).one()


async def _approve(unit: Unit, request: int, by: Admin) -> str:
    async with unit() as services:
        return await services.approvals.approve(request, by)


async def _leaves(unit: Unit, time: ManualClock) -> int:
    """Return how much leaves once everything that could be waited for is over."""
    time.go(3600)
    async with unit() as services:
        return len(await services.dispatch.claim(20)) + len(await services.handovers.claim(5))


async def test_what_waits_for_approval_is_claimed_by_nobody(
    unit: Unit, database: Database, table: Mapping[int, Admin], time: ManualClock
) -> None:
    batch, multicast = await _send(unit), await _schedule(unit, None)
    assert await _leaves(unit, time) == 0
    async with unit.reading() as services:
        assert await services.sends.undoable(HOME, IVAN) is None
        assert await services.handovers.next_due() is None
    assert (await _row(database, "batch", batch)).state == BatchState.AWAITING_APPROVAL
    assert (await _row(database, "multicast", multicast)).state == MulticastState.AWAITING_APPROVAL


async def test_a_test_to_oneself_and_the_repeat_of_one_message_take_nobody_else(
    unit: Unit, database: Database, table: Mapping[int, Admin]
) -> None:
    for origin in ("test:1:v1:1002", "resend:1:0"):
        assert (await _row(database, "batch", await _send(unit, origin))).state == BatchState.READY
    assert (await _row(database, "batch", await _send(unit, phones=PHONES[:10]))).state == BatchState.READY


async def test_approved_it_can_be_taken_back_for_as_long_as_anything(
    unit: Unit, database: Database, table: Mapping[int, Admin], time: ManualClock, policy: Policy
) -> None:
    batch = await _send(unit)
    time.go(7200)
    assert await _approve(unit, (await _request(database, batch)).id, table[OLGA]) == "done"
    row = await _row(database, "batch", batch)
    assert (row.state, row.undo_until) == (BatchState.READY, time.now() + policy.undo)
    async with unit() as services:
        assert await services.dispatch.claim(20) == []
    time.go(policy.undo.total_seconds())
    async with unit() as services:
        assert len(await services.dispatch.claim(20)) == 12


async def test_approved_a_multicast_is_held_until_its_time_or_handed_over_after_the_undo_window(
    unit: Unit, database: Database, table: Mapping[int, Admin], time: ManualClock, policy: Policy
) -> None:
    start = time.now() + timedelta(hours=5)
    far, near = await _schedule(unit, start), await _schedule(unit, None)
    time.go(7200)
    for multicast in (far, near):
        assert await _approve(unit, (await _request(database, multicast, "multicast")).id, table[MARIA]) == "done"
    assert (await _row(database, "multicast", far)).next_at == start - policy.handover
    assert (await _row(database, "multicast", near)).next_at == time.now() + policy.undo
    async with unit.reading() as services:
        assert await services.multicasts.undoable(HOME, IVAN) == near


@pytest.mark.parametrize(
    "values",
    [{"text": "Скидка"}, {"sender": "Sklad"}, {"flash": True}, {"total": 13}, {"price": 1}],
    ids=lambda values: next(iter(values)),
)
async def test_what_is_no_longer_what_was_shown_is_not_approved(
    unit: Unit, database: Database, table: Mapping[int, Admin], time: ManualClock, values: dict[str, Any]
) -> None:
    """Whoever changed the rows: the request is void, nothing leaves, ever."""
    batch = await _send(unit)
    async with database.write() as tx:
        await tx.conn.execute(update(tables.batches).values(**values))
    assert await _approve(unit, (await _request(database, batch)).id, table[MARIA]) == "changed"
    request = await _request(database, batch)
    assert (request.state, request.reason["code"]) == (ApprovalState.WITHDRAWN, "changed")
    assert (await _row(database, "batch", batch)).state == BatchState.CANCELLED
    assert await _leaves(unit, time) == 0


async def test_neither_its_author_nor_who_confirmed_it_may_approve(
    unit: Unit, database: Database, table: Mapping[int, Admin]
) -> None:
    async with unit() as services:
        content = Content(PHONES, TEXT, "MyShop")
        batch = await services.sends.begin(content, origin="draft:1", author=IVAN, by=OLGA, place=Place(-5))
    request = await _request(database, batch or 0)
    assert request.asked == [MARIA]
    assert [await _approve(unit, request.id, table[one]) for one in (IVAN, OLGA)] == ["own", "own"]
    async with unit() as services:
        assert await services.approvals.approve_alone(Subject("batch", batch or 0), table[MARIA]) == "own"
        assert await services.approvals.refuse(request.id, table[OLGA], Reason("text")) == "own"
    assert (await _request(database, batch or 0)).state == ApprovalState.ASKED


async def test_a_viewer_and_a_disabled_operator_are_no_second_person(
    unit: Unit, database: Database, table: Mapping[int, Admin]
) -> None:
    request = (await _request(database, await _send(unit))).id
    assert await _approve(unit, request, replace(table[OLGA], role=Role.VIEWER)) == "own"
    assert await _approve(unit, request, replace(table[OLGA], enabled=False)) == "own"


async def test_stop_never_takes_the_messages_from_under_a_request(
    unit: Unit, database: Database, table: Mapping[int, Admin]
) -> None:
    """Else what was approved would be less than what was shown."""
    batch = await _send(unit)
    async with unit() as services:
        assert not await services.sends.stop(batch, IVAN)
        assert not await services.sends.undo(batch, IVAN)
        found = await services.sends.load(batch)
    assert found is not None
    assert found.counts == {"queued": 12}


@pytest.mark.parametrize("deed", ["withdraw", "edit"])
async def test_taken_back_it_is_over_and_can_be_approved_no_more(
    unit: Unit, database: Database, table: Mapping[int, Admin], time: ManualClock, deed: str
) -> None:
    multicast = await _schedule(unit, time.now() + timedelta(hours=5))
    subject = Subject("multicast", multicast)
    async with unit() as services:
        assert await getattr(services.authors, deed)(subject, table[MARIA]) == "own"
        assert await getattr(services.authors, deed)(subject, table[IVAN]) == "done"
        assert await getattr(services.authors, deed)(subject, table[IVAN]) == "twice"
    request = await _request(database, multicast, "multicast")
    assert request.state == ApprovalState.WITHDRAWN
    assert await _approve(unit, request.id, table[MARIA]) == "twice"
    assert (await _row(database, "multicast", multicast)).state == MulticastState.CANCELLED


async def test_a_request_runs_out_at_its_time_and_not_before(
    unit: Unit, database: Database, table: Mapping[int, Admin], time: ManualClock, policy: Policy
) -> None:
    start = time.now() + timedelta(hours=5)
    multicast = await _schedule(unit, start)
    request = await _request(database, multicast, "multicast")
    async with unit.reading() as services:
        assert await services.approvals.next_due() == start - policy.handover
    async with unit() as services:
        await services.approvals.expire(request.id)
    assert (await _request(database, multicast, "multicast")).state == ApprovalState.ASKED
    time.go((start - policy.handover - time.now()).total_seconds())
    assert await _approve(unit, request.id, table[MARIA]) == "late"
    assert (await _request(database, multicast, "multicast")).state == ApprovalState.EXPIRED
    assert await _leaves(unit, time) == 0
    async with unit.reading() as services:
        assert await services.approvals.next_due() is None


async def test_without_a_start_it_runs_out_after_a_day(
    unit: Unit, database: Database, table: Mapping[int, Admin], time: ManualClock
) -> None:
    batch = await _send(unit)
    assert (await _request(database, batch)).expires_at == time.now() + timedelta(hours=24)


async def test_every_turn_is_in_the_events_and_an_owner_alone_under_a_name_of_its_own(
    unit: Unit, database: Database, table: Mapping[int, Admin]
) -> None:
    async with database.write() as tx:
        await tx.conn.execute(update(tables.admins).where(tables.admins.c.user_id != MARIA).values(enabled=False))
    async with unit() as services:
        content = Content(PHONES, TEXT, "MyShop")
        batch = await services.sends.begin(content, origin="draft:1", author=MARIA, by=MARIA, place=Place(MARIA))
    subject = Subject("batch", batch or 0)
    async with unit() as services:
        assert await services.approvals.approve_alone(subject, table[MARIA]) == "outdated"
        assert await services.approvals.ask_alone(subject, table[MARIA]) == "done"
        assert await services.approvals.approve_alone(subject, table[MARIA]) == "done"
    async with database.read() as tx:
        events = tables.events
        found = await tx.conn.execute(
            select(events.c.actor, events.c.verb, events.c.topic)
            .where(events.c.kind == "approval")
            .order_by(events.c.id)
        )
        assert [tuple(row) for row in found] == [
            ("admin:1001", "ask approval", "approvals"),
            ("admin:1001", "approve_alone", "approvals"),
        ]


@pytest.mark.parametrize(("before", "now", "asks"), [(100, 101, True), (100, 100, False), (90, 92, False)])
async def test_a_base_that_outgrows_what_one_person_may_start_is_asked_about_however_little_it_grew(
    unit: Unit, database: Database, table: Mapping[int, Admin], time: ManualClock, before: int, now: int, *, asks: bool
) -> None:
    """Up to a twentieth more is let through, but never past the number that takes a second person."""
    unit = Unit(database, replace(unit._policy, approve_recipients=100), unit._bell)
    with_many = [{"id": 1, "name": "VIP", "total": before}]
    async with unit() as services:
        fields = {"sender": "MyShop", "text": TEXT, "bases": with_many, "when": {"now": True}}
        draft = await services.drafts.open("multicast", IVAN, HOME, fields)
        await services.composers["multicast"].consume(draft, IVAN)
    time.go(60)
    async with unit() as services:
        [item] = await services.handovers.claim(1)
    async with unit() as services:
        assert (await services.handovers.begin(item, {"VIP": now}) is None) is asks


async def test_an_owner_whom_the_settings_bring_in_is_asked_what_is_still_open(
    unit: Unit, database: Database, table: Mapping[int, Admin]
) -> None:
    batch = await _send(unit)
    async with unit() as services:
        await services.people.ensure_owners([MARIA, PETR])
        [card] = [one for one in await services.cards.claim(20) if one.place.chat == PETR]
    request = await _request(database, batch)
    assert (card.subject, request.asked) == (Subject("approval", request.id), [MARIA, OLGA, PETR])
