"""Several recipients on one card: CARDS' usability story 6, stopping, the list, one message opened."""

from tests.e2e.house import House
from tests.e2e.screen import Person

GOOD = ("79119876501", "79119876502")
STOPPED, DEAD = "79110000001", "79110000002"


async def test_five_people_one_bad_one_repeated_one_on_the_stop_list(house: House, maria: Person) -> None:
    """Story 6: causes are named before and after, and a stop-listed number is never retried."""
    await maria.say("/send")
    await maria.say(f"{GOOD[0]}\n{GOOD[1]}\n79119876503\n{STOPPED}\n8911987654\n{GOOD[0]}")
    await maria.say("Скидка 20 %")
    assert maria.card.title == "⚠️ Пока нельзя отправить · 4 получателя"
    assert "8911987654: 10 цифр, нужно 11" in maria.card
    assert maria.card.labels[0] == "Убрать плохие: 1"
    await maria.press("Убрать плохие: 1")
    assert maria.card.title == "✏️ Проверьте SMS · 4 получателя"
    assert "1 повтор убран" in maria.card
    await maria.press("Отправить: 4")
    assert maria.card.title == "⏳ Сейчас уйдёт · 4 получателя"
    await house.go(seconds=10)
    assert maria.card.title == "📤 Отправлено 4 из 4 · MyShop"
    assert maria.card.lines[1] == "Отклонено 1 · ждут отчёта 3"
    await house.go(seconds=10)
    assert maria.card.lines[:2] == ["⚠️ Доставлено 3 из 4", "Стоп-лист 1"]
    assert "+79110000001 – отклонено – стоп-лист" in maria.card
    assert maria.card.buttons == (("Список",), ("Ещё раз", "Новое SMS"))


async def test_retry_opens_a_draft_with_only_those_worth_another_try(house: House, maria: Person) -> None:
    """Story 6: the stop-listed and the delivered stay out; and a draft is no send."""
    await maria.say(f"/send {GOOD[0]} {STOPPED} {DEAD} Скидка")
    await maria.press("Отправить: 3")
    await house.go(seconds=20)
    assert maria.card.lines[:2] == ["⚠️ Доставлено 1 из 3", "Не доставлено 1 · стоп-лист 1"]
    await maria.press("Повторить: 1")
    assert maria.card.title == "✏️ Проверьте SMS · +79110000002"
    await house.go(minutes=1)
    assert len(house.calls()) == 3


async def test_all_delivered_needs_no_list_of_failures(house: House, maria: Person) -> None:
    await maria.say(f"/send {GOOD[0]} {GOOD[1]} Скидка")
    await maria.press("Отправить: 2")
    await house.go(seconds=20)
    assert maria.card.title == "✅ Доставлены все 2"


async def test_stop_keeps_back_what_has_not_left(house: House, maria: Person) -> None:
    """What went went; the rest is cancelled, and says so."""
    house.account(balance="0.00", overdraft="-10.00")
    await maria.say(f"/send {' '.join(f'791198765{n:02}' for n in range(10, 16))} Скидка")
    await maria.press("Отправить: 6")
    await house.go(seconds=10)
    assert maria.card.title == "⚠️ Пауза: нет денег · ушло 2 из 6"
    await maria.press("Остановить")
    await house.go(minutes=5)
    assert maria.card.lines[:2] == ["🚫 Остановлено · ушло 2 из 6", "Доставлено 2 · отменено 4"]
    assert len(house.sms) == 2


async def test_the_list_opens_one_message_and_closes_again(house: House, maria: Person) -> None:
    await maria.say(f"/send {GOOD[0]} {DEAD} Скидка")
    await maria.press("Отправить: 2")
    await house.go(seconds=20)
    summary = maria.card.lines
    await maria.press("Список")
    assert "1. +79110000002 – не доставлено" in maria.card
    assert "2. +79119876501 – доставлено" in maria.card
    assert maria.card.labels == ["1", "2", "Назад"]
    await maria.press("Назад")
    assert maria.card.lines == summary
    await maria.press("Список")
    await maria.press("1")
    await house.go(seconds=3)
    assert maria.card.title == "❌ Не доставлено · +79110000002"
