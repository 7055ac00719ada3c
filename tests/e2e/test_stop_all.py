"""/stop_all and /resume_all: everybody hears of it, nothing leaves, nothing is lost."""

from tests.e2e.house import House
from tests.e2e.screen import Chat, Person

STOPPED = "⏸ Отправка остановлена · Иван, 12:04"


async def test_an_operator_stops_everything_and_an_owner_lets_it_go_on(
    house: House, maria: Person, ivan: Person, anna: Person
) -> None:
    await anna.say("/help")
    await maria.say("/send 79119876543 Первое")
    await maria.press("Отправить")
    await ivan.say("/send 79119876544 Второе")
    heard = maria.rings
    await ivan.say("/stop_all")
    assert [one.card.title for one in (maria, ivan, anna)] == [STOPPED] * 3
    assert maria.rings == heard + 1
    assert maria.card.lines[1] == "На паузе: 1 отправка."
    assert [one.card.labels for one in (maria, ivan, anna)] == [["Список", "Продолжить"], ["Список"], ["Список"]]
    await anna.press("Список")
    assert "+7911•••••43" in anna.card
    assert await ivan.press("Отправить") == "Отправка остановлена, черновик сохранён."
    assert "Отправить" in ivan.find("Второе").labels

    await house.go(minutes=29)
    await house.restart()
    await house.go(minutes=29)
    assert house.sms == []
    waiting = maria.find("Первое")
    assert waiting.lines[1] == "Отправка остановлена: ждём, пока её продолжат."
    assert waiting.labels == ["Вернуть"]

    await ivan.say("/resume_all")
    assert "Это может только владелец. Ваша роль: оператор." in ivan.card
    press = maria.data("Продолжить")
    heard = ivan.rings
    # The card is an hour old: who lets sending go on sees it afresh first.
    assert "Прошло больше 30 минут" in await maria.press("Продолжить")
    await maria.press("Продолжить")
    assert [one.text for one in (maria.find("Отправка"), ivan.card, anna.card)] == [
        "✅ Отправка продолжена · Мария, 13:02\nПервым уйдёт одно сообщение, за ним остальные.\nОстановка: Иван, 12:04"
    ] * 3
    assert ivan.rings == heard + 1
    assert await maria.forge(press, on=maria.find("Отправка продолжена")) == "Уже принято."
    await house.go(5)
    assert [sms["text"] for sms in house.sms] == ["Первое"]
    assert "Прошло больше 30 минут" in await ivan.press("Отправить")
    await ivan.press("Отправить")
    await house.go(15)
    assert [sms["text"] for sms in house.sms] == ["Первое", "Второе"]


async def test_the_first_stop_stands_and_is_seen_where_it_was_given(
    house: House, maria: Person, ivan: Person, group: Chat
) -> None:
    await maria.say("/help")
    await ivan.say("/stop_all", at=group)
    assert group.card.title == maria.card.title == STOPPED
    await maria.say("/stop_all")
    assert maria.card.title == STOPPED
    await maria.press("Продолжить", at=group)
    assert group.card.lines == [
        "✅ Отправка продолжена · Мария, 12:04",
        "Остановка: Иван, 12:04",
    ]  # nothing waits to go
    await maria.say("/resume_all")
    assert maria.card.title == "Отправка не остановлена"


async def test_what_the_provider_has_is_named_and_what_is_held_is_missed_with_the_cause(
    house: House, maria: Person
) -> None:
    await maria.say("/multicast VIP\nчерез 12 минут\nСкидка")
    await maria.press("Назначить")
    await maria.say("/multicast Сотрудники\nчерез 30 минут\nСобрание")
    await maria.press("Назначить")
    await house.go(minutes=5)
    await maria.say("/stop_all")
    assert maria.card.lines[1:3] == ["На паузе: 1 рассылка.", "Не вернуть: рассылка VIP, 12:16 – она у провайдера"]
    assert maria.find("Собрание").lines[2:4] == [
        "Отправка остановлена: ждём, пока её продолжат.",
        "Не выйдет до 12:44 – остановим и спросим.",
    ]
    await house.go(minutes=40)
    missed = maria.find("Собрание")
    assert missed.lines[:2] == ["⚠️ Пропущена · Сотрудники", "Отправка была остановлена до 12:44. Ничего не ушло."]
