"""How a card is shown: edited where it is, sent again below, or gone; and how often."""

from datetime import timedelta

import pytest

from bot.chat.view import View
from bot.domain.models import Place, Subject
from tests.bot.chat.conftest import BATCH, GROUP, MARIA, OTHER, Desk, says

IMPORT = Subject("import", 1)


@pytest.mark.parametrize(("move", "loud"), [("loud", True), ("silent", False), ("edit", False)])
async def test_the_first_post_notifies_only_where_it_was_asked_to(desk: Desk, move: str, loud: bool) -> None:
    await desk.post(move=move)
    await desk.work()
    assert (desk.last().loud, desk.calls()) == (loud, ["sendMessage"])


async def test_a_change_is_written_into_the_same_message(desk: Desk) -> None:
    await desk.shown(text="Sending")
    await desk.change("Sent")
    await desk.work()
    assert (desk.calls(), desk.seen()) == (["sendMessage", "editMessageText"], ["Sent"])


async def test_nothing_is_edited_without_a_change(desk: Desk) -> None:
    await desk.shown(text="Sent")
    await desk.change("Sent")
    await desk.work()
    assert desk.calls() == ["sendMessage"]


async def test_a_new_version_alone_is_a_change_for_the_buttons_carry_it(desk: Desk) -> None:
    card = await desk.shown(text="Sent")
    await desk.change("Sent", bump=True)
    await desk.work()
    assert desk.last().presses == [f"go.{card}.2."]
    assert (await desk.card(card)).shown_version == 2


async def test_what_is_asked_for_again_counts_as_shown_again(desk: Desk) -> None:
    """Confirming is possible for 30 minutes after the card was last shown, changed or not."""
    card = await desk.shown()
    desk.time.go(minutes=40)
    await desk.change("New")
    await desk.work()
    assert (await desk.card(card)).fresh_until == desk.time.now() + timedelta(minutes=30)


@pytest.mark.parametrize("loud", [True, False])
async def test_a_raise_sends_the_card_below_and_takes_the_old_one_away(desk: Desk, loud: bool) -> None:
    card = await desk.shown(text="Sending")
    old = desk.last().id
    await (desk.lift() if loud else desk.drop())
    await desk.work()
    assert (len(desk.seen()), desk.last().loud, desk.last().id > old) == (1, loud, True)
    found = await desk.card(card)
    assert (found.message_id, found.retire, found.move) == (desk.last().id, (), "edit")
    assert await desk.due_in() is None


async def test_a_quiet_raise_does_not_silence_a_loud_one(desk: Desk) -> None:
    await desk.shown()
    await desk.lift()
    await desk.drop()
    await desk.work()
    assert desk.last().loud


async def test_in_a_group_the_old_message_shrinks_for_people_may_have_answered_it(desk: Desk) -> None:
    await desk.shown(place=GROUP)
    await desk.lift()
    await desk.work()
    assert desk.seen(GROUP) == ["↓ Card below", "New"]
    assert [bool(message.presses) for message in desk.telegram.visible(GROUP.chat)] == [False, True]


async def test_a_card_without_its_subject_leaves_the_screen_and_the_table(desk: Desk) -> None:
    card = await desk.shown()
    desk.views[BATCH] = None
    async with desk.unit() as services:
        await services.cards.touch(BATCH)
    await desk.work()
    assert (desk.seen(), await desk.find(card)) == ([], None)


async def test_in_a_group_a_card_without_its_subject_loses_its_buttons(desk: Desk) -> None:
    """No card stands below, so nothing is said of one."""
    card = await desk.shown(place=GROUP)
    desk.views[BATCH] = None
    async with desk.unit() as services:
        await services.cards.touch(BATCH)
    await desk.work()
    assert (desk.seen(GROUP), desk.last(GROUP).presses, await desk.find(card)) == (["New"], [], None)


async def test_a_subject_that_comes_back_while_its_message_goes_is_shown_again(desk: Desk) -> None:
    card = await desk.shown()
    desk.views[BATCH] = None
    async with desk.unit() as services:
        await services.cards.touch(BATCH)
    lane = desk.lane()
    [claimed] = await lane.claim(1)
    gone = await lane.do(claimed)
    await desk.change("Back")
    await lane.finish(claimed, gone)
    await desk.work()
    assert (desk.seen(), (await desk.card(card)).message_id) == (["Back"], desk.last().id)


@pytest.mark.parametrize(("place", "pause"), [(MARIA, 3), (GROUP, 5)])
async def test_a_chat_sees_one_edit_in_its_pause(desk: Desk, place: Place, pause: int) -> None:
    await desk.shown(place=place)
    await desk.change("1 of 3")
    await desk.work()
    desk.time.go(1)
    await desk.change("2 of 3")
    await desk.work()
    assert (desk.seen(place), await desk.due_in()) == (["1 of 3"], pause - 1)
    desk.time.go(pause - 1)
    await desk.work()
    assert desk.seen(place) == ["2 of 3"]


@pytest.mark.parametrize(("place", "pause"), [(MARIA, 3), (GROUP, 15)])
async def test_progress_keeps_a_slower_pace_in_a_group(desk: Desk, place: Place, pause: int) -> None:
    """However often there is news of it; the other cards of the group do not wait for it."""
    await desk.shown(IMPORT, place)
    desk.time.go(10)
    await desk.change("10 %", IMPORT)
    await desk.work()
    for second in range(pause - 1):
        desk.time.go(1)
        await desk.change(f"{11 + second} %", IMPORT)
        await desk.work()
    assert (desk.seen(place), await desk.due_in()) == (["10 %"], 1)
    desk.time.go(1)
    await desk.work()
    assert desk.seen(place) == [f"{9 + pause} %"]


