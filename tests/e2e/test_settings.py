"""/settings: what is one's own, what owners set for everybody, and which of both counts."""

import pytest

from bot.domain.access import Role
from tests.e2e.house import House
from tests.e2e.screen import Chat, Person
from tests.e2e.test_mms import picture, send


async def test_own_undo_time_counts_before_everybodys(house: House, maria: Person, ivan: Person) -> None:
    await ivan.say("/settings")
    assert "Время на отмену: 10 с · как у всех" in ivan.card
    assert "Для всех" not in ivan.card.labels
    await ivan.press("Время на отмену")
    await ivan.say("час")
    assert "Нужно число секунд от 0 до 600, например: 15" in ivan.card
    await ivan.say("601")
    assert "Нужно число секунд от 0 до 600, например: 15" in ivan.card
    await ivan.say("45 с")
    assert "Время на отмену: 45 с" in ivan.card.lines

    await maria.say("/settings")
    await maria.press("Для всех")
    await maria.press("Время на отмену")
    await maria.press("Нет")
    assert "Время на отмену: нет" in maria.card
    assert maria.card.title == "Настройки для всех"

    await ivan.say("/send 79119876543 Первое")
    await ivan.press("Отправить")
    assert "Можно вернуть до 12:04:45." in ivan.card
    await ivan.press("Вернуть")
    await ivan.say("/settings")
    await ivan.press("Время на отмену")
    await ivan.press("Как у всех")
    assert "Время на отмену: нет · как у всех" in ivan.card
    await ivan.press("Отправить")
    await house.go(1)
    assert [sms["text"] for sms in house.sms] == ["Первое"]


async def test_what_owners_set_is_told_to_the_others_and_outlives_a_restart(
    house: House, maria: Person, ivan: Person
) -> None:
    await house.change(ivan, role=Role.OWNER)
    await ivan.say("/help")
    await maria.say("/settings")
    await maria.press("Для всех")
    await maria.press("Подпись")
    await maria.say("NewShop")
    assert "Подпись: NewShop" in maria.card
    assert ivan.card.lines == [
        "Настройки для всех · подпись",
        "Теперь: NewShop. Прежде: MyShop",
        "Изменение: Мария, 12:04",
    ]
    await house.restart()
    await ivan.say("/send 79119876543 Первое")
    assert "Подпись: NewShop" in ivan.card


@pytest.mark.parametrize("typed", ["25-7", "ночью", "22"])
async def test_hours_that_are_none_get_one_line_with_an_example(house: House, maria: Person, typed: str) -> None:
    await maria.say("/settings")
    await maria.press("Тихие часы")
    await maria.say(typed)
    assert "Нужны два часа от 0 до 24, например: 22-09" in maria.card


async def test_own_quiet_hours_decide_what_is_warned_of(house: House, maria: Person, ivan: Person) -> None:
    await maria.say("/settings")
    await maria.press("Тихие часы")
    await maria.say("12-13")
    assert "Тихие часы: 12–13" in maria.card
    await maria.say("/send 79119876543 Первое")
    assert "Сейчас ночь (12–13, Москва)" in maria.card
    await ivan.say("/send 79119876543 Первое")
    assert "Сейчас ночь" not in ivan.card
    await send(house, maria, picture(), caption="Меню")
    await maria.say("79119876543")
    assert "Сейчас ночь (12–13, Москва)" in maria.card


async def test_the_quiet_hours_of_who_confirms_decide_what_is_asked(
    house: House, maria: Person, ivan: Person, group: Chat
) -> None:
    """Whoever makes it leave is asked by the hours of his own, on the card that all see."""
    await house.change(maria, quiet="12-13")
    await ivan.say("/send@smsbot_sandbox_bot 79119876543, 79119876544 Первое", at=group)
    assert "Сейчас ночь" not in group.card
    await maria.press("Отправить: 2", at=group)
    assert "Сейчас ночь (12–13, Москва)" in group.card
    assert house.calls() == []
    await maria.press("Да, отправить", at=group)
    await house.go(seconds=30)
    assert len(house.sms) == 2


async def test_who_is_no_owner_any_more_changes_nothing_for_others(house: House, maria: Person, ivan: Person) -> None:
    await house.change(ivan, role=Role.OWNER)
    await ivan.say("/settings")
    await ivan.press("Для всех")
    await ivan.press("Время на отмену")
    await house.change(ivan, role=Role.OPERATOR)
    await ivan.press("60 с")
    await ivan.say("300")
    await maria.say("/settings")
    assert "Время на отмену: 10 с · как у всех" in maria.card
