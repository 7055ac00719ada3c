"""A picture's way into a draft: each step once, by whoever holds it, and for as long as somebody waits for it."""

from datetime import timedelta

from sqlalchemy import func, select

from bot.domain.drafts import Given
from bot.domain.mms_drafts import picture
from bot.domain.models import Admin, Draft, Place
from bot.domain.states import MessageState
from bot.services.unit import Services, Unit
from bot.storage import batches, messages, requests
from bot.storage.engine import Database
from bot.storage.tables import blobs
from tests.bot.services.conftest import HOME, MARIA
from tests.times import ManualClock

PHONE = "79119876543"
PNG = b"\x89PNG\r\n\x1a\n of a menu"


async def receive(services: Services, admin: Admin, file: str = "A", text: str | None = None) -> Draft:
    """Send a photo, and return the draft that waits for it."""
    await services.mms.receive(admin, HOME, file, {"text": text} if text else {}, size=1000)
    draft = await services.drafts.listening(HOME, MARIA)
    assert draft is not None
    return draft


async def carry(unit: Unit, png: bytes = PNG, message: int = 77) -> None:
    """Let every step of the pictures under way be taken, as the lanes would."""
    async with unit() as services:
        for errand in await services.pictures.claim(9, "fetch"):
            await services.pictures.fetched(errand, b"a photo")
    async with unit() as services:
        for errand in await services.pictures.claim(9, "fit"):
            await services.pictures.fitted(errand, png, 640, 480)
    async with unit() as services:
        for errand in await services.pictures.claim(9, "show"):
            await services.pictures.shown(errand, message)


async def load(unit: Unit, draft: Draft) -> Draft:
    async with unit.reading() as services:
        found = await services.drafts.peek(draft.id)
    assert found is not None
    return found


async def kept(database: Database) -> int:
    """Return how many files the database holds."""
    async with database.read() as tx:
        return int(await tx.conn.scalar(select(func.count()).select_from(blobs)) or 0)


async def send(unit: Unit, draft: Draft, *, asked: bool = False) -> str:
    async with unit() as services:
        found = await services.drafts.load(draft.id)
        assert found is not None
        return await services.drafts.confirm(found, MARIA, asked=asked)


async def test_a_fitted_picture_takes_the_place_of_the_file_it_was_made_of(
    unit: Unit, database: Database, maria: Admin
) -> None:
    """Only what is sent is kept."""
    async with unit() as services:
        draft = await receive(services, maria)
    await carry(unit)
    ready = picture((await load(unit, draft)).fields)
    assert ready is not None
    assert (ready.size, ready.width, ready.height, ready.message) == (len(PNG), 640, 480, 77)
    assert await kept(database) == 1


async def test_a_step_whose_claim_is_lost_changes_nothing(unit: Unit, time: ManualClock, maria: Admin) -> None:
    async with unit() as services:
        await receive(services, maria)
        [late] = await services.pictures.claim(1, "fetch")
    time.go(120)
    async with unit() as services:
        [other] = await services.pictures.claim(1, "fetch")
        await services.pictures.fetched(other, b"a photo")
        await services.pictures.fetched(late, b"a photo")
    async with unit() as services:
        assert len(await services.pictures.claim(9, "fit")) == 1


async def test_a_draft_that_has_another_picture_is_left_alone(unit: Unit, maria: Admin) -> None:
    """The first photo was replaced while it was on its way: it ends where it is."""
    async with unit() as services:
        draft = await receive(services, maria, "A")
        [first] = await services.pictures.claim(1, "fetch")
        await services.drafts.set(draft, coming={"file": "B"})
    async with unit() as services:
        await services.pictures.fetched(first, b"a photo")
        assert await services.pictures.claim(9, "fit") == []
        assert [errand.file for errand in await services.pictures.claim(9, "fetch")] == ["B"]


async def test_nothing_is_fetched_for_a_draft_that_was_closed(unit: Unit, database: Database, maria: Admin) -> None:
    async with unit() as services:
        draft = await receive(services, maria)
        [errand] = await services.pictures.claim(1, "fetch")
        await services.pictures.fetched(errand, b"a photo")
        await services.drafts.close(draft, MARIA)
    async with unit() as services:
        assert await services.pictures.claim(9, "fetch", "fit", "show") == []
    assert await kept(database) == 0


async def test_a_reopened_draft_sends_for_its_picture_again(unit: Unit, maria: Admin) -> None:
    async with unit() as services:
        draft = await receive(services, maria)
        await services.drafts.close(draft, MARIA)
    async with unit() as services:
        closed = await services.drafts.load(draft.id)
        assert closed is not None
        copy = await services.drafts.reopen(closed, author=MARIA, place=HOME)
    await carry(unit)
    assert picture((await load(unit, copy)).fields) is not None


async def test_typing_while_a_picture_is_prepared_sends_for_it_only_once(unit: Unit, maria: Admin) -> None:
    async with unit() as services:
        draft = await receive(services, maria)
        await services.drafts.give(draft, Given(text=PHONE))
        assert len(await services.pictures.claim(9, "fetch")) == 1


async def test_a_step_that_failed_is_taken_again_later(unit: Unit, time: ManualClock, maria: Admin) -> None:
    async with unit() as services:
        await receive(services, maria)
        [errand] = await services.pictures.claim(1, "fetch")
        await services.pictures.again(errand)
    async with unit() as services:
        assert await services.pictures.claim(1, "fetch") == []
        due = await services.pictures.next_due("fetch")
    assert due == time.now() + timedelta(seconds=2)
    time.go(2)
    async with unit() as services:
        assert len(await services.pictures.claim(1, "fetch")) == 1


