"""What the lane does when Telegram says no, or says nothing."""

import pytest
from structlog.testing import capture_logs

from bot.domain.models import Place
from bot.services.cards import Card
from bot.services.unit import Services
from tests.bot.chat.conftest import BATCH, GROUP, MARIA, OTHER, Desk, says
from tests.bot.chat.model import Act, CrashError, Fate, Refusal

LOST = Fate(answer="lost")
DEAD = Fate(executed=False)
CANNOT_PARSE = Refusal(400, 'can\'t parse entities: unsupported start tag "secret" at byte offset 5')


async def crash(desk: Desk, *fates: Fate) -> None:
    """Let a worker claim what is due and die of the last of these fates; its lease runs out."""
    desk.telegram.fates.extend(fates)
    lane = desk.lane()
    for card in await lane.claim(5):
        with pytest.raises(CrashError):
            await lane.do(card)
    desk.time.go(minutes=2)


async def press(desk: Desk, card: int, message: int) -> None:
    async with desk.unit() as services:
        await services.cards.adopt(card, message)


@pytest.mark.parametrize("fate", [LOST, DEAD])
async def test_a_post_without_an_answer_backs_off_and_is_posted_again(desk: Desk, fate: Fate) -> None:
    """At least once: Telegram may show one message too many, never none."""
    card = await desk.post()
    desk.telegram.fates.extend([fate, fate])
    await desk.work()
    assert (desk.calls(), await desk.due_in()) == (["sendMessage"], 2)
    desk.time.go(2)
    await desk.work()
    assert await desk.due_in() == 4
    desk.time.go(4)
    await desk.work()
    assert (desk.last().id, await desk.due_in()) == ((await desk.card(card)).message_id, None)


async def test_the_pause_grows_to_a_minute_and_trying_never_ends(desk: Desk) -> None:
    await desk.post()
    for _ in range(12):
        desk.telegram.fates.append(DEAD)
        await desk.work()
        desk.time.go(await desk.due_in() or 0)
    desk.telegram.fates.append(DEAD)
    await desk.work()
    assert (await desk.due_in(), desk.lane().failures) == (60, 0)


async def test_news_does_not_hurry_who_backs_off_but_a_press_does(desk: Desk) -> None:
    """Each try of a post whose answer is lost may be one more message; a press shows that Telegram is there."""
    await desk.post()
    desk.telegram.fates.append(LOST)
    await desk.work()
    await desk.change("News")
    assert (await desk.work(), await desk.due_in()) == (0, 2)
    await desk.change("News", pressed=True)
    assert (await desk.work(), desk.last().text) == (1, "News")


async def test_a_message_whose_id_never_came_goes_when_it_is_pressed(desk: Desk) -> None:
    card = await desk.post()
    desk.telegram.fates.append(LOST)
    await desk.work()
    stray = desk.last().id
    desk.time.go(10)
    await desk.work()
    assert len(desk.seen()) == 2
    await press(desk, card, stray)
    await desk.work()
    assert [message.id for message in desk.telegram.visible(MARIA.chat)] == [(await desk.card(card)).message_id]


async def test_a_message_pressed_before_its_id_was_stored_stays(desk: Desk) -> None:
    """The press finds an unknown message, and asks to retire it; then it turns out to be the card."""
    card = await desk.post()

    async def meanwhile(_act: Act) -> None:
        await press(desk, card, desk.last().id)

    desk.telegram.meanwhile = meanwhile
    desk.telegram.fates.append(Fate(after="press"))
    await desk.work()
    assert ((await desk.card(card)).retire, len(desk.seen())) == ((), 1)


async def test_the_living_message_is_never_retired(desk: Desk) -> None:
    card = await desk.shown()
    await press(desk, card, desk.last().id)
    await desk.work()
    assert desk.seen() == ["New"]


async def test_a_stray_pressed_in_the_middle_of_a_turn_goes_after_it(desk: Desk) -> None:
    card = await desk.post()
    desk.telegram.fates.append(LOST)
    await desk.work()
    stray = desk.last().id
    desk.time.go(10)

    async def meanwhile(_act: Act) -> None:
        await press(desk, card, stray)

    lane = desk.lane()
    [claimed] = await lane.claim(1)
    result = await lane.do(claimed)
    await meanwhile("press")
    await lane.finish(claimed, result)
    await desk.work()
    assert [message.id for message in desk.telegram.visible(MARIA.chat)] == [(await desk.card(card)).message_id]


