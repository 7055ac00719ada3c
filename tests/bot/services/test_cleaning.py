"""What nobody needs any more goes in time; what anything still points to stays, however old it is."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Table, func, insert, select, update

from bot.domain.bases import BaseFile
from bot.domain.bell import Bell
from bot.domain.models import Admin, Draft, Place, Subject
from bot.domain.states import BatchState
from bot.lanes import Loop
from bot.services.unit import Unit
from bot.storage import blobs, cards, documents, tables
from bot.storage.engine import Database
from bot.worker.cleaning import CleanLane
from tests.bot.services.conftest import HOME, MARIA, card_of
from tests.bot.services.test_mms import PHONE, carry, kept, load, receive, send
from tests.times import ManualClock

PHONES = ("79110000001", "79110000002")
MONTH, QUARTER = timedelta(days=31), timedelta(days=91)


async def clean(unit: Unit, time: ManualClock, after: timedelta) -> None:
    """Let so much time pass, and the day's cleaning come."""
    async with unit() as services:
        await services.cleaning.begin()
    time.go(after.total_seconds())
    assert await Loop(CleanLane(unit), time, Bell()).drain() == 1


async def count(database: Database, table: Table) -> int:
    async with database.read() as tx:
        return int(await tx.conn.scalar(select(func.count()).select_from(table)) or 0)


async def gather(unit: Unit, chunks: Sequence[Sequence[str]] = (PHONES[:1], PHONES[1:])) -> None:
    """Let the lists that are due be gathered, as the lane would."""
    async with unit() as services:
        for item in await services.tracked.claim(9):
            await services.tracked.keep(item, chunks)
            await services.tracked.gathered(item, sum(map(len, chunks)), 0, 0)


async def tracked(unit: Unit, maria: Admin, start: str = "сейчас") -> Draft:
    """Return a draft to a base whose phones are gathered."""
    async with unit() as services:
        await services.requests.bases_known([("VIP", "1", len(PHONES))])
        draft = await services.multicast_drafts.compose(maria, HOME, f"VIP\n{start}\nСкидка 20 %")
        await services.tracked.choose(draft)
    await gather(unit)
    return await load(unit, draft)


async def close(unit: Unit, draft: Draft) -> None:
    async with unit() as services:
        assert await services.drafts.close(draft, MARIA)


async def reopen(unit: Unit, draft: Draft) -> Draft:
    async with unit() as services:
        closed = await services.drafts.load(draft.id)
        assert closed is not None
        return await services.drafts.reopen(closed, author=MARIA, place=HOME)


async def step(unit: Unit, draft: Draft) -> str:
    async with unit.reading() as services:
        return (await services.drafts.stand(await load(unit, draft)))[0]


async def pictured(unit: Unit, maria: Admin) -> Draft:
    """Return a draft of an MMS with its picture."""
    async with unit() as services:
        draft = await receive(services, maria, text="Меню")
        await services.drafts.set(draft, phones=[PHONE])
    await carry(unit)
    return await load(unit, draft)


async def test_the_list_of_a_draft_that_was_closed_goes_after_a_month(
    unit: Unit, database: Database, time: ManualClock, maria: Admin
) -> None:
    await close(unit, await tracked(unit, maria))
    await clean(unit, time, timedelta(days=29))
    assert (await count(database, tables.lists), await count(database, tables.list_chunks)) == (1, 2)
    await clean(unit, time, timedelta(days=2))
    assert (await count(database, tables.lists), await count(database, tables.list_chunks)) == (0, 0)


async def test_a_draft_whose_list_is_gone_is_not_confirmed_for_nobody(
    unit: Unit, time: ManualClock, maria: Admin
) -> None:
    """It says so and sends nothing; gathered anew, it goes on."""
    closed = await tracked(unit, maria)
    await close(unit, closed)
    await clean(unit, time, MONTH)
    draft = await reopen(unit, closed)
    assert draft.fields["tracked"]["refused"]["code"] == "expired"
    assert await step(unit, draft) == "mc_gather"
    assert await send(unit, draft, asked=True) == "blocked"
    async with unit() as services:
        await services.tracked.choose(draft)
    await gather(unit)
    assert await send(unit, draft, asked=True) == "queued"


