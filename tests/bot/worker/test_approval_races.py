"""A request for approval and several who decide it at the same moment: one of them does, whole, and the others are told."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select, text, update

from bot.domain.access import Role
from bot.domain.bell import Bell
from bot.domain.models import Admin, Place, Reason, Subject
from bot.domain.policy import Policy
from bot.lanes import Loop
from bot.services.people.changes import Decided
from bot.services.sending.sends import Content
from bot.services.unit import Services, Unit
from bot.storage import approvals, people, tables
from bot.storage.engine import Database
from bot.worker.approvals import ApprovalLane
from tests.times import ManualClock

MARIA, IVAN, OLGA, PETR = 1001, 1002, 1003, 1004
RACES = 12
Deed = Callable[[Services], Awaitable[None]]
_ENDS = {"approved": ("ready", {"queued"}), "refused": ("cancelled", {"cancelled"})}
_ENDS |= dict.fromkeys(("withdrawn", "expired"), _ENDS["refused"])


@pytest.fixture
async def machines(database_url: str, policy: Policy, time: ManualClock) -> AsyncIterator[list[Unit]]:
    """Several processes on one database, each with connections of its own."""
    databases = [Database(database_url, time) for _ in range(3)]
    async with databases[0].write() as tx:
        for user_id, role in ((MARIA, Role.OWNER), (IVAN, Role.OPERATOR), (OLGA, Role.OPERATOR)):
            await people.admit(tx, user_id, role, name=str(user_id), language="ru", zone="Europe/Moscow")
    yield [Unit(one, replace(policy, approve_recipients=3), Bell()) for one in databases]
    for one in databases:
        await one.close()


async def _ask(unit: Unit, database: Database, race: int) -> tuple[Subject, int]:
    phones = [str(79110000000 + number) for number in range(5)]
    async with unit() as services:
        content = Content(phones, "Скидка", "MyShop")
        batch = await services.sends.begin(content, origin=f"draft:{race}", author=IVAN, by=IVAN, place=Place(IVAN))
        found = await services.cards.post(Subject("batch", batch or 0), Place(IVAN), IVAN)
    assert found
    subject = Subject("batch", batch or 0)
    async with database.read() as tx:
        request = await approvals.of(tx, subject)
    assert request is not None
    return subject, request.id


async def _admin(unit: Unit, user_id: int) -> Admin:
    async with unit.reading() as services:
        found = await services.people.load(user_id)
    assert found is not None
    return found


async def _approve(unit: Unit, request: int, by: int) -> str:
    admin = await _admin(unit, by)
    async with unit() as services:
        return await services.approvals.approve(request, admin)


async def _refuse(unit: Unit, request: int, by: int) -> str:
    admin = await _admin(unit, by)
    async with unit() as services:
        return await services.approvals.refuse(request, admin, Reason("text"))


async def _withdraw(unit: Unit, subject: Subject) -> str:
    admin = await _admin(unit, IVAN)
    async with unit() as services:
        return await services.authors.withdraw(subject, admin)


async def _expire(unit: Unit, policy: Policy, time: ManualClock) -> str:
    await Loop(ApprovalLane(unit, policy), time, Bell()).drain()
    return ""


async def _agree(database: Database, subject: Subject) -> str:
    """Return the request's state, with its batch and messages in the only states that fit it."""
    async with database.read() as tx:
        batches, messages = tables.batches, tables.messages
        request = await approvals.of(tx, subject)
        assert request is not None
        state = request.state.value
        batch = await tx.conn.scalar(select(batches.c.state).where(batches.c.id == subject.id))
        found = set((await tx.conn.scalars(select(messages.c.state).where(messages.c.batch == subject.id))).all())
        assert (batch, found) == _ENDS[state]
        decided = (tables.events.c.kind == "approval", tables.events.c.source == "asked")
        mine = tables.events.c.subject == request.id
        assert await tx.conn.scalar(select(func.count()).select_from(tables.events).where(*decided, mine)) == 1
    return state


async def _race(*racers: Coroutine[Any, Any, str], turned: bool) -> list[str]:
    found = await asyncio.gather(*(reversed(racers) if turned else racers))
    return list(reversed(found)) if turned else list(found)


async def test_approving_and_taking_back_never_both_win(machines: list[Unit], database: Database) -> None:
    seen: Counter[str] = Counter()
    for race in range(RACES):
        subject, request = await _ask(machines[0], database, race)
        words = await _race(_approve(machines[1], request, MARIA), _withdraw(machines[2], subject), turned=race % 2 > 0)
        assert sorted(words) == ["done", "twice"]
        state = await _agree(database, subject)
        assert state == ("approved" if words[0] == "done" else "withdrawn")
        seen[state] += 1
    assert seen.total() == RACES


async def test_of_two_approvers_one_decides_and_the_other_is_told(machines: list[Unit], database: Database) -> None:
    for race in range(RACES):
        subject, request = await _ask(machines[0], database, race)
        deeds = _approve(machines[1], request, MARIA), _refuse(machines[2], request, OLGA)
        words = await _race(*deeds, turned=race % 2 > 0)
        assert sorted(words) == ["done", "twice"]
        assert await _agree(database, subject) == ("approved" if words[0] == "done" else "refused")


