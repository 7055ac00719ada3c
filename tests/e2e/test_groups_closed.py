"""Groups that close: topics that go, a bot that is taken out; strangers who talk there. Nothing is lost in silence."""

from collections.abc import Callable

import pytest

from sandbox.telegram import actions
from sandbox.telegram.people import BOT
from tests.e2e.house import TOPIC, House
from tests.e2e.screen import Chat, Person
from tests.e2e.test_mms import picture, send

PHONE = "79119876543"
SEND = f"/send {PHONE} Привет"
End = Callable[[House, Chat], None]


async def test_what_a_topic_takes_no_more_is_shown_in_the_general_one(
    house: House, ivan: Person, topic: Chat, group: Chat
) -> None:
    await ivan.say(SEND, at=topic)
    await ivan.press("Отправить", at=topic)
    house.world.rooms.drop_topic(topic.id, TOPIC)
    house.fate(PHONE, "not_delivered")
    await house.go(minutes=2)
    assert group.card.title.startswith("❌ Не доставлено")


def close(house: House, topic: Chat) -> None:
    house.world.rooms.close_topic(topic.id, topic.thread)


def delete(house: House, topic: Chat) -> None:
    """A topic takes its messages along."""
    for message in topic.messages:
        actions.remove(house.world, topic.id, message.id)
    house.world.rooms.drop_topic(topic.id, topic.thread)


@pytest.mark.parametrize("end", [close, delete])
async def test_news_of_a_topic_that_has_ended_are_told_in_the_general_one(
    house: House, ivan: Person, topic: Chat, group: Chat, end: End
) -> None:
    """Each card once, and the one SMS left once."""
    await ivan.say(SEND, at=topic)
    await ivan.press("Отправить", at=topic)
    end(house, topic)
    house.fate(PHONE, "not_delivered")
    await house.go(minutes=2)
    assert [card.title for card in group.cards if card.buttons] == ["❌ Не доставлено · +7911•••••43"]
    assert len(house.sms) == 1


@pytest.mark.parametrize("end", [close, delete])
async def test_a_draft_whose_topic_ends_while_somebody_answers_goes_on_in_the_general_one(
    house: House, ivan: Person, topic: Chat, group: Chat, end: End
) -> None:
    """What was typed is kept, and what is still asked for is asked for there."""
    await ivan.say("/send", at=topic)
    async with house.at_once():
        await ivan.say(PHONE, at=topic, reply_to=topic.asks[0])
        end(house, topic)
    await house.go(seconds=10)
    assert group.card.title == f"✏️ Новое SMS · +{PHONE}"
    await ivan.say("Скидка 10 %", at=group, reply_to=group.asks[0])
    assert group.card.title == f"✏️ Проверьте SMS · +{PHONE}"
    assert "Скидка 10 %" in group.card


@pytest.mark.parametrize("end", [close, delete])
async def test_a_picture_whose_topic_ends_while_it_is_fitted_is_shown_in_the_general_one(
    house: House, ivan: Person, topic: Chat, group: Chat, end: End
) -> None:
    """Nothing is confirmed that was not seen."""
    house.faults.set("telegram", "getFile", "error500_before")
    caption = f"/mms {PHONE} Меню"
    await send(house, ivan, picture(), chat=str(topic.id), thread=str(topic.thread), caption=caption)
    assert topic.card.title == f"✏️ Готовлю картинку… · +{PHONE}"
    end(house, topic)
    await house.go(minutes=2)
    assert group.card.title == f"✏️ Проверьте MMS · +{PHONE}"
    [posted] = [one for one in house.world.chats.all(group.id) if one.sender == BOT and "photo" in one.content]
    card = house.world.chats.find(group.id, group.card.id)
    assert (posted.thread, card and card.reply_to) == (0, posted.message_id)


@pytest.mark.parametrize("end", [close, delete])
async def test_where_the_general_topic_is_closed_too_news_are_told_in_private(
    house: House, maria: Person, ivan: Person, topic: Chat, group: Chat, end: End
) -> None:
    await ivan.say("/start")
    await ivan.say(SEND, at=topic)
    await ivan.press("Отправить", at=topic)
    end(house, topic)
    close(house, group)
    house.fate(PHONE, "not_delivered")
    await house.go(minutes=2)
    assert ivan.card.title == f"❌ Не доставлено · +{PHONE}"
    assert len(house.sms) == 1