async def test_a_draft_that_was_closed_before_its_list_was_there_does_not_wait_for_ever(
    unit: Unit, time: ManualClock, maria: Admin
) -> None:
    async with unit() as services:
        await services.requests.bases_known([("VIP", "1", 2)])
        closed = await services.multicast_drafts.compose(maria, HOME, "VIP\nсейчас\nСкидка 20 %")
        await services.tracked.choose(closed)
        await services.drafts.close(closed, MARIA)
    await clean(unit, time, MONTH)
    assert (await reopen(unit, closed)).fields["tracked"]["refused"]["code"] == "expired"


async def test_a_retry_that_is_gathered_anew_asks_only_those_whom_it_failed_to_reach(
    unit: Unit, database: Database, time: ManualClock, maria: Admin
) -> None:
    """Never the whole base, which has got the text already."""
    first = await tracked(unit, maria)
    assert await send(unit, first, asked=True) == "queued"
    async with database.write() as tx:
        item = {"batch": 1, "phone": PHONES[0], "parts": 1, "state": "rejected"}
        await tx.conn.execute(insert(tables.messages).values(**item))
    async with unit() as services:
        assert await services.tracked.retry(1, MARIA, HOME)
        repeat = await services.drafts.latest(HOME, MARIA)
    assert repeat is not None
    await gather(unit, [PHONES[:1]])
    await close(unit, await load(unit, repeat))
    await clean(unit, time, MONTH)
    draft = await reopen(unit, await load(unit, repeat))
    assert draft.fields["tracked"]["refused"]["code"] == "expired"
    async with unit() as services:
        await services.tracked.choose(draft)
        assert [item.source for item in await services.tracked.claim(9) if item.draft == draft.id] == [1]


async def test_the_list_of_an_open_draft_stays(unit: Unit, database: Database, time: ManualClock, maria: Admin) -> None:
    draft = await tracked(unit, maria)
    await clean(unit, time, QUARTER)
    assert await count(database, tables.list_chunks) == 2
    assert await step(unit, draft) == "preview"


async def test_the_list_of_a_send_that_can_be_taken_back_stays(
    unit: Unit, database: Database, time: ManualClock, maria: Admin
) -> None:
    """Its start may be months ahead; whoever takes it back gets the list with it. Once it is made into messages, it is done."""
    draft = await tracked(unit, maria, "2027-06-01 12:00")
    assert await send(unit, draft, asked=True) == "queued"
    async with database.write() as tx:
        await tx.conn.execute(update(tables.batches).values(filling=None))
    await clean(unit, time, QUARTER)
    assert await count(database, tables.list_chunks) == 2
    async with database.write() as tx:
        await tx.conn.execute(update(tables.batches).values(state=BatchState.RUNNING))
    await clean(unit, time, timedelta(days=1))
    assert await count(database, tables.list_chunks) == 0


async def test_a_list_that_messages_are_made_of_stays_whatever_becomes_of_its_send(
    unit: Unit, database: Database, time: ManualClock, maria: Admin
) -> None:
    assert await send(unit, await tracked(unit, maria), asked=True) == "queued"
    async with database.write() as tx:
        await tx.conn.execute(update(tables.batches).values(state=BatchState.RUNNING))
    await clean(unit, time, QUARTER)
    assert await count(database, tables.list_chunks) == 2


async def test_a_list_that_was_gathered_over_is_no_drafts_any_more(
    unit: Unit, database: Database, time: ManualClock, maria: Admin
) -> None:
    draft = await tracked(unit, maria)
    async with unit() as services:
        await services.tracked.choose(draft)
    await gather(unit)
    await clean(unit, time, MONTH)
    assert (await count(database, tables.lists), await count(database, tables.list_chunks)) == (1, 2)


