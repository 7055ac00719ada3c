"""A line that breaks in mid-send: CARDS' usability story 7. Nothing is ever repeated by itself."""

import pytest

from tests.e2e.house import ON_ONE_DATABASE, House
from tests.e2e.screen import Person

PHONE = "79119876543"


async def lose_the_answer(house: House, person: Person, text: str = "Ваш заказ готов.") -> None:
    """Send one SMS whose answer is cut off after the provider has taken it."""
    house.faults.set("sms2", "sms.cgi", "cut_after")
    await person.say(f"/send {PHONE} {text}")
    await person.press("Отправить")
    await house.go(seconds=10)


async def test_a_cut_after_sending_is_told_and_never_repeated(house: House, maria: Person) -> None:
    """Story 7: minutes and restarts change nothing."""
    await lose_the_answer(house, maria)
    assert maria.card.lines == [
        "❓ Исход неизвестен · +79119876543",
        "Связь оборвалась в 12:04: SMS могло уйти. Сами не повторим.",
        "Найдите номер в отчётах на my.sms2.ru.",
    ]
    assert maria.card.labels == ["Проверено: ушло", "Отправить ещё раз"]
    for _ in range(3):
        await house.go(minutes=2)
        await house.restart()
    assert len(house.calls()) == 1
    assert len(house.sms) == 1


async def test_whoever_has_left_the_chat_hears_of_an_unknown_outcome(house: House, maria: Person) -> None:
    """An outcome that comes over a minute after the last action rings; a moment after it, it is an edit."""
    await house.provider_down()
    house.faults.set("sms2", "sms.cgi", "cut_after")
    await maria.say(f"/send {PHONE} Ваш заказ готов.")
    await maria.press("Отправить")
    await house.go(minutes=2)
    rings = maria.rings
    await house.provider_up()
    await house.go(minutes=1)
    assert maria.card.title.startswith("❓ Исход неизвестен")
    assert maria.rings == rings + 1


async def test_an_admin_who_looked_it_up_gives_the_id_and_it_is_followed(house: House, maria: Person) -> None:
    """Story 7: "Checked: sent" asks for the id and tracks it to its end."""
    await lose_the_answer(house, maria)
    await maria.press("Проверено: ушло")
    assert "Пришлите ID из кабинета – проследим доставку" in maria.card
    await maria.say(str(house.sms[0]["id"]))
    await house.go(minutes=1)
    assert maria.card.title == "✅ Доставлено · +79119876543"
    assert len(house.calls()) == 1


async def test_without_an_id_the_word_of_the_admin_stands(house: House, maria: Person) -> None:
    await lose_the_answer(house, maria)
    await maria.press("Проверено: ушло")
    await maria.press("Без ID")
    assert maria.card.title == "📤 Отправлено · +79119876543"
    assert "отмечено вручную: Мария" in maria.card
    await house.go(hours=1)
    assert house.calls("/sms_status2.cgi") == []


async def test_sending_again_takes_two_taps_and_links_the_two(house: House, maria: Person) -> None:
    """Story 7: a duplicate refused is a sign that the first one went, and the first card says so."""
    await lose_the_answer(house, maria)
    await maria.press("Отправить ещё раз")
    assert maria.card.lines[:2] == [
        "⚠️ Риск двойного SMS · +79119876543",
        "Если первое ушло, человек получит два.",
    ]
    assert len(house.calls()) == 1
    await maria.press("Всё равно ещё раз")
    first = maria.find("Исход неизвестен")
    assert "Повторено ниже." in first
    await house.go(seconds=15)
    assert maria.card.title.startswith("❌ Отклонено")
    assert "Такой текст на этот номер уже уходил." in maria.card
    first = maria.find("Исход неизвестен")
    assert first.lines[1] == "Провайдер уже видел такое SMS: скорее всего, первое ушло."
    assert "Отправить ещё раз" not in first.labels
    assert len(house.sms) == 1


async def test_back_from_the_risk_sends_nothing(house: House, maria: Person) -> None:
    await lose_the_answer(house, maria)
    await maria.press("Отправить ещё раз")
    await maria.press("Назад")
    assert maria.card.title == "❓ Исход неизвестен · +79119876543"
    await house.go(minutes=1)
    assert len(house.calls()) == 1


async def test_two_people_who_send_again_at_once_send_once(house: House, maria: Person, ivan: Person) -> None:
    """The same message, on two cards in two chats: one repeat."""
    await lose_the_answer(house, maria)
    house.store.write("DELETE FROM sms2_messages")  # it had not gone
    await ivan.say(f"/status {PHONE}")
    await ivan.press("Отправить ещё раз")
    await house.go(seconds=3)
    async with house.at_once():
        await maria.press("Всё равно ещё раз")
        await ivan.press("Всё равно ещё раз")
    await house.go(seconds=15)
    assert len(house.calls()) == 2
    assert "" in (maria.popups[-1], ivan.popups[-1])


@ON_ONE_DATABASE
@pytest.mark.parametrize("kind", ["error500_after", "html", "empty"])
async def test_an_answer_that_makes_no_sense_is_an_unknown_outcome(house: House, maria: Person, kind: str) -> None:
    house.faults.set("sms2", "sms.cgi", kind)
    await maria.say(f"/send {PHONE} Ваш заказ готов.")
    await maria.press("Отправить")
    await house.go(seconds=10)
    assert maria.card.lines[1].startswith("Провайдер ответил непонятно в 12:04: SMS могло уйти.")
    await house.go(minutes=5)
    assert len(house.calls()) == 1


async def test_a_repeat_that_was_taken_back_is_no_repeat(house: House, maria: Person) -> None:
    """The first card offers to send again as before, and that goes once."""
    await lose_the_answer(house, maria)
    for _ in range(2):
        await maria.press("Отправить ещё раз")
        await maria.press("Всё равно ещё раз")
        await maria.press("Вернуть")
        assert maria.find("Исход неизвестен").labels == ["Проверено: ушло", "Отправить ещё раз"]
    await maria.press("Отправить ещё раз")
    await maria.press("Всё равно ещё раз")
    await house.go(seconds=10)
    assert "Повторено ниже." in maria.find("Исход неизвестен")
    assert len(house.calls()) == 2
