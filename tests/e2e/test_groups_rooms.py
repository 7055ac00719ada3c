"""A group's own language and clock: asked once of an owner, kept for the cards of all."""

from datetime import timedelta

from bot.domain.access import Role
from bot.domain.bases import BaseFile
from tests.e2e.house import House
from tests.e2e.screen import Chat, Person
from tests.e2e.test_mms import picture

PHONE = "79119876543"
SEND = f"/send {PHONE} Привет"


async def _new_group(house: House, *members: Person) -> Chat:
    return house.chat((await house.do("groups", title="Склад", members=[one.id for one in members]))["id"])


async def test_the_first_owner_who_acts_in_a_group_is_asked_for_its_language_and_clock_once(
    house: House, maria: Person, ivan: Person, anna: Person
) -> None:
    """Until somebody has said, a card speaks the language of whoever it is for; then the group's."""
    group = await _new_group(house, maria, ivan, anna)
    await ivan.say(SEND, at=group)
    assert [card.title for card in group.cards] == [f"✏️ Проверьте SMS · +{PHONE}"]
    await maria.say("/balance", at=group)
    asked = group.find("Язык и часы этой группы")
    assert asked.labels == ["Русский", "English", "Часовой пояс"]
    assert await ivan.press("English", at=group) == "Это может только владелец. Ваша роль: оператор."
    await maria.press("English", at=group)
    await maria.press("Time zone", at=group)
    await maria.press("Yekaterinburg +5", at=group)
    assert group.find("Settings of the group").lines[1:3] == [
        "Language of the cards: English",
        "Time zone: Yekaterinburg, UTC+5",
    ]
    await maria.say("/balance", at=group)
    assert [card.title for card in group.cards if "Settings of" in card or "этой группы" in card] == [
        "Settings of the group"
    ]
    await ivan.say(SEND, at=group)
    assert group.card.title == f"✏️ Check the SMS · +{PHONE}"
    assert await anna.press("Send", at=group) == "Это может оператор или владелец. Ваша роль: наблюдатель."
    assert (await house.admin(maria)).language == "ru"  # type: ignore[union-attr]


async def test_a_time_typed_in_a_group_is_read_by_the_clock_that_its_cards_show(
    house: House, maria: Person, group: Chat
) -> None:
    """Ten in the morning is ten by the group's clock, whatever the clock of whoever typed it."""
    await maria.say("/settings", at=group)
    await maria.press("Часовой пояс", at=group)
    [asked] = group.asks
    await maria.say("тьмутаракань", at=group, reply_to=asked)
    assert "Такого пояса нет" in group.card
    await maria.say("Vladivostok", at=group, reply_to=group.asks[0])
    assert group.asks == []
    assert "Часовой пояс: Владивосток, UTC+10" in group.card
    await maria.say("/multicast VIP\nзавтра 10:00\nСкидка", at=group)
    assert "Начало: среда, 25 ноября, 10:00 (Владивосток, UTC+10)" in group.card
    await maria.press("Время", at=group)
    await maria.say("завтра 11:00", at=group, reply_to=group.asks[0])
    assert "Начало: среда, 25 ноября, 11:00 (Владивосток, UTC+10)" in group.card


async def test_what_a_group_has_of_its_own_goes_with_it_into_the_supergroup(
    house: House, maria: Person, ivan: Person
) -> None:
    small = await _new_group(house, maria, ivan)
    await maria.say("/settings", at=small)
    await maria.press("English", at=small)
    grown = house.chat((await house.do("migrate", chat=small.id, by=maria.id))["id"])
    await ivan.say(SEND, at=grown)
    assert grown.card.title == f"✏️ Check the SMS · +{PHONE}"
    await maria.say("/balance", at=grown)
    assert [card for card in grown.cards if "Language and clock" in card] == []


async def test_an_owner_who_is_one_no_more_decides_nothing_by_an_old_question(
    house: House, maria: Person, ivan: Person, group: Chat
) -> None:
    await house.change(ivan, role=Role.OWNER)
    await ivan.say("/settings", at=group)
    await ivan.press("Часовой пояс", at=group)
    await house.change(ivan, role=Role.OPERATOR)
    await ivan.say("Vladivostok", at=group, reply_to=group.asks[0])
    assert "Часовой пояс: Москва, UTC+3" in group.card
    assert group.asks == []


async def test_what_is_written_below_a_file_in_a_group_is_in_its_language(
    house: House, maria: Person, ivan: Person, group: Chat
) -> None:
    """The picture of the balance, and any other file; whoever asked may speak another."""
    await maria.say("/settings", at=group)
    await maria.press("English", at=group)
    await ivan.say("/balance", at=group)
    await house.skip(days=1)
    house.account(balance="4000.00")
    await ivan.say("/balance", at=group)
    await ivan.press("Chart", at=group)
    async with house.bot.unit() as services:
        card = await services.cards.under(group.id, group.find("Available").id)
        assert card is not None
        file = await services.documents.keep(BaseFile("a.jpg", "image/jpeg", picture()), timedelta(hours=1))
        await services.documents.send(file, card, ivan.id, caption={"key": "approval", "args": {}}, kind="photo")
    await house.settle()
    captions = [one.content["caption"] for one in house.world.chats.all(group.id) if "photo" in one.content]
    assert [caption.split()[0] for caption in captions] == ["Balance", "The"]
