"""Alerts: people hear of money that runs low and of a provider that fails, once each time, and that it is over."""

from typing import Any

import pytest

from tests.e2e.house import GROUP, ON_ONE_DATABASE, TOPIC, House
from tests.e2e.screen import Person

LOW, ZERO = "⚠️ Мало денег", "⚠️ Деньги кончились"
TICK = {"minutes": 5}


@pytest.fixture
def options() -> dict[str, Any]:
    """A tick every five minutes, as everywhere but in other stories."""
    return {"balance_interval": 300, "price_per_part": "5", "send_rate": 2}


def titles(person: Person, part: str) -> list[str]:
    """Return the first lines of all cards that hold the part."""
    return [card.title for card in person.cards if part in card]


async def seconds(house: House, number: int) -> None:
    """Let the time pass as the valve sees it: second by second."""
    for _ in range(number):
        await house.go(seconds=1)


async def test_a_threshold_calls_once_and_again_after_the_account_has_recovered(house: House, maria: Person) -> None:
    """Crossed: one loud card that names it all; a tenth above: it is over; crossed again: another card."""
    house.account(balance="1500.00", overdraft="-100.00")
    await maria.say("/alerts 1000")
    assert "• останется 1 000,00 ₽ или меньше" in maria.card.lines
    await house.go(**TICK)
    assert titles(maria, "Мало денег") == []
    house.account(balance="850.00")
    rings = maria.rings
    await house.go(minutes=20)
    assert maria.card.lines == [
        "⚠️ Мало денег · можно потратить 950,00 ₽",
        "Пополните счёт у провайдера: иначе отправка остановится.",
        "На счёте 850,00 ₽, отправка отключается при −100,00 ₽",
        "Порог: 1 000,00 ₽",
    ]
    assert maria.rings == rings + 1
    house.account(balance="950.00")  # 1 050 can be spent: not yet a tenth above
    await house.go(**TICK)
    assert maria.card.title.startswith(LOW)
    house.account(balance="1000.00")
    await house.go(**TICK)
    assert maria.card.title == "✅ Деньги снова есть · 1 100,00 ₽"
    assert maria.rings == rings + 1
    house.account(balance="-100.00")
    await house.go(**TICK)
    assert maria.card.title == "⚠️ Деньги кончились · осталось 0,00 ₽"
    assert maria.card.lines[-1] == "Порог: 1 000,00 ₽, 0,00 ₽"


async def test_what_is_scheduled_and_not_covered_is_named_also_after_a_restart(house: House, maria: Person) -> None:
    """A held multicast to twelve costs 60 roubles, and 40 are left; whoever was told is not told again."""
    house.account(balance="100.00", overdraft="0.00")
    await maria.say("/multicast VIP\nзавтра 10:00\nСкидка")
    await maria.press("Назначить")
    await maria.say("/alerts 50")
    house.account(balance="40.00")
    await house.go(**TICK)
    called = maria.card
    assert "Назначено: 12 номеров, ≈ 60,00 ₽" in called
    assert "На это не хватает 20,00 ₽" in called
    assert called.lines[2] == "Не хватит на рассылку «VIP», ср 25 нояб., 10:00: нужно 60,00 ₽"
    await maria.press("Рассылки")
    assert "1. ср 25 нояб., 10:00 – VIP, ждёт времени" in maria.card
    assert maria.find("Мало денег") == called
    rings = maria.rings
    await house.restart()
    await house.go(minutes=10)
    assert maria.rings == rings


async def test_a_threshold_that_is_crossed_already_says_so_at_once(house: House, maria: Person) -> None:
    house.account(balance="300.00", overdraft="0.00")
    await house.go(**TICK)
    await maria.say("/alerts 500")
    await house.go(seconds=5)
    assert len(titles(maria, LOW)) == 1
    await house.go(minutes=15)
    assert len(titles(maria, LOW)) == 1


async def test_an_owner_who_has_chosen_nothing_hears_that_the_money_is_used_up(house: House, maria: Person) -> None:
    await maria.say("/start")
    house.account(balance="-10000.00", overdraft="-10000.00")
    await house.go(**TICK)
    assert maria.card.title == "⚠️ Деньги кончились · осталось 0,00 ₽"


