"""Composing: nothing typed is lost, bad input keeps the old value, and a draft is confirmed once."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.cards import DraftCard
from bot.domain.drafts import Given
from bot.domain.models import Admin, Draft, Place, Subject
from bot.domain.money import Snapshot
from bot.domain.policy import Policy
from bot.domain.states import BatchState, DraftState
from bot.services.unit import Services, Unit
from bot.storage import batches, cards, requests
from bot.storage.engine import Database
from tests.bot.services.conftest import HOME, IVAN, MARIA, card_of
from tests.times import ManualClock

LINE = "79119876543 Ваш заказ 1042 готов."


async def _card(services: Services, draft: Draft) -> DraftCard:
    [card] = await cards.showing(services._tx, Subject("draft", draft.id))
    model = await services.views.of(card)
    assert isinstance(model, DraftCard)
    return model


async def test_one_line_goes_straight_to_the_preview(unit: Unit, maria: Admin) -> None:
    async with unit() as services:
        draft = await services.sms.say(maria, HOME, LINE)
        card = await _card(services, draft)
    assert (card.step, draft.fields["phones"], draft.fields["text"]) == (
        "preview",
        ["79119876543"],
        "Ваш заказ 1042 готов.",
    )


async def test_a_dialogue_asks_for_what_is_missing_and_remembers_what_it_has(unit: Unit, maria: Admin) -> None:
    async with unit() as services:
        draft = await services.sms.say(maria, HOME, "")
        steps = [(await _card(services, draft)).step]
        for text in ("8 911 987-65-43", "Привет"):
            listening = await services.drafts.listening(HOME, MARIA)
            assert listening is not None
            await services.drafts.give(listening, Given(text=text))
            steps.append((await _card(services, draft)).step)
    assert steps == ["ask_phones", "ask_text", "preview"]


async def test_nonsense_for_a_number_is_refused_and_the_question_stays(unit: Unit, maria: Admin) -> None:
    async with unit() as services:
        draft = await services.sms.say(maria, HOME, "")
        await services.drafts.give(draft, Given(text="восемь девятьсот"))
        card = await _card(services, draft)
    assert (card.step, card.draft.fields["refused"]["code"]) == ("ask_phones", "no_numbers")


async def test_a_bad_new_sender_keeps_the_old_one_and_everything_else(unit: Unit, maria: Admin) -> None:
    async with unit() as services:
        draft = await services.sms.say(maria, HOME, LINE)
        asked = await services.drafts.set(draft, editing="sender")
        await services.drafts.give(asked, Given(text="Магазин"))
        refused = await _card(services, draft)
        await services.drafts.give(refused.draft, Given(text="Clinic"))
        taken = await _card(services, draft)
    assert (refused.step, refused.draft.fields["sender"], refused.draft.fields["refused"]["code"]) == (
        "field",
        "MyShop",
        "sender",
    )
    assert (taken.step, taken.draft.fields["sender"], taken.draft.fields["text"]) == (
        "preview",
        "Clinic",
        "Ваш заказ 1042 готов.",
    )


async def test_added_numbers_join_the_list_without_repeats(unit: Unit, maria: Admin) -> None:
    async with unit() as services:
        draft = await services.sms.say(maria, HOME, LINE)
        asked = await services.drafts.set(draft, editing="phones", adding=True)
        await services.drafts.give(asked, Given(text="79119876543, 79119876544"))
        fields = (await _card(services, draft)).draft.fields
    assert (fields["phones"], fields["repeats"]) == (["79119876543", "79119876544"], 1)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Cкидка", {"mixed"}),
        ("Скидка 500 ₽", {"unencodable"}),
        ("а" * 269, {"too_long"}),
        ("   ", {"empty"}),
    ],
)
async def test_what_the_provider_would_refuse_blocks_before_it_can(
    unit: Unit, maria: Admin, text: str, codes: set[str]
) -> None:
    async with unit() as services:
        draft = await services.sms.open(maria, HOME, {"phones": ["79119876543"], "text": text})
        card = await _card(services, draft)
        done = await services.drafts.confirm(draft, MARIA, asked=True)
    assert (card.step, {problem.code for problem in card.problems if problem.blocks}) == ("blocked", codes)
    assert done == "blocked"


async def test_confirming_queues_once_and_points_the_same_card_at_the_batch(
    unit: Unit, database: Database, maria: Admin
) -> None:
    async with unit() as services:
        draft = await services.sms.say(maria, HOME, LINE)
    before = await card_of(database, "draft", draft.id)
    async with unit() as services:
        assert await services.drafts.confirm(draft, MARIA, asked=False) == "queued"
    async with unit() as services:
        assert await services.drafts.confirm(draft, MARIA, asked=True) == "twice"
    async with database.read() as tx:
        batch = await batches.by_origin(tx, f"draft:{draft.id}")
    after = await card_of(database, "batch", batch or 0)
    assert after.id == before.id
    assert after.version > before.version


async def test_undo_opens_what_was_said_again_on_the_same_card(unit: Unit, database: Database, maria: Admin) -> None:
    async with unit() as services:
        draft = await services.sms.say(maria, HOME, LINE)
        await services.drafts.confirm(draft, MARIA, asked=False)
    async with database.read() as tx:
        batch = await batches.by_origin(tx, f"draft:{draft.id}") or 0
    async with unit() as services:
        assert await services.sms.undo(batch, MARIA)
        latest = await services.drafts.latest(HOME, MARIA)
        assert latest is not None
        card = await _card(services, latest)
        undone = await services.sends.load(batch)
    assert undone is not None
    assert (undone.state, card.step, card.draft.fields["undone"]) == (BatchState.CANCELLED, "preview", True)
    assert (latest.id != draft.id, latest.fields["text"]) == (True, "Ваш заказ 1042 готов.")


async def test_the_same_text_to_the_same_number_within_a_day_asks_once_more(
    unit: Unit, time: ManualClock, maria: Admin
) -> None:
    async with unit() as services:
        first = await services.sms.say(maria, HOME, LINE)
        assert await services.drafts.confirm(first, MARIA, asked=False) == "queued"
    time.go(hours=1)
    async with unit() as services:
        second = await services.sms.say(maria, HOME, LINE)
        assert await services.drafts.confirm(second, MARIA, asked=False) == "asks"
        card = await _card(services, second)
        assert card.step == "warn"
        assert await services.drafts.confirm(card.draft, MARIA, asked=True) == "queued"
    time.go(hours=25)
    async with unit() as services:
        third = await services.sms.say(maria, HOME, LINE)
        assert await services.drafts.confirm(third, MARIA, asked=False) == "queued"


async def test_too_little_money_asks_once_more(unit: Unit, policy: Policy, database: Database, maria: Admin) -> None:
    priced = replace(policy, price=Decimal("5.00"))
    async with Unit(database, priced, unit._bell)() as services:
        await requests.keep_balance(services._tx, Snapshot(Decimal("4.99"), Decimal(0), services.now))
        draft = await services.sms.say(maria, HOME, LINE)
        assert await services.drafts.confirm(draft, MARIA, asked=False) == "asks"


async def test_at_night_one_message_is_told_of_it_and_several_are_asked(
    unit: Unit, time: ManualClock, maria: Admin
) -> None:
    time.go(hours=12)
    async with unit() as services:
        one = await services.sms.say(maria, HOME, LINE)
        several = await services.sms.say(maria, HOME, "79119876543, 79119876544 Привет")
        assert [p.code for p in (await _card(services, one)).problems] == ["night"]
        assert await services.drafts.confirm(one, MARIA, asked=False) == "queued"
        assert await services.drafts.confirm(several, MARIA, asked=False) == "asks"


async def test_at_most_one_draft_of_a_person_listens_in_a_place(unit: Unit, maria: Admin) -> None:
    """The one asked last; in another topic another one may."""
    async with unit() as services:
        await services.sms.say(maria, HOME, "")
        second = await services.sms.say(maria, HOME, "79119876543")
        elsewhere = await services.sms.say(maria, Place(MARIA, 7), "")
        here = await services.drafts.listening(HOME, MARIA)
        there = await services.drafts.listening(Place(MARIA, 7), MARIA)
        nobody = await services.drafts.listening(HOME, IVAN)
    assert (here and here.id, there and there.id, nobody) == (second.id, elsewhere.id, None)


async def test_a_closed_draft_listens_no_more_and_cannot_be_confirmed(unit: Unit, maria: Admin) -> None:
    async with unit() as services:
        draft = await services.sms.say(maria, HOME, LINE)
        assert await services.drafts.close(draft, MARIA)
        assert not await services.drafts.close(draft, MARIA)
        assert await services.drafts.confirm(draft, MARIA, asked=False) == "twice"
        closed = await services.drafts.load(draft.id)
    assert closed is not None
    assert closed.state is DraftState.CLOSED


async def test_an_edited_message_changes_the_open_draft_it_came_from(unit: Unit, maria: Admin) -> None:
    async with unit() as services:
        draft = await services.sms.say(maria, HOME, "79119876543")
        await services.drafts.give(draft, Given(text="Превет"), typed=55)
        followed = await services.drafts.typed_as(HOME.chat, 55)
        assert followed is not None
        await services.drafts.follow(followed, "Привет")
        card = await _card(services, draft)
        nothing = await services.drafts.typed_as(HOME.chat, 56)
    assert (card.draft.fields["text"], nothing) == ("Привет", None)


async def test_a_test_goes_to_each_once_for_each_content(unit: Unit, maria: Admin) -> None:
    async with unit() as services:
        draft = await services.sms.say(maria, HOME, LINE)
        assert await services.sms.test(draft, "79110009999", MARIA)
        assert not await services.sms.test(draft, "79110009999", MARIA)
        assert (await _card(services, draft)).test is not None
        assert await services.sms.test(draft, "79110008888", MARIA + 1), "another operator has a phone of his own"
        assert not await services.sms.test(draft, "79110008888", MARIA + 1)
        changed = await services.drafts.set(draft, text="Другое")
        assert (await _card(services, changed)).test is None
        assert await services.sms.test(changed, "79110009999", MARIA)