@pytest.mark.parametrize("first", [LOST, DEAD])
async def test_an_edit_without_an_answer_is_repeated_once(desk: Desk, first: Fate) -> None:
    """Where it had been carried out, Telegram says that nothing is modified: that is success."""
    await desk.shown()
    await desk.change("Sent")
    desk.telegram.fates.append(first)
    await desk.work()
    assert desk.calls() == ["sendMessage", "editMessageText", "editMessageText"]
    assert (desk.seen(), await desk.due_in()) == (["Sent"], None)


async def test_an_edit_without_two_answers_backs_off(desk: Desk) -> None:
    await desk.shown()
    await desk.change("Sent", pressed=True)
    desk.telegram.fates.extend([DEAD, DEAD])
    await desk.work()
    assert (desk.seen(), await desk.due_in()) == (["New"], 2)


async def test_what_an_unanswered_edit_left_on_screen_is_not_trusted(desk: Desk) -> None:
    """The edit was carried out, then the subject went back to what the row says is on screen."""
    await desk.shown(text="New")
    await desk.change("Sure?", pressed=True)
    desk.telegram.fates.extend([LOST, Fate(executed=False, answer="lost")])
    await desk.work()
    await desk.change("New", pressed=True)
    await desk.work()
    assert desk.seen() == ["New"]


async def test_what_a_crash_in_an_edit_left_on_screen_is_not_trusted(desk: Desk) -> None:
    await desk.shown(text="New")
    await desk.change("Sure?")
    await crash(desk, Fate(answer="crash"))
    await desk.change("New")
    await desk.work()
    assert desk.seen() == ["New"]


async def test_an_edit_whose_claim_was_lost_is_written_again(desk: Desk) -> None:
    """A late worker overwrites newer news with its own; when it hears that it was late, the card is written once more."""
    await desk.shown(text="1")
    await desk.change("2")

    async def meanwhile(_act: Act) -> None:
        desk.time.go(minutes=2)
        await desk.change("3")
        await desk.work()

    desk.telegram.meanwhile = meanwhile
    desk.telegram.fates.append(Fate(before="steal"))
    await desk.work()
    desk.time.go(10)
    await desk.work()
    assert desk.seen() == ["3"]


async def test_a_post_whose_claim_was_lost_is_retired(desk: Desk) -> None:
    card = await desk.post()

    async def meanwhile(_act: Act) -> None:
        desk.time.go(minutes=2)
        await desk.work()

    desk.telegram.meanwhile = meanwhile
    desk.telegram.fates.append(Fate(before="steal"))
    await desk.work()
    assert [message.id for message in desk.telegram.visible(MARIA.chat)] == [(await desk.card(card)).message_id]


async def test_a_post_whose_card_is_gone_meanwhile_leaves_nothing_to_press(desk: Desk) -> None:
    card = await desk.post()

    async def meanwhile(_act: Act) -> None:
        desk.time.go(minutes=2)
        desk.views[BATCH] = None
        await desk.work()

    desk.telegram.meanwhile = meanwhile
    desk.telegram.fates.append(Fate(before="steal"))
    await desk.work()
    assert (await desk.find(card), desk.seen()) == (None, [])


async def test_a_crash_after_a_raise_does_not_raise_again(desk: Desk) -> None:
    """The post is stored at once: what a crash leaves undone is only the old message's end."""
    await desk.shown()
    await desk.lift()
    await crash(desk, Fate(), Fate(executed=False, answer="crash"))
    await desk.work()
    assert (desk.telegram.posted, len(desk.seen())) == (2, 1)


async def test_an_edit_wanted_during_a_raise_is_no_second_raise(desk: Desk) -> None:
    await desk.shown()

    async def meanwhile(_act: Act) -> None:
        await desk.change("Later")

    await desk.lift()
    desk.telegram.meanwhile = meanwhile
    desk.telegram.fates.append(Fate(after="edit"))
    await desk.work()
    assert (desk.telegram.posted, desk.seen()) == (2, ["Later"])


