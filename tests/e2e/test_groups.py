"""A group and its topics: one card seen by all, drafted by one, confirmed by another. CARDS' usability story 9."""

from tests.e2e.house import House
from tests.e2e.screen import Chat, Person

PHONE, MUTE = "79119876543", "79110000003"
SEND = f"/send@smsbot_sandbox_bot {PHONE} Ваш заказ готов."


async def test_a_card_confirmed_by_another_names_both_and_masks_the_number(
    house: House, maria: Person, ivan: Person, anna: Person, topic: Chat, group: Chat
) -> None:
    """Story 9: the viewer is told the role it takes; one SMS; the topic is kept."""
    await ivan.say(SEND, at=topic)
    assert topic.card.title == "✏️ Проверьте SMS · +79119876543"
    assert await anna.press("Отправить", at=topic) == "Это может оператор или владелец. Ваша роль: наблюдатель."
    async with house.at_once():
        await maria.press("Отправить", at=topic)
        await maria.press("Отправить", at=topic)
    assert maria.popups == ["", "Уже принято."]
    await house.go(seconds=30)
    assert topic.card.title == "✅ Доставлено · +7911•••••43"
    assert "Автор: Иван · подтверждение: Мария" in topic.card
    assert len(house.calls()) == 1
    assert [card for card in group.cards if "SMS" in card.text] == []


async def test_how_far_several_are_is_told_at_leisure_and_how_they_ended_at_once(
    house: House, ivan: Person, group: Chat
) -> None:
    """A group has twenty messages a minute for all that happens in it; one SMS moves on as it does in private."""
    await ivan.say(f"/send {PHONE} 79119876544 {MUTE} Привет", at=group)
    await ivan.press("Отправить: 3", at=group)
    await house.go(seconds=24)
    assert group.card.lines[1] == "Ждут отчёта 3"
    await house.go(seconds=2)
    assert group.card.lines[1] == "Доставлено 2 · ждут отчёта 1"
    await ivan.say(f"/send {PHONE} 79119876544 Снова", at=group)
    await ivan.press("Отправить: 2", at=group)
    await house.go(seconds=21)
    assert group.card.title == "✅ Доставлены все 2"


async def test_a_masked_number_is_shown_to_whoever_asks_alone(house: House, ivan: Person, anna: Person) -> None:
    group = house.chat()
    await ivan.say(SEND, at=group)
    await ivan.press("Отправить", at=group)
    await house.go(seconds=30)
    for person in (ivan, anna):
        assert await person.press("Показать номер", at=group) == "Номер: +79119876543"
    assert PHONE not in group.card.text


async def test_only_the_author_edits_a_draft(house: House, maria: Person, ivan: Person, group: Chat) -> None:
    """Any operator may confirm or close it; its fields are the author's."""
    await ivan.say(SEND, at=group)
    before = group.card.text
    for label in ("Текст", "Кому", "Подпись", "Flash: нет"):
        assert await maria.press(label, at=group) == "Это черновик: Иван."
    assert group.card.text == before
    assert await maria.press("Закрыть", at=group) == ""
    assert group.card.title.startswith("🚫 Черновик закрыт")


async def test_in_a_group_stray_texts_are_left_alone(house: House, maria: Person, group: Chat) -> None:
    await house.do("settings", privacy=False)
    await maria.say("Привет, коллеги, звоните 8 911 987-65-43", at=group)
    await maria.say("/nonsense", at=group)
    assert group.cards == []


async def test_two_people_compose_side_by_side_in_one_chat(
    house: House, maria: Person, ivan: Person, group: Chat
) -> None:
    """What each types goes into his own draft."""
    await house.do("settings", privacy=False)
    await maria.say("/send", at=group)
    await ivan.say("/send", at=group)
    await maria.say("79119876501", at=group)
    await ivan.say("79119876502", at=group)
    await maria.say("Пишет Мария", at=group)
    await ivan.say("Пишет Иван", at=group)
    assert "+79119876501" in group.find("Пишет Мария")
    assert "+79119876502" in group.find("Пишет Иван")