async def test_a_general_topic_that_is_closed_leaves_the_other_topics_alone(
    house: House, ivan: Person, topic: Chat, group: Chat
) -> None:
    """In many groups it is closed all the time."""
    await ivan.say("/start")
    await ivan.say(SEND, at=group)
    await ivan.press("Отправить", at=group)
    close(house, group)
    house.fate(PHONE, "not_delivered")
    await house.go(minutes=2)
    assert ivan.card.title == f"❌ Не доставлено · +{PHONE}"
    shown = ivan.rings
    await ivan.say(SEND.replace("Привет", "Снова"), at=topic)
    await ivan.press("Отправить", at=topic)
    await house.go(minutes=2)
    assert topic.card.title == "❌ Не доставлено · +7911•••••43"
    assert ivan.rings == shown


async def test_a_draft_of_a_general_topic_that_is_closed_goes_on_in_private(
    house: House, ivan: Person, group: Chat
) -> None:
    await ivan.say("/start")
    await ivan.say("/send", at=group)
    async with house.at_once():
        await ivan.say(PHONE, at=group, reply_to=group.asks[0])
        close(house, group)
    assert ivan.card.title == f"✏️ Новое SMS · +{PHONE}"
    await ivan.say("Скидка 10 %")
    assert ivan.card.title == f"✏️ Проверьте SMS · +{PHONE}"
    await ivan.press("Отправить")
    await house.go(seconds=30)
    assert [sms["text"] for sms in house.sms] == ["Скидка 10 %"]


async def test_what_a_group_cannot_be_shown_is_shown_in_private_to_whom_it_is_for(
    house: House, maria: Person, ivan: Person, group: Chat
) -> None:
    await ivan.say("/start")
    await maria.say("/start")
    await ivan.say(SEND, at=group)
    await ivan.press("Отправить", at=group)
    house.fate(PHONE, "not_delivered")
    await house.do("join", chat=group.id, status="kicked", by=maria.id)
    assert maria.card.lines == [
        "⚠️ Бота больше нет в группе · Дежурные",
        "Её карточки теперь в личных чатах. Решение: Мария",
    ]
    await house.go(minutes=2)
    assert ivan.card.title == f"❌ Не доставлено · +{PHONE}"
    await house.do("join", chat=group.id, status="member", by=maria.id)
    assert maria.card.title == "⚠️ Бот теперь в группе · Дежурные"
    await ivan.say(SEND.replace("Привет", "Снова"), at=group)
    assert group.card.title == f"✏️ Проверьте SMS · +{PHONE}"


async def test_a_stranger_who_merely_talks_in_a_group_is_no_news(
    house: House, maria: Person, petr: Person, group: Chat
) -> None:
    """Where the bot hears all, its owners hear of those alone who want something of it."""
    await maria.say("/start")
    await house.do("settings", privacy=False)
    await petr.say("Привет, коллеги", at=group)
    assert maria.card.title == "SMS из Telegram"
    await petr.say("/send", at=group)
    assert maria.card.title.startswith("⚠️ Незнакомый человек")
    assert group.cards == []


async def test_whoever_hides_behind_the_group_is_a_stranger(house: House, maria: Person, group: Chat) -> None:
    await house.do("say", user=maria.id, chat=group.id, text=SEND, anonymous=True)
    assert group.cards == []


async def test_a_file_with_numbers_goes_to_whoever_asked_for_it_alone(house: House, ivan: Person, group: Chat) -> None:
    await ivan.say("/start")
    await ivan.say("/bases VIP", at=group)
    await ivan.press("Скачать", at=group)
    said = await ivan.press("TXT", at=group)
    assert said.startswith("Файл с номерами – в личном чате с ботом.")
    await house.go(seconds=10)
    assert [one for one in house.world.chats.all(group.id) if "document" in one.content] == []
    assert "document" in house.world.chats.all(ivan.id)[-1].content