async def test_progress_that_waits_in_a_group_holds_back_no_other_card(desk: Desk) -> None:
    await desk.shown(BATCH, GROUP)
    await desk.shown(IMPORT, GROUP)
    await desk.change("10 %", IMPORT)
    await desk.change("Sent", BATCH)
    await desk.work()
    assert desk.seen(GROUP) == ["Sent", "New"]


@pytest.mark.parametrize("how", [{"bump": True}, {"pressed": True}])
async def test_what_is_more_than_progress_does_not_wait_as_long(desk: Desk, how: dict[str, bool]) -> None:
    """A pause, an end: whatever outdates the buttons, and what a press asked for."""
    await desk.shown(IMPORT, GROUP)
    await desk.change("Paused", IMPORT, **how)
    await desk.work()
    assert desk.seen(GROUP) == ["Paused"]


async def test_two_cards_of_a_chat_share_its_pause(desk: Desk) -> None:
    await desk.shown(BATCH)
    await desk.shown(OTHER)
    await desk.change("1", BATCH)
    await desk.change("2", OTHER)
    await desk.work()
    assert desk.seen() == ["1", "New"]


async def test_two_processes_share_a_chats_pause(desk: Desk) -> None:
    """What counts is the row at the moment of the edit, not what either of them saw when it claimed."""
    await desk.shown(BATCH)
    await desk.shown(OTHER)
    await desk.change("1", BATCH)
    one, two = desk.lane(), desk.lane()
    [first] = await one.claim(5)
    async with desk.unit() as services:
        assert await services.cards.take_turn(MARIA.chat)
    await one.finish(first, await one.do(first))
    assert desk.seen() == ["New", "New"]
    desk.time.go(3)
    [again] = await two.claim(5)
    await two.finish(again, await two.do(again))
    assert desk.seen() == ["1", "New"]


async def test_a_press_is_answered_without_a_pause(desk: Desk) -> None:
    await desk.shown()
    await desk.change("1 of 3")
    await desk.work()
    await desk.change("Paused", pressed=True)
    await desk.work()
    assert desk.seen() == ["Paused"]


async def test_a_raise_comes_without_a_pause(desk: Desk) -> None:
    await desk.shown()
    await desk.change("1 of 3")
    await desk.work()
    desk.views[BATCH] = says("Failed")
    await desk.lift()
    await desk.work()
    assert desk.seen() == ["Failed"]


async def test_one_card_of_a_chat_is_in_flight_at_a_time(desk: Desk) -> None:
    """So cards come in the order in which they were asked for; other chats do not wait."""
    first, second, elsewhere = await desk.post(BATCH), await desk.post(OTHER), await desk.post(BATCH, GROUP)
    lane = desk.lane()
    taken = await lane.claim(5)
    assert [card.id for card in taken] == [first, elsewhere]
    assert [card.id for card in await lane.claim(5)] == []
    await lane.finish(taken[0], await lane.do(taken[0]))
    assert [card.id for card in await lane.claim(5)] == [second]


async def test_an_idle_lane_is_not_woken_by_what_it_cannot_take(desk: Desk) -> None:
    """The next moment of a chat with a card in flight is the end of that claim, not now."""
    await desk.post(BATCH)
    await desk.post(OTHER)
    await desk.lane().claim(1)
    assert await desk.due_in() == desk.policy.lease.total_seconds()


async def test_the_own_number_is_asked_for_by_a_keyboard_that_comes_with_a_message_of_its_own(desk: Desk) -> None:
    await desk.shown()
    desk.views[BATCH] = View("Your number?", contact="Share")
    async with desk.unit() as services:
        await services.cards.touch(BATCH)
    await desk.work()
    assert (desk.calls(), desk.seen()) == (["sendMessage", "sendMessage", "deleteMessage"], ["Your number?"])
    assert desk.last().markup == {
        "keyboard": [[{"text": "Share", "request_contact": True}]],
        "one_time_keyboard": True,
        "resize_keyboard": True,
    }


async def test_the_keyboard_is_taken_away_by_a_message_too_and_then_the_card_goes_on(desk: Desk) -> None:
    desk.views[BATCH] = View("Your number?", contact="Share")
    await desk.post()
    await desk.work()
    desk.views[BATCH] = View("Saved", contact="")
    async with desk.unit() as services:
        await services.cards.touch(BATCH)
    await desk.work()
    assert (desk.seen(), dict(desk.last().markup)) == (["Saved"], {"remove_keyboard": True})
    await desk.change("Preview")
    await desk.work()
    assert (desk.seen(), len(desk.last().presses)) == (["Preview"], 1)


async def test_a_message_is_html_without_previews_in_its_topic_and_quotes_nothing(desk: Desk) -> None:
    await desk.post(place=GROUP)
    await desk.work()
    sent = desk.sent()
    assert (sent["parse_mode"], sent["link_preview_options"], sent["message_thread_id"]) == (
        "HTML",
        {"is_disabled": True},
        7,
    )
    assert "reply_parameters" not in sent
    await desk.change("Sent")
    desk.time.go(10)
    await desk.work()
    assert (desk.sent()["parse_mode"], desk.sent()["link_preview_options"]) == ("HTML", {"is_disabled": True})


async def test_in_a_private_chat_no_topic_is_named(desk: Desk) -> None:
    await desk.post()
    await desk.work()
    assert "message_thread_id" not in desk.sent()


async def test_many_chats_are_shown_at_once(desk: Desk) -> None:
    for chat in range(1, 31):
        await desk.post(Subject("notice", chat), Place(chat))
    assert await desk.work() == 30
    assert {message.chat for message in desk.telegram.messages.values()} == set(range(1, 31))