async def test_the_provider_is_not_asked_for_pictures(unit: Unit, maria: Admin) -> None:
    """The lane of free questions passes by what is no question."""
    async with unit() as services:
        await receive(services, maria)
        assert await services.requests.claim(9) == []
        assert await services.requests.next_due() is None


async def test_a_confirmed_mms_is_a_batch_with_subject_and_picture(
    unit: Unit, database: Database, maria: Admin
) -> None:
    """It counts as one part, has no sender, and its price is not known."""
    async with unit() as services:
        draft = await receive(services, maria, text="Меню")
        await services.drafts.set(draft, phones=[PHONE], subject="Тема")
    await carry(unit)
    ready = picture((await load(unit, draft)).fields)
    assert ready is not None
    assert await send(unit, draft) == "queued"
    async with database.read() as tx:
        batch = await batches.load(tx, await batches.by_origin(tx, f"draft:{draft.id}") or 0)
    assert batch is not None
    assert (batch.kind, batch.text, batch.subject, batch.picture) == ("mms", "Меню", "Тема", ready.blob)
    assert (batch.parts, batch.price, batch.sender) == (1, None, "")


async def test_a_draft_whose_picture_is_on_its_way_cannot_be_confirmed(unit: Unit, maria: Admin) -> None:
    async with unit() as services:
        draft = await receive(services, maria, text="Меню")
        await services.drafts.set(draft, phones=[PHONE])
    assert await send(unit, draft) == "blocked"


async def test_another_picture_makes_another_mms(unit: Unit, maria: Admin) -> None:
    """The same text with the same picture asks once more; with other bytes it does not."""
    answers = []
    for png in (PNG, PNG, PNG + b" of today"):
        async with unit() as services:
            draft = await receive(services, maria, text="Меню")
            await services.drafts.set(draft, phones=[PHONE])
        await carry(unit, png)
        answers.append(await send(unit, draft))
    assert answers == ["queued", "asks", "queued"]


async def test_an_sms_of_the_same_words_is_no_repeat_of_an_mms(unit: Unit, maria: Admin) -> None:
    async with unit() as services:
        draft = await services.mms.say(maria, HOME, f"{PHONE} Меню")
    assert await send(unit, draft) == "queued"
    async with unit() as services:
        draft = await services.sms.say(maria, HOME, f"{PHONE} Меню")
    assert await send(unit, draft) == "queued"


async def test_the_picture_of_another_place_is_not_replied_to(unit: Unit, maria: Admin) -> None:
    """A message id means something in its own chat alone."""
    async with unit() as services:
        draft = await receive(services, maria, text="Меню")
        await services.drafts.set(draft, phones=[PHONE])
    await carry(unit)
    await send(unit, draft)
    elsewhere = Place(-100200300)
    async with unit() as services:
        batch = await services.sends.load(1)
        assert batch is not None
        await services.mms.again(maria, elsewhere, batch, [PHONE], None)
        copy = await services.drafts.latest(elsewhere, MARIA)
    assert copy is not None
    ready = picture(copy.fields)
    assert ready is not None
    assert (ready.message, ready.width) == (None, 640)


async def test_an_errand_is_known_by_draft_and_file(unit: Unit, database: Database, maria: Admin) -> None:
    async with unit() as services:
        draft = await receive(services, maria, "A")
    async with database.read() as tx:
        assert await requests.errand(tx, draft.id, "A") is not None
        assert await requests.errand(tx, draft.id, "B") is None
        assert await requests.errand(tx, draft.id + 1, "A") is None


async def test_an_mms_is_not_told_of_what_became_of_an_sms_with_its_id(
    unit: Unit, database: Database, maria: Admin
) -> None:
    """Ours or not, the provider knows ids alone; of an id that is no SMS's of ours its word is taken."""
    found = {}
    for kind, line, id_ in (("sms", "Привет", "006B44"), ("mms", "Меню", "006B44"), ("mms", "Карта", "006B45")):
        async with unit() as services:
            draft = await (services.sms if kind == "sms" else services.mms).say(maria, HOME, f"{PHONE} {line}")
        assert await send(unit, draft) == "queued"
        async with database.write() as tx:
            [message] = await messages.some(tx, await batches.by_origin(tx, f"draft:{draft.id}") or 0, 1)
            await messages.mark(tx, message.id, state="sent", gateway_id=id_, next_at=tx.now)
        async with unit() as services:
            await services.tracking.learn(message.id, MessageState.DELIVERED)
        async with database.read() as tx:
            known = await messages.load(tx, message.id)
        assert known is not None
        found[line] = known.state, known.reason.code if known.reason else None
    assert found == {"Привет": ("delivered", None), "Меню": ("sent", "no_status"), "Карта": ("delivered", None)}


async def test_an_sms_goes_on_being_asked_for_though_its_id_was_unknown(
    unit: Unit, database: Database, maria: Admin
) -> None:
    """Its status is promised; only of an MMS is no more said."""
    asked = {}
    for kind, line in (("sms", f"{PHONE} Привет"), ("mms", f"{PHONE} Меню")):
        async with unit() as services:
            draft = await (services.sms if kind == "sms" else services.mms).say(maria, HOME, line)
        await send(unit, draft)
        async with database.write() as tx:
            batch = await batches.by_origin(tx, f"draft:{draft.id}") or 0
            [message] = await messages.some(tx, batch, 1)
            await messages.mark(tx, message.id, state="sent", gateway_id="1", next_at=tx.now)
        async with unit() as services:
            await services.tracking.unknown(message.id)
        async with database.read() as tx:
            asked[kind] = await messages.next_check(tx) is not None
        async with database.write() as tx:
            await messages.untrack(tx, message.id)
    assert asked == {"sms": True, "mms": False}
