"""Groups that close: topics that go, a bot that is taken out; strangers who talk there. Nothing is lost in silence."""

from tests.e2e.house import TOPIC, House
from tests.e2e.screen import Chat, Person

PHONE = "79119876543"
SEND = f"/send {PHONE} Привет"


async def test_what_a_topic_takes_no_more_is_shown_in_the_general_one(
    house: House, ivan: Person, topic: Chat, group: Chat
) -> None:
    await ivan.say(SEND, at=topic)
    await ivan.press("Отправить", at=topic)
    house.world.rooms.drop_topic(topic.id, TOPIC)
    house.fate(PHONE, "not_delivered")
    await house.go(minutes=2)
    assert group.card.title.startswith("❌ Не доставлено")


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
