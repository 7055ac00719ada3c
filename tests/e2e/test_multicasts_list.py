"""What is known of multicasts besides their own cards: the list, the calendar, groups, viewers, tests to oneself."""

from typing import Any

import icalendar
import pytest

from sandbox.sms2 import multicasts
from tests.e2e.house import House
from tests.e2e.screen import Chat, Person

TEXT = "Скидка 20 % до конца недели"
PHONE = "79119876543"


@pytest.fixture
def options() -> dict[str, Any]:
    return {"price_per_part": "5.00"}


async def _held(person: Person, bases: str, when: str, text: str = TEXT) -> None:
    await person.say(f"/multicast {bases}\n{when}\n{text}")
    await person.press(person.card.labels[0])
    if person.card.labels[0].startswith("Да,"):
        await person.press(person.card.labels[0])


async def test_the_list_shows_what_is_to_come_and_points_out_two_to_one_base(house: House, maria: Person) -> None:
    await _held(maria, "VIP", "завтра 10:00")
    await _held(maria, "VIP, Клиенты", "завтра 11:00", "Ещё скидка")
    await _held(maria, "Клиенты", "27.11 10:00")
    await maria.say("/multicasts")
    assert maria.card.lines == [
        "Рассылки · ждут 3",
        "1. ср 25 нояб., 10:00 – VIP, ждёт времени",
        "2. ср 25 нояб., 11:00 – VIP, Клиенты, ждёт времени",
        "3. пт 27 нояб., 10:00 – Клиенты, ждёт времени",
        "VIP: две рассылки за 2 ч",
    ]
    await maria.press("2")
    assert maria.card.title == "⏳ Ждёт времени · VIP, Клиенты"
    await maria.press("Отменить рассылку")
    await maria.press("Отменить рассылку")
    await maria.say("/multicasts")
    await maria.press("Прошедшие")
    assert maria.card.lines == ["Прошедшие рассылки", "1. ср 25 нояб., 11:00 – VIP, Клиенты, отменена"]


async def test_a_second_multicast_to_a_base_within_two_hours_wants_one_more_tap(house: House, maria: Person) -> None:
    await _held(maria, "VIP", "завтра 10:00")
    await maria.say("/multicast VIP\nзавтра 11:30\nДругой текст")
    await maria.press("Назначить")
    assert maria.card.lines[:2] == ["⚠️ Точно назначить? · VIP", "• В VIP есть рассылка 25 нояб., 10:00"]


async def test_a_multicast_that_has_just_started_is_told_of_as_past(house: House, maria: Person) -> None:
    await _held(maria, "VIP", "сегодня 13:00")
    await house.go(hours=1)
    await maria.say("/multicast VIP\nсегодня 14:00\nДругой текст")
    assert "В VIP уже была рассылка в 13:00" in maria.card.lines


async def test_the_calendar_holds_what_is_to_come(house: House, maria: Person) -> None:
    await _held(maria, "VIP", "завтра 10:00")
    await maria.say("/multicasts")
    await maria.press("Календарь .ics")
    sent = house.world.files.find(house.world.chats.all(maria.id)[-1].content["document"]["file_id"])
    assert sent is not None
    assert sent.name == "multicasts.ics"
    events = icalendar.Calendar.from_ical(sent.data).walk("VEVENT")
    assert [(str(it["summary"]), it.decoded("dtstart").isoformat(), str(it["status"])) for it in events] == [
        ("SMS: VIP · 12", "2026-11-25T07:00:00+00:00", "TENTATIVE")
    ]


async def test_a_viewer_sees_the_list_and_decides_nothing(house: House, maria: Person, anna: Person) -> None:
    await _held(maria, "VIP", "завтра 10:00")
    await anna.say("/multicasts")
    await anna.press("1")
    assert (anna.card.title, anna.card.labels) == ("⏳ Ждёт времени · VIP", [])
    await anna.say("/multicast VIP")
    assert anna.card.text == "Это может оператор или владелец. Ваша роль: наблюдатель."


async def test_two_hands_in_a_group_hold_one_multicast(
    house: House, maria: Person, ivan: Person, anna: Person, topic: Chat
) -> None:
    await maria.say(f"/multicast VIP\nзавтра 10:00\n{TEXT}", at=topic)
    assert "Автор: Мария" in topic.card
    assert "Ваша роль: наблюдатель" in await anna.press("Назначить", at=topic)
    assert await ivan.press("Базы", at=topic) == "Это черновик: Мария."
    preview, schedule = topic.card, topic.data("Назначить")
    await ivan.press("Назначить", at=topic)
    assert "Автор: Мария · подтверждение: Иван" in topic.card
    assert await maria.forge(schedule, at=topic, on=preview) == "Уже принято."
    await house.go(days=1)
    assert len(multicasts.queued(house.store)) == 1


async def test_a_test_goes_to_oneself_and_not_to_the_base(house: House, maria: Person) -> None:
    await house.change(maria, phone=PHONE)
    await maria.say(f"/multicast VIP\nзавтра 10:00\n{TEXT}")
    await maria.press("Тест себе")
    await house.go(seconds=30)
    assert [(sms["phone"], sms["text"]) for sms in house.sms] == [(PHONE, TEXT)]
    assert "Тест: доставлен 12:04" in maria.card
    assert multicasts.queued(house.store) == []


async def test_an_old_preview_confirms_nothing(house: House, maria: Person) -> None:
    await maria.say(f"/multicast VIP\nзавтра 10:00\n{TEXT}")
    await house.go(minutes=31)
    assert await maria.press("Назначить") == "Прошло больше 30 минут: проверьте и нажмите ещё раз."
    await maria.press("Назначить")
    assert maria.card.title == "⏳ Ждёт времени · VIP"


async def test_cancel_takes_back_what_is_about_to_start(house: House, maria: Person) -> None:
    await _held(maria, "VIP", "сейчас")
    await maria.say("/cancel")
    assert maria.find("Вернули: ничего не ушло.").title == "✏️ Проверьте рассылку · VIP"
    await house.go(minutes=1)
    assert multicasts.queued(house.store) == []
