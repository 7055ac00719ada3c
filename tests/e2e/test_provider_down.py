"""A provider that cannot be reached: nothing is lost, nothing is late."""

from tests.e2e.house import House
from tests.e2e.screen import Person

PHONE = "79119876543"


async def confirm(house: House, person: Person) -> None:
    """Send one SMS, past its undo window, to a provider that refuses connections."""
    await house.provider_down()
    await person.say(f"/send {PHONE} Привет")
    await person.press("Отправить")
    await house.go(seconds=14)


async def test_a_send_waits_for_the_provider_and_goes_by_itself(house: House, maria: Person) -> None:
    """Nothing was written, so trying again is safe."""
    await confirm(house, maria)
    assert maria.card.lines == [
        "⏳ Ждёт провайдера · +79119876543",
        "Провайдер не отвечает с 12:04. SMS не ушло, пробуем сами.",
        "Не выйдет до 12:34 – остановим и спросим.",
    ]
    rings = maria.rings
    await house.skip(minutes=5)
    await house.provider_up()
    await house.go(minutes=2)
    assert maria.card.title == "✅ Доставлено · +79119876543"
    assert maria.rings == rings
    assert len(house.calls()) == 1


async def test_whoever_will_not_wait_stops_it(house: House, maria: Person) -> None:
    await confirm(house, maria)
    await maria.press("Не ждать")
    assert maria.card.title == "🚫 Остановлено · ничего не ушло"
    assert maria.card.labels == ["Ещё раз"]
    await house.provider_up()
    await house.skip(minutes=40)
    assert house.sms == []


async def test_what_could_not_leave_in_time_asks_and_is_sent_on_demand_alone(house: House, maria: Person) -> None:
    """After half an hour, a restart included, it is too late to send unasked."""
    await confirm(house, maria)
    rings = maria.rings
    await house.skip(minutes=20)
    await house.restart()
    await house.skip(minutes=11)
    assert maria.card.lines[:2] == [
        "⚠️ Не отправлено вовремя · +79119876543",
        "Провайдер не отвечал 31 мин. Ничего не ушло.",
    ]
    assert maria.card.labels == ["Отправить сейчас", "Закрыть"]
    assert maria.rings == rings + 1
    await house.provider_up()
    await house.skip(minutes=20)
    assert house.sms == []
    assert await maria.press("Отправить сейчас") == ""
    await house.go(seconds=30)
    assert maria.card.title == "✅ Доставлено · +79119876543"
    assert len(house.calls()) == 1


async def test_what_could_not_leave_in_time_can_be_closed(house: House, maria: Person) -> None:
    await confirm(house, maria)
    await house.skip(minutes=31)
    await maria.press("Закрыть")
    assert maria.card.title == "🚫 Остановлено · ничего не ушло"
    await house.provider_up()
    await house.go(minutes=5)
    assert house.sms == []


async def test_send_now_pressed_on_two_cards_at_once_sends_once(house: House, maria: Person, ivan: Person) -> None:
    """The same batch on cards of two chats."""
    await confirm(house, maria)
    await house.skip(minutes=31)
    await ivan.say(f"/status {PHONE}")
    await house.provider_up()
    async with house.at_once():
        await maria.press("Отправить сейчас")
        await ivan.press("Отправить сейчас")
    await house.go(minutes=1)
    assert len(house.calls()) == 1
    assert len(house.sms) == 1


async def test_a_bot_that_was_down_for_too_long_asks_before_it_sends(house: House, maria: Person) -> None:
    """Confirmed, then the machine was off for an hour: the minutes count all the same."""
    await maria.say(f"/send {PHONE} Привет")
    await maria.press("Отправить")
    house.time.go(hours=1)
    await house.restart()
    await house.go(minutes=1)
    assert house.sms == []
    assert maria.card.title == "⚠️ Не отправлено вовремя · +79119876543"


async def test_a_send_that_was_late_because_nobody_was_there_to_send_it_says_so(house: House, maria: Person) -> None:
    """The provider is not blamed for a standstill of the bot."""
    await maria.say("/send 79119876543 Ваш заказ готов.")
    await maria.press("Отправить")
    await house.skip(minutes=45)
    assert maria.card.lines[:2] == [
        "⚠️ Не отправлено вовремя · +79119876543",
        "Бот не работал, когда пора было отправлять. Ничего не ушло.",
    ]
    assert house.sms == []