async def test_the_picture_of_a_draft_that_was_closed_goes_and_is_fetched_again_for_its_copy(
    unit: Unit, database: Database, time: ManualClock, maria: Admin
) -> None:
    closed = await pictured(unit, maria)
    await close(unit, closed)
    await clean(unit, time, timedelta(days=29))
    assert await kept(database) == 1
    await clean(unit, time, timedelta(days=2))
    assert await kept(database) == 0
    draft = await reopen(unit, closed)
    assert (await step(unit, draft), draft.fields["coming"]) == ("mms_wait", {"file": "A"})
    assert await send(unit, draft) == "blocked"
    await carry(unit)
    assert await send(unit, draft) == "queued"


async def test_a_picture_that_was_on_its_way_into_a_closed_draft_sets_out_again(
    unit: Unit, database: Database, time: ManualClock, maria: Admin
) -> None:
    """It was fitted, and not shown yet; the older one that it was to replace is gone, too."""
    draft = await pictured(unit, maria)
    async with unit() as services:
        await services.drafts.set(draft, coming={"file": "B"})
    async with unit() as services:
        for errand in await services.pictures.claim(9, "fetch"):
            await services.pictures.fetched(errand, b"a photo")
    async with unit() as services:
        for errand in await services.pictures.claim(9, "fit"):
            await services.pictures.fitted(errand, b"\x89PNG", 64, 48)
    closed = await load(unit, draft)
    assert "blob" in closed.fields["coming"]
    await close(unit, closed)
    async with unit() as services:
        assert await services.pictures.claim(9, "show") == []
    await clean(unit, time, MONTH)
    assert await kept(database) == 0
    copy = await reopen(unit, closed)
    assert (copy.fields["coming"], "picture" in copy.fields) == ({"file": "B"}, False)


async def test_a_picture_that_was_sent_or_may_be_stays(
    unit: Unit, database: Database, time: ManualClock, maria: Admin
) -> None:
    """The history shows what went, and a repeat carries it; an open draft waits as long as it likes."""
    assert await send(unit, await pictured(unit, maria)) == "queued"
    await pictured(unit, maria)
    await clean(unit, time, QUARTER)
    assert await kept(database) == 2


async def test_a_document_goes_once_it_has_been_sent(unit: Unit, database: Database, time: ManualClock) -> None:
    """One that nobody keeps for a while and one that a chat out of reach still waits for."""
    async with database.write() as tx:
        files = [await blobs.add(tx, BaseFile(name, "text/plain", b"1")) for name in ("sent", "owed")]
        sent, _ = [await documents.add(tx, it, "document", HOME, MARIA, card=None, caption=None) for it in files]
        await tx.conn.execute(update(tables.documents).where(tables.documents.c.id == sent).values(next_at=None))
    await clean(unit, time, MONTH)
    async with database.read() as tx:
        assert list(await tx.conn.scalars(select(tables.blobs.c.name))) == ["owed"]
        assert list(await tx.conn.scalars(select(tables.documents.c.blob))) == files[1:]


async def notify(unit: Unit, database: Database, kind: str = "help", **card: Any) -> int:
    """Return a notice whose card has been shown."""
    async with unit() as services:
        id_ = await services.cards.notify(kind, {}, HOME, MARIA)
        shown = await services.cards.load(id_)
    assert shown is not None
    async with database.write() as tx:
        values = {"shown": 1, "next_at": None, "message_id": id_, **card}
        await tx.conn.execute(update(tables.cards).where(tables.cards.c.id == id_).values(**values))
    return shown.subject.id


async def noticed(database: Database) -> tuple[set[int], set[int]]:
    """Return the notices that are kept, and those that a card shows."""
    async with database.read() as tx:
        there = set(await tx.conn.scalars(select(tables.notices.c.id)))
        return there, set(await tx.conn.scalars(select(tables.cards.c.subject)))


async def test_a_notice_goes_with_its_cards_a_quarter_after_it_was_last_shown(
    unit: Unit, database: Database, time: ManualClock
) -> None:
    old, lately = await notify(unit, database), await notify(unit, database)
    newest = await notify(unit, database)
    await clean(unit, time, timedelta(days=89))
    assert (await noticed(database))[0] == {old, lately, newest}
    card = await card_of(database, "notice", lately)
    async with unit() as services:
        await services.cards.refresh(card.id)
    async with database.write() as tx:
        await tx.conn.execute(update(tables.cards).values(next_at=None))
    await clean(unit, time, timedelta(days=2))
    assert await noticed(database) == ({lately, newest}, {lately, newest})


