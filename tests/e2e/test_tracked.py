"""A multicast sent one by one: what people see from the press to the report, and what the provider gets."""

import csv
import io
from typing import Any

import pytest

from bot.domain.models import Place
from tests.e2e.house import House
from tests.e2e.screen import Person
from tests.e2e.test_imports import document

TEXT = "Скидка 20 % до конца недели"


@pytest.fixture
def options() -> dict[str, Any]:
    return {"send_rate": 2}


async def _preview(maria: Person, base: str = "VIP") -> None:
    await maria.say(f"/multicast {base}\nсейчас\n{TEXT}")
    await maria.press("По одному, с отчётом")


async def _wait(house: House, seconds: int) -> None:
    """Let the time pass as the valve sees it: second by second."""
    for _ in range(seconds):
        await house.go(seconds=1)
    await house.go(minutes=2)


async def test_each_number_gets_its_own_sms_and_the_card_ends_with_all_delivered(house: House, maria: Person) -> None:
    await _preview(maria)
    assert "По одному, с отчётом по каждому номеру" in maria.card
    assert maria.card.labels[0] == "Запустить: 12"
    await maria.press("Запустить: 12")
    assert maria.card.title in ("⏳ Сейчас уйдёт · VIP", "⚠️ Точно запустить? · VIP")
    assert house.sms == []
    await _wait(house, 30)
    assert len({one["phone"] for one in house.sms}) == len(house.sms) == 12
    assert maria.card.title == "✅ Доставлены все 12 · VIP"
    assert house.calls("/sms.cgi")
    assert len(maria.cards) == 1


async def test_a_closed_base_says_so_and_goes_as_a_plain_multicast(house: House, maria: Person) -> None:
    await _preview(maria, "Сотрудники")
    assert maria.card.lines[:2] == [
        "⚠️ По одному не выйдет · Сотрудники",
        "База Сотрудники закрыта для чтения: её номера знает только провайдер.",
    ]
    await maria.press("Всем сразу")
    assert maria.card.title == "✏️ Проверьте рассылку · Сотрудники"
    assert "По одному, с отчётом" not in maria.card.labels


async def test_it_pauses_and_goes_on_by_a_press_and_reaches_nobody_twice(house: House, maria: Person) -> None:
    await _preview(maria, "Клиенты")
    await maria.press(maria.card.labels[0])
    await house.go(seconds=13)
    await maria.press("Пауза")
    assert maria.card.title.startswith("⏸ На паузе · ушло ")
    gone = len(house.sms)
    await house.go(minutes=5)
    assert (len(house.sms), gone < 62) == (gone, True)
    await maria.press("Продолжить")
    await _wait(house, 60)
    assert len({one["phone"] for one in house.sms}) == len(house.sms) == 62


async def test_it_can_be_taken_back_whole(house: House, maria: Person) -> None:
    await _preview(maria)
    await maria.press("Запустить: 12")
    await maria.press("Вернуть")
    assert maria.card.title == "✏️ Проверьте рассылку · VIP"
    await house.go(minutes=5)
    assert house.sms == []


async def test_the_document_of_those_it_did_not_reach_says_why_in_words_and_in_the_providers_own(
    house: House, maria: Person
) -> None:
    for phone, fate in {"79161230001": "blacklisted", "79161230002": "not_delivered"}.items():
        house.fate(phone, fate)
    await _preview(maria)
    await maria.press("Запустить: 12")
    await _wait(house, 30)
    await maria.press("Не дошло: файл")
    assert list(csv.reader(io.StringIO(document(house, maria)), delimiter=";")) == [
        ["Номер", "Состояние", "Причина", "Код", "Ответ провайдера"],
        [
            "79161230001",
            "отклонено",
            "Номер в стоп-листе провайдера.",
            "PHONE_BLACKLISTED",
            "Error: phone blacklisted",
        ],
        ["79161230002", "не доставлено", "Номер заблокирован, не существует или не принимает SMS.", "", ""],
    ]


async def test_a_send_to_many_people_gives_that_document_too_in_the_readers_language(
    house: House, john: Person
) -> None:
    house.account(senders=["Clinic"])
    phones = [f"791198700{n:02}" for n in range(25)]
    await john.say(f"/send {' '.join(phones)} Sale")
    await john.press("Send to 25")
    await _wait(house, 30)
    await john.press("Stop")
    await john.press("Not delivered: file")
    rows = list(csv.reader(io.StringIO(document(house, john)), delimiter=";"))
    assert rows[0] == ["Number", "State", "Cause", "Code", "The provider's answer"]
    assert rows[1][1:4] == ["rejected", "Sender MyShop is not registered.", "UNSUPPORTED_SENDER"]
    assert rows[25][1:4] == ["cancelled", "nothing was sent", ""]


async def test_a_text_that_went_one_by_one_to_a_base_is_warned_of_when_it_goes_there_again(
    house: House, maria: Person
) -> None:
    await _preview(maria)
    await maria.press("Запустить: 12")
    await _wait(house, 30)
    for again in ("/multicast VIP", "/multicast Клиенты, VIP"):
        await maria.say(f"{again}\nсейчас\n{TEXT}")
        await maria.press(maria.card.labels[0])
        assert maria.card.lines[1] == "• Этот текст ушёл в VIP в 12:04"
    await maria.say(f"/multicast Клиенты\nсейчас\n{TEXT}")
    assert "Этот текст" not in maria.card
    await house.go(days=1)
    await maria.say(f"/multicast VIP\nсейчас\n{TEXT}")
    assert "Этот текст" not in maria.card


async def test_a_tracked_send_that_was_taken_back_is_no_repeat(house: House, maria: Person) -> None:
    await _preview(maria)
    await maria.press("Запустить: 12")
    await maria.press("Вернуть")
    await maria.press("Запустить: 12")
    assert maria.card.title == "⏳ Сейчас уйдёт · VIP"


async def test_to_try_the_failed_ones_again_is_no_repeat(house: House, maria: Person) -> None:
    house.fate("79161230002", "not_delivered")
    await _preview(maria)
    await maria.press("Запустить: 12")
    await _wait(house, 30)
    async with house.bot.unit() as services:
        assert await services.tracked.retry(1, maria.id, Place(maria.id))
    await house.settle()
    assert maria.card.labels[0] == "Запустить: 1"
    await maria.press("Запустить: 1")
    assert maria.card.title == "⏳ Сейчас уйдёт · VIP"


async def _hold(maria: Person) -> None:
    await maria.say(f"/multicast VIP\nзавтра 10:00\n{TEXT}")
    await maria.press("По одному, с отчётом")
    await maria.press(maria.card.labels[0])
    assert maria.card.title == "⏳ Ждёт времени · VIP"


async def test_one_with_a_start_time_waits_for_it_and_then_reaches_each_once(house: House, maria: Person) -> None:
    await _hold(maria)
    await house.go(hours=21, minutes=55)
    assert house.calls() == []
    await house.go(minutes=2)
    await _wait(house, 30)
    assert len({one["phone"] for one in house.sms}) == len(house.sms) == 12
    assert maria.card.title == "✅ Доставлены все 12 · VIP"


async def test_one_with_a_start_time_can_be_cancelled_until_then(house: House, maria: Person) -> None:
    await _hold(maria)
    await house.go(hours=21)
    await maria.press("Отменить рассылку")
    await house.go(days=1)
    assert house.calls() == []