async def test_at_the_moment_of_its_end_a_request_runs_out_once_whoever_presses(
    machines: list[Unit], database: Database, policy: Policy, time: ManualClock
) -> None:
    """Two lanes and an approver at once: nothing is approved late, and it is told once."""
    for race in range(RACES // 2):
        subject, request = await _ask(machines[0], database, race)
        time.go(24 * 3600)
        lanes = (_expire(unit, policy, time) for unit in machines[:2])
        words = await _race(_approve(machines[2], request, MARIA), *lanes, turned=race % 2 > 0)
        assert words[0] in ("late", "twice")
        assert await _agree(database, subject) == "expired"


async def test_after_a_standstill_all_that_ran_out_is_over_at_once(
    machines: list[Unit], database: Database, policy: Policy, time: ManualClock
) -> None:
    """Also what a lane had claimed when it died."""
    subjects = [(await _ask(machines[0], database, race))[0] for race in range(5)]
    time.go(24 * 3600)
    async with machines[0]() as services:
        assert len(await services.approvals.claim(2, policy.lease)) == 2
    time.go(10 * 24 * 3600)
    await _expire(machines[1], policy, time)
    assert [await _agree(database, subject) for subject in subjects] == ["expired"] * 5


async def test_a_list_is_filled_while_it_is_decided_and_nothing_of_a_refused_one_stays(
    machines: list[Unit], database: Database
) -> None:
    """Filling and refusing take the same rows: whatever is made is cancelled, and no more is made."""
    for race in range(RACES // 2):
        subject, request = await _ask(machines[0], database, race)
        async with database.write() as tx:
            drafts, lists, chunks = tables.drafts, tables.lists, tables.list_chunks
            draft = {
                "kind": "multicast",
                "author": IVAN,
                "chat": IVAN,
                "fields": {},
                "created_at": tx.now,
                "updated_at": tx.now,
            }
            made = (await tx.conn.execute(drafts.insert().values(**draft).returning(drafts.c.id))).scalar_one()
            values = {"draft": made, "bases": [], "total": 5, "created_at": tx.now, "next_at": tx.now}
            list_ = (await tx.conn.execute(lists.insert().values(**values).returning(lists.c.id))).scalar_one()
            await tx.conn.execute(chunks.insert(), [{"list": list_, "phones": ["79990000001"]}] * 7)
            await tx.conn.execute(update(tables.batches).where(tables.batches.c.id == subject.id).values(filling=list_))
        await _race(_refuse(machines[1], request, MARIA), _fill(machines[2]), turned=race % 2 > 0)
        await _fill(machines[2])
        assert await _agree(database, subject) == "refused"


async def _fill(unit: Unit) -> str:
    async with unit() as services:
        taken = await services.tracked.claim(1)
    for item in taken:
        more = True
        while more:
            async with unit() as services:
                more = await services.tracked.fill(item)
        async with unit() as services:
            await services.tracked.filled(item)
    return ""


async def _waits(database: Database, deed: asyncio.Task[Any]) -> None:
    """Go on once a deed is held up by another transaction, or is over; a file lets nobody begin meanwhile."""
    locked = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    while not database.is_file and not deed.done():
        async with database.read() as tx:
            if await tx.conn.scalar(locked):
                return


async def _asked(database: Database) -> list[int]:
    async with database.read() as tx:
        return list((await tx.conn.scalars(select(tables.approvals.c.asked))).one())


async def _let_in(services: Services) -> None:
    name, actor = "Пётр", f"admin:{MARIA}"
    assert await services.people.let_in(PETR, Role.OPERATOR, name=name, language_code="ru", actor=actor)


async def _begin(services: Services) -> None:
    phones = [str(79110000000 + number) for number in range(5)]
    content = Content(phones, "Скидка", "MyShop")
    assert await services.sends.begin(content, origin="draft:1", author=IVAN, by=IVAN, place=Place(IVAN))


@pytest.mark.parametrize(("first", "second"), [(_begin, _let_in), (_let_in, _begin)], ids=["asked", "let in"])
async def test_whoever_is_let_in_while_a_request_is_made_is_asked_too(
    machines: list[Unit], database: Database, first: Deed, second: Deed
) -> None:
    """Neither transaction sees the other's rows, so the second waits for the first."""

    async def other() -> None:
        async with machines[1]() as services:
            await second(services)

    async with machines[0]() as services:
        await first(services)
        deed = asyncio.create_task(other())
        await _waits(database, deed)
    await deed
    assert sorted(await _asked(database)) == [MARIA, OLGA, PETR]
    async with database.read() as tx:
        cards = await tx.conn.scalars(select(tables.cards.c.chat).where(tables.cards.c.kind == "approval"))
        assert sorted(cards) == [MARIA, OLGA, PETR]


async def test_asking_and_shutting_its_author_out_never_wait_for_each_other(
    machines: list[Unit], database: Database
) -> None:
    """Who confirms has his draft and wants the lock; who shuts him out has the people's and wants his drafts."""
    phones = [str(79110000000 + number) for number in range(5)]
    async with machines[0]() as services:
        fields = {"phones": phones, "text": "Скидка", "sender": "MyShop"}
        made = await services.drafts.open("sms", IVAN, Place(IVAN), fields)

    async def shut_out() -> Decided:
        async with machines[1]() as services:
            return await services.admins._changes.disable(IVAN, MARIA)

    async with machines[0]() as services:
        draft = await services.drafts.load(made.id)
        assert draft is not None
        deed = asyncio.create_task(shut_out())
        await _waits(database, deed)
        assert await services.drafts.confirm(draft, IVAN, asked=True) == "queued"
    assert await deed is Decided.DONE
    assert sorted(await _asked(database)) == [MARIA, OLGA]