async def test_a_notice_stays_that_telegram_has_not_shown_yet_in_one_of_its_places(
    unit: Unit, database: Database, time: ManualClock
) -> None:
    """A chat out of reach gets it when it comes back."""
    owed = await notify(unit, database)
    await notify(unit, database)
    async with database.write() as tx:
        await cards.post(tx, Subject("notice", owed), Place(-100), MARIA)
    await clean(unit, time, QUARTER)
    assert await count(database, tables.cards) == 3


async def test_a_notice_stays_as_long_as_its_trouble(unit: Unit, database: Database, time: ManualClock) -> None:
    """Its recovery is told on its card; the newest of a kind may be a standstill that lasts."""
    fired, down, over = [await notify(unit, database, "help") for _ in range(3)]
    halt = await notify(unit, database, "halt")
    newest = await notify(unit, database)
    async with database.write() as tx:
        await tx.conn.execute(insert(tables.watchers).values(id=1, chat=MARIA, reader=MARIA, created_at=tx.now))
        await tx.conn.execute(insert(tables.thresholds).values(watcher=1, kind="money", value=0, notice=fired))
        await tx.conn.execute(insert(tables.episodes).values(name="gateway", notice=down))
    await clean(unit, time, QUARTER)
    assert (await noticed(database))[0] == {fired, down, halt, newest}
    assert over not in (await noticed(database))[1]


async def test_a_notice_stays_whose_question_is_open(unit: Unit, database: Database, time: ManualClock) -> None:
    asked, other = await notify(unit, database), await notify(unit, database)
    newest = await notify(unit, database)
    async with unit() as services:
        await services.questions.open("history", asked, author=MARIA, place=HOME)
    await clean(unit, time, QUARTER)
    assert (await noticed(database))[0] == {asked, newest}
    assert other not in (await noticed(database))[1]


async def test_a_walk_through_the_bases_goes_like_any_notice(
    unit: Unit, database: Database, time: ManualClock, maria: Admin
) -> None:
    """Its card bears the notice's own kind; another subject with the same number is not touched."""
    async with unit() as services:
        await services.requests.bases_known([("VIP", "1", 2)])
        for _ in range(2):
            await services.bases.open(maria, HOME)  # the second one listens for a name from now on
        await services.cards.post(Subject("draft", 1), HOME, MARIA)
    async with database.write() as tx:
        await tx.conn.execute(update(tables.cards).values(next_at=None))
    await clean(unit, time, QUARTER)
    async with database.read() as tx:
        left = [tuple(row) for row in await tx.conn.execute(select(tables.cards.c.kind, tables.cards.c.subject))]
    assert sorted(left) == [("bases", 2), ("draft", 1)]


async def test_a_crowd_goes_piece_by_piece(unit: Unit, database: Database, time: ManualClock) -> None:
    """More than one transaction takes."""
    last = [await notify(unit, database)][-1]
    async with database.write() as tx:
        ids = range(last + 1, last + 1_200)
        await tx.conn.execute(
            insert(tables.notices), [{"id": n, "kind": "help", "args": {}, "created_at": tx.now} for n in ids]
        )
        common = {"kind": "notice", "chat": MARIA, "reader": MARIA, "move": "loud", "retire": []}
        await tx.conn.execute(insert(tables.cards), [{**common, "subject": n} for n in ids])
    await clean(unit, time, QUARTER)
    assert (await count(database, tables.notices), await count(database, tables.cards)) == (1, 1)


async def test_of_two_processes_one_cleans(unit: Unit, time: ManualClock) -> None:
    async with unit() as services:
        await services.cleaning.begin()
    time.go(timedelta(days=1).total_seconds())
    lanes = CleanLane(unit), CleanLane(unit)
    taken = [await lane.claim(1) for lane in lanes]
    assert [len(items) for items in taken] == [1, 0]
    await lanes[0].finish(taken[0][0], None)
    assert await lanes[1].claim(1) == []