async def test_a_group_that_becomes_a_supergroup_takes_its_cards_along(house: House, ivan: Person) -> None:
    small = (await house.do("groups", title="Склад", members=[1002, 1001]))["id"]
    await ivan.say(SEND, at=house.chat(small))
    await ivan.press("Отправить", at=house.chat(small))
    grown = house.chat((await house.do("migrate", chat=small, by=1002))["id"])
    await house.go(seconds=30)
    assert [card.title for card in grown.cards] == ["✅ Доставлено · +7911•••••43"]
    assert len(house.sms) == 1


async def test_a_draft_is_listened_to_at_once_in_the_supergroup_that_its_group_became(
    house: House, ivan: Person, petr: Person
) -> None:
    """Telegram says so itself, whoever upgraded the group: no answer is lost until the bot sends something there."""
    await house.do("settings", privacy=False)
    small = (await house.do("groups", title="Склад", members=[1002, 1003]))["id"]
    await ivan.say("/send", at=house.chat(small))
    grown = house.chat((await house.do("migrate", chat=small, by=petr.id))["id"])
    assert grown.card.title == "✏️ Новое SMS · кому?"
    await ivan.say(PHONE, at=grown)
    assert grown.card.title == "✏️ Новое SMS · +79119876543"


async def test_the_own_number_is_asked_for_in_private_alone(house: House, ivan: Person, group: Chat) -> None:
    """Telegram lets no bot ask for a contact in a group; the draft in the group goes on from there."""
    await ivan.say("/start")
    await ivan.say(SEND, at=group)
    await ivan.press("Тест себе", at=group)
    assert ivan.card.title == "✏️ Ваш номер"
    await ivan.tap("Дать мой номер")
    await ivan.press("Тест себе", at=group)
    await house.go(seconds=20)
    assert "Тест: доставлен 12:04" in group.card


async def test_settings_in_a_group_are_their_owners_alone(
    house: House, maria: Person, ivan: Person, group: Chat
) -> None:
    """Others read a masked number there and change nothing; an owner is shown what the group has of its own instead."""
    await house.change(ivan, phone="79119876543")
    await ivan.say("/settings", at=group)
    assert "+7911•••••43" in group.card
    assert await maria.press("Часовой пояс", at=group) == "Свои настройки – по команде /settings. Это настройки: Иван."
    assert "+7911•••••43" in group.card


async def test_back_from_somebody_elses_settings_shows_nobody_others(
    house: House, maria: Person, ivan: Person, group: Chat
) -> None:
    """It would put the presser's own sender and number in their place."""
    await house.change(maria, sender="Sklad")
    await ivan.say("/settings", at=group)
    await ivan.press("Подпись", at=group)
    asked = group.card.text
    assert await maria.press("Назад", at=group) == "Свои настройки – по команде /settings. Это настройки: Иван."
    assert group.card.text == asked


async def test_a_viewer_closes_no_question_about_an_unknown_outcome(
    house: House, maria: Person, ivan: Person, anna: Person, group: Chat
) -> None:
    """Whoever may not answer it does not take it from those who may."""
    house.faults.set("sms2", "sms.cgi", "cut_after")
    await maria.say(SEND, at=group)
    await maria.press("Отправить", at=group)
    await house.go(seconds=10)
    await maria.press("Отправить ещё раз", at=group)
    assert await anna.press("Назад", at=group) == "Это может оператор или владелец. Ваша роль: наблюдатель."
    assert group.card.title.startswith("⚠️ Риск двойного SMS")
    assert await ivan.press("Назад", at=group) == ""
    assert group.card.title.startswith("❓ Исход неизвестен")


async def test_an_id_is_taken_only_while_the_card_asks_for_it(
    house: House, maria: Person, ivan: Person, group: Chat
) -> None:
    """One was asked, another went back: what the first then types is about something else."""
    await house.do("settings", privacy=False)
    house.faults.set("sms2", "sms.cgi", "cut_after")
    await maria.say(SEND, at=group)
    await maria.press("Отправить", at=group)
    await house.go(seconds=10)
    await maria.press("Проверено: ушло", at=group)
    await ivan.press("Назад", at=group)
    await maria.say("27999", at=group)
    assert group.card.title.startswith("❓ Исход неизвестен")
    assert house.calls("/sms_status2.cgi") == []