@ON_ONE_DATABASE
async def test_thresholds_hours_and_a_summary_are_chosen_on_one_card(house: House, maria: Person) -> None:
    await maria.say("/alerts тысяча")
    assert maria.card.lines[1] == "Порог «тысяча» непонятен. Например: /alerts 1000 или /alerts 3д"
    await maria.press("Добавить дни")
    await maria.say("сто")
    assert maria.card.lines[1] == "Нужно число дней от 1 до 90, например 3, пришло «сто»."
    await maria.say("4")
    assert "• денег хватит на 4 дня или меньше" in maria.card.lines
    await maria.press("Добавить сумму")
    await maria.press("5\xa0000")
    await maria.press("Без звука")
    await maria.say("21-8")
    await maria.press("Сводка")
    await maria.press("09:00")
    await maria.press("Не сообщать о сбоях")
    assert maria.card.lines[-3:] == [
        "Сбои у провайдера: молчать, кроме отказа в логине",
        "Без звука: 21–08",
        "Утренняя сводка: 09:00",
    ]
    await maria.press("Убрать порог")
    await maria.press("5\xa0000,00\xa0₽")
    assert "5 000,00 ₽" not in maria.card
    assert len([card for card in maria.cards if "Оповещения" in card]) == 1


@ON_ONE_DATABASE
async def test_in_quiet_hours_an_alert_comes_without_a_sound(house: House, maria: Person) -> None:
    await maria.say("/alerts 1000")
    await maria.press("Без звука")
    await maria.press("22–09")
    await house.skip(hours=11)  # 23:04
    house.account(balance="0.00", overdraft="0.00")
    rings = maria.rings
    await house.go(**TICK)
    assert maria.card.title.startswith(ZERO)
    assert maria.rings == rings


@ON_ONE_DATABASE
async def test_the_summary_comes_once_a_morning(house: House, maria: Person) -> None:
    await maria.say("/alerts")
    await maria.press("Сводка")
    await maria.say("9")
    await house.skip(hours=20, minutes=50)  # 08:54
    await house.go(minutes=30)
    assert titles(maria, "Сводка ·") == ["Сводка · среда, 25 ноября"]
    assert "Отправок за сутки не было" in maria.find("Сводка ·").lines
    await house.skip(hours=40)  # the machine slept through the next morning, and well into the afternoon after it
    await house.go(**TICK)
    assert len(titles(maria, "Сводка ·")) == 1


async def test_a_silent_provider_is_told_after_three_ticks_and_once_that_it_is_back(
    house: House, maria: Person, ivan: Person
) -> None:
    """Everybody who wants to hear of it, not those who do not."""
    await ivan.say("/alerts")
    await ivan.press("Не сообщать о сбоях")
    await maria.say("/start")
    await house.provider_down()
    await house.go(minutes=11)
    assert titles(maria, "Провайдер") == []
    await house.go(minutes=20)
    assert titles(maria, "Провайдер") == ["⚠️ Провайдер не отвечает · с 12:09"]
    await house.provider_up()
    await house.go(minutes=6)
    assert maria.card.lines == ["✅ Провайдер снова отвечает · с 12:39", "Ответа не было 30 мин. Очередь идёт дальше."]
    assert titles(ivan, "Провайдер") == []


async def test_a_refused_login_is_told_once_whoever_finds_out_first(house: House, maria: Person) -> None:
    """A tick tells it, a send that meets it afterwards does not repeat it; the end is told, too."""
    await maria.say("/start")
    house.account(password="another")
    await house.go(minutes=11)
    told = "⚠️ Провайдер не принял логин бота"
    assert titles(maria, "логин бота") == [told]
    await maria.say("/send 79119876543 Привет")
    await maria.press("Отправить")
    await house.go(minutes=1)
    assert [title for title in titles(maria, "логин бота") if title == told] == [told]
    house.account(password="pa55-of-the-account")
    await house.go(minutes=6)
    assert maria.find("снова принимает логин").title.startswith("✅ Провайдер снова принимает логин · с ")


