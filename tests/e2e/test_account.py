"""What concerns the whole account is no fault of a message: it stays queued, its card pauses, and says who can help."""

from tests.e2e.house import House
from tests.e2e.screen import Person

PHONE = "79119876543"


async def test_without_money_a_send_pauses_and_goes_on_by_itself_once_there_is_some(
    house: House, maria: Person
) -> None:
    house.account(balance="-10000.00")
    await maria.say(f"/send {PHONE} Привет")
    await maria.press("Отправить")
    await house.go(seconds=10)
    assert maria.card.lines[:2] == [
        "⚠️ Пауза: нет денег · +79119876543",
        "На счёте нет денег. Пополните счёт: продолжим сами.",
    ]
    assert maria.card.labels == ["Продолжить", "Остановить"]
    await house.go(minutes=5)
    assert len(house.calls()) == 1
    house.account(balance="100.00")
    await house.go(minutes=11)
    assert maria.card.title == "✅ Доставлено · +79119876543"
    assert len(house.sms) == 1


async def test_a_login_refused_is_told_to_the_owners(house: House, maria: Person, ivan: Person) -> None:
    """The author learns that it is not his fault; the owner that the login is wrong; both go on by themselves."""
    await maria.say("/start")
    house.account(password="another one")
    await ivan.say(f"/send {PHONE} Привет")
    await ivan.press("Отправить")
    await house.go(seconds=10)
    assert ivan.card.lines[:2] == [
        "⚠️ Пауза: логин не принят · +79119876543",
        "Провайдер не принял логин бота, дело не в вас. Владельцам сообщили.",
    ]
    assert maria.card.title.startswith("⚠️")
    assert maria.card.notified
    house.account(password="pa55-of-the-account")
    await house.go(minutes=15)
    await ivan.press("Продолжить")
    await house.go(minutes=1)
    assert ivan.card.title == "✅ Доставлено · +79119876543"


async def test_a_gateway_switched_off_waits_for_a_person(house: House, maria: Person) -> None:
    """Money shows nothing here: only Resume tries again."""
    house.account(switched_off=True)
    await maria.say(f"/send {PHONE} Привет")
    await maria.press("Отправить")
    await house.go(seconds=10)
    assert maria.card.title == "⚠️ Пауза: шлюз выключен · +79119876543"
    house.account(switched_off=False)
    await house.skip(minutes=20)
    assert len(house.calls()) == 1
    await maria.press("Продолжить")
    await house.go(seconds=30)
    assert maria.card.title == "✅ Доставлено · +79119876543"


async def test_a_paused_send_can_be_stopped_for_good(house: House, maria: Person) -> None:
    house.account(switched_off=True)
    await maria.say(f"/send {PHONE} Привет")
    await maria.press("Отправить")
    await house.go(seconds=10)
    await maria.press("Остановить")
    assert maria.card.title == "🚫 Остановлено · ничего не ушло"
    house.account(switched_off=False)
    await house.skip(minutes=40)
    assert house.sms == []


async def test_another_send_meanwhile_waits_and_names_the_reason(house: House, maria: Person, ivan: Person) -> None:
    house.account(balance="-10000.00")
    await maria.say(f"/send {PHONE} Привет")
    await maria.press("Отправить")
    await house.go(seconds=10)
    await ivan.say("/send 79119876544 Привет")
    await ivan.press("Отправить")
    await house.go(seconds=13)
    assert ivan.card.title == "⏳ Ждёт провайдера · +79119876544"
    assert "На счёте нет денег. Пополните счёт: продолжим сами." in ivan.card
    assert len(house.calls()) == 1
    house.account(balance="100.00")
    await house.go(minutes=11)
    assert sorted(sms["phone"] for sms in house.sms) == [PHONE, "79119876544"]