async def test_a_raise_wanted_during_an_edit_still_comes(desk: Desk) -> None:
    await desk.shown()

    async def meanwhile(_act: Act) -> None:
        desk.views[BATCH] = says("Failed")
        await desk.lift()

    await desk.change("Sent")
    desk.telegram.meanwhile = meanwhile
    desk.telegram.fates.append(Fate(after="loud"))
    await desk.work()
    assert (desk.telegram.posted, desk.seen(), desk.last().loud) == (2, ["Failed"], True)


@pytest.mark.parametrize(
    "text",
    ["message to edit not found", "Message to edit not found", "MESSAGE_ID_INVALID", "message can't be edited"],
)
async def test_what_cannot_be_edited_any_more_is_posted_anew_without_a_sound(desk: Desk, text: str) -> None:
    card = await desk.shown()
    old = desk.last().id
    await desk.change("Sent")
    desk.telegram.fates.append(Refusal(400, text))
    await desk.work()
    assert (desk.seen(), desk.last().loud, desk.last().id > old) == (["Sent"], False, True)
    assert (await desk.card(card)).message_id == desk.last().id


async def test_an_old_message_that_cannot_be_deleted_shrinks(desk: Desk) -> None:
    """Telegram lets a bot delete its messages for 48 hours."""
    await desk.shown()
    desk.time.go(hours=49)
    await desk.lift()
    desk.telegram.fates.extend([Fate(), Refusal(400, "message can't be deleted for everyone")])
    await desk.work()
    assert (desk.seen(), await desk.due_in()) == (["↓ Card below", "New"], None)


@pytest.mark.parametrize(
    "refusal",
    [
        Refusal(400, "message to delete not found"),
        Refusal(400, "MESSAGE_ID_INVALID"),
    ],
)
async def test_an_old_message_that_is_gone_needs_nothing_more(desk: Desk, refusal: Refusal) -> None:
    card = await desk.shown()
    await desk.lift()
    desk.telegram.fates.extend([Fate(), refusal])
    await desk.work()
    assert (desk.calls()[-1], (await desk.card(card)).retire, await desk.due_in()) == ("deleteMessage", (), None)


async def test_an_old_message_whose_end_was_not_confirmed_is_tried_again(desk: Desk) -> None:
    card = await desk.shown()
    await desk.lift()
    desk.telegram.fates.extend([Fate(), DEAD])
    await desk.work()
    assert (len(desk.seen()), await desk.due_in()) == (2, 2)
    desk.time.go(2)
    await desk.work()
    assert (len(desk.seen()), (await desk.card(card)).retire, desk.telegram.posted) == (1, (), 2)


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_too_fast_means_that_nothing_at_all_goes_to_the_chat_for_so_long(desk: Desk) -> None:
    await desk.shown(BATCH)
    await desk.shown(OTHER)
    await desk.post(BATCH, Place(2002))
    await desk.work()
    await desk.change("Sent", BATCH)
    desk.telegram.fates.append(Refusal(429, "Too Many Requests: retry after 30", {"retry_after": 30}))
    await desk.work()
    desk.calls()
    await desk.change("Paused", BATCH, pressed=True)
    await desk.lift(OTHER)
    await desk.work()
    assert [(name, params["chat_id"]) for name, params in desk.telegram.calls] == [("editMessageText", 2002)]
    desk.time.go(await desk.due_in() or 0)
    await desk.work()
    assert desk.seen() == ["Paused", "New"]


@pytest.mark.parametrize(
    "refusal",
    [
        Refusal(403, "bot was blocked by the user"),
        Refusal(403, "user is deactivated"),
        Refusal(400, "chat not found"),
        Refusal(400, "not enough rights to send text messages to the chat"),
    ],
)
async def test_a_chat_that_cannot_be_reached_is_left_alone_until_it_is_heard_of(desk: Desk, refusal: Refusal) -> None:
    await desk.post()
    desk.telegram.fates.append(refusal)
    await desk.work()
    desk.time.go(hours=5)
    assert (await desk.work(), await desk.due_in(), desk.calls()) == (0, None, ["sendMessage"])
    await desk.acted()
    await desk.work()
    assert desk.seen() == ["New"]