async def test_what_an_owner_alone_can_mend_reaches_him_whatever_he_chose(house: House, maria: Person) -> None:
    """A refused login, and money that is used up: neither can be switched off, and /alerts says so."""
    await maria.say("/alerts 500")
    await maria.press("Не сообщать о сбоях")
    assert "Сбои у провайдера: молчать, кроме отказа в логине" in maria.card.lines
    await maria.press("Убрать порог")
    assert maria.card.labels == ["500,00\xa0₽", "Назад"]
    house.account(password="another")
    await house.go(**TICK)
    assert titles(maria, "логин бота") == ["⚠️ Провайдер не принял логин бота"]
    house.account(password="pa55-of-the-account", balance="0.00", overdraft="0.00")
    await house.go(**TICK)
    assert maria.find(ZERO).lines[-1] == "Порог: 500,00 ₽, 0,00 ₽"


async def test_other_troubles_find_an_owner_where_none_of_them_wants_to_hear(
    house: House, maria: Person, ivan: Person
) -> None:
    """Those who want to hear of them may be nobody who can act."""
    await ivan.say("/alerts")
    await maria.say("/alerts")
    await maria.press("Не сообщать о сбоях")
    await house.provider_down()
    await house.go(minutes=16)
    assert len(titles(maria, "Провайдер не отвечает")) == len(titles(ivan, "Провайдер не отвечает")) == 1


async def test_an_owner_who_is_told_in_his_group_is_left_alone_in_private(house: House, maria: Person) -> None:
    topic = house.chat(GROUP, TOPIC)
    await maria.say("/alerts", at=topic)
    await maria.say("/alerts")
    await maria.press("Не сообщать о сбоях")
    await house.provider_down()
    await house.go(minutes=16)
    assert "Провайдер не отвечает" in topic.card.title
    assert titles(maria, "Провайдер не отвечает") == []


async def test_a_topic_of_a_group_is_told_in_its_own_place(house: House, maria: Person, anna: Person) -> None:
    """What a group hears is chosen by those who may send; a viewer looks at it, and at what its buttons bring below it."""
    topic = house.chat(GROUP, TOPIC)
    await maria.say("/alerts 700", at=topic)
    assert topic.find("Оповещения").title == "Оповещения · этот чат"
    popup = await anna.press("Добавить сумму", at=topic)
    assert "оператор или владелец" in popup
    house.account(balance="600.00", overdraft="0.00")
    await house.go(**TICK)
    called = topic.card
    assert called.title == "⚠️ Мало денег · можно потратить 600,00 ₽"
    await anna.press("Рассылки", at=topic)
    assert topic.card.title == "Рассылки"
    await maria.press("Баланс", at=topic, on=called)
    assert topic.card.title == "Можно потратить · 600,00 ₽"
    assert topic.find("Мало денег") == called


@ON_ONE_DATABASE
async def test_a_burst_of_rejections_pauses_what_is_sent_and_people_decide(
    house: House, maria: Person, ivan: Person
) -> None:
    """Two of three are refused: no more leaves until somebody says so, and what he says stands on the card."""
    phones = [str(79110000100 + number) for number in range(40)]
    for number, phone in enumerate(phones):
        house.fate(phone, "blacklisted" if number % 3 else "delivered")
    await maria.say("/start")
    await ivan.say(f"/send {', '.join(phones)} Скидка")
    await ivan.press(ivan.card.labels[0])
    await seconds(house, 20)
    gone = len(house.calls())
    assert gone < len(phones)
    assert maria.card.lines == [
        "⚠️ Провайдер отклоняет SMS · 13 из 20",
        "На паузе: 1 отправка. Проверьте причину, потом решите.",
        "Последняя причина: стоп-лист",
    ]
    assert ivan.card.title == "⚠️ Пауза: провайдер отклоняет SMS · ушло 7 из 40"
    await house.go(minutes=5)
    assert len(house.calls()) == gone
    asked = maria.card
    await maria.press("Список отказов")
    assert maria.card.title == "История · сегодня, не дошло"
    await maria.press("Продолжить", on=asked)
    assert maria.find("Решение").title == "📤 Отправка продолжена · 13 из 20"
    await seconds(house, 20)
    assert len(house.calls()) == len(phones)
    assert titles(maria, "Провайдер отклоняет") == []