async def test_an_old_refusal_does_not_silence_who_has_just_come_back(desk: Desk) -> None:
    """The person unblocks the bot while the call that still found it blocked is on its way back."""
    await desk.post()

    async def meanwhile(_act: Act) -> None:
        desk.time.go(1)
        await desk.acted()

    lane = desk.lane()
    [claimed] = await lane.claim(1)
    desk.telegram.fates.append(Refusal(403, "bot was blocked by the user"))
    result = await lane.do(claimed)
    await meanwhile("press")
    await lane.finish(claimed, result)
    await desk.work()
    assert desk.seen() == ["New"]


async def test_a_group_that_became_a_supergroup_takes_its_cards_along(desk: Desk) -> None:
    card = await desk.shown(place=GROUP)
    moved = Refusal(400, "group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": -1009})
    await desk.change("Sent")
    desk.telegram.fates.append(moved)
    await desk.work()
    found = await desk.card(card)
    assert (found.place, found.message_id) == (Place(-1009, GROUP.thread), desk.last(Place(-1009)).id)
    assert desk.seen(Place(-1009)) == ["Sent"]


async def test_a_card_that_stands_in_the_new_group_already_is_not_doubled(desk: Desk) -> None:
    """The update that tells of the new group may come before the refusal does."""
    await desk.shown(place=GROUP)
    heir = await desk.shown(place=Place(-1009, GROUP.thread))
    async with desk.unit() as services:
        await services.cards.migrate(GROUP.chat, -1009)
        await services.cards.migrate(GROUP.chat, -1009)
    await desk.work()
    assert (len(desk.seen(Place(-1009))), (await desk.card(heir)).message_id) == (1, desk.last(Place(-1009)).id)


async def test_a_card_that_telegram_will_not_take_is_given_up_and_its_text_logged_nowhere(desk: Desk) -> None:
    card = await desk.shown()
    await desk.change("<secret>")
    lane = desk.lane()
    with capture_logs() as logs:
        for _ in range(5):
            desk.telegram.fates.append(CANNOT_PARSE)
            [claimed] = await lane.claim(1)
            await lane.finish(claimed, await lane.do(claimed))
            desk.time.go(minutes=2)
    assert (lane.failures, await desk.due_in(), (await desk.card(card)).shown) == (1, None, 2)
    assert [entry["answer"] for entry in logs] == ["Can't parse entities"]
    assert "secret" not in str(logs)


async def test_a_card_that_was_given_up_is_shown_when_it_has_something_new_to_say(desk: Desk) -> None:
    await desk.shown()
    await desk.change("<secret>")
    for _ in range(5):
        desk.telegram.fates.append(CANNOT_PARSE)
        await desk.work()
        desk.time.go(minutes=2)
    await desk.change("Sent")
    await desk.work()
    assert desk.seen() == ["Sent"]


async def test_a_card_that_cannot_be_drawn_is_given_up_too_and_the_others_are_shown(desk: Desk) -> None:
    async def look(_services: Services, card: Card) -> None:
        raise KeyError(card.subject)

    card = await desk.post(BATCH)
    draw, desk.look = desk.look, look  # type: ignore[method-assign]
    loop = desk.loop()
    with capture_logs():
        for _ in range(5):
            await loop.drain()
            desk.time.go(minutes=2)
    assert ((await desk.card(card)).shown, await desk.due_in()) == (1, None)
    desk.look = draw  # type: ignore[method-assign]
    await desk.post(OTHER)
    await desk.work()
    assert desk.seen() == ["New"]


async def test_no_call_begins_that_might_outlive_its_claim(desk: Desk) -> None:
    """Of a lease of 60 seconds 45 are over: a call may take 20."""
    await desk.post()
    lane = desk.lane()
    [claimed] = await lane.claim(1)
    desk.time.go(45)
    await lane.finish(claimed, await lane.do(claimed))
    assert desk.calls() == []
    desk.time.go(await desk.due_in() or 0)
    await desk.work()
    assert desk.calls() == ["sendMessage"]


async def test_an_edit_that_cannot_be_repeated_in_time_is_not_trusted_either(desk: Desk) -> None:
    await desk.shown(text="New")
    await desk.change("Sure?", pressed=True)

    async def meanwhile(_act: Act) -> None:
        desk.time.go(45)

    desk.telegram.meanwhile = meanwhile
    desk.telegram.fates.append(Fate(answer="lost", after="press"))
    await desk.work()
    assert desk.calls() == ["sendMessage", "editMessageText"]
    await desk.change("New", pressed=True)
    await desk.work()
    assert desk.seen() == ["New"]
