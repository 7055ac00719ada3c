"""Long after: what was cleared away meanwhile is had anew where somebody comes back to it, and is called gone elsewhere."""

from tests.e2e.house import House
from tests.e2e.screen import Person
from tests.e2e.test_mms import PHONE, compose, pictures


async def test_a_closed_mms_opens_after_months_with_its_picture(house: House, maria: Person) -> None:
    """Its file is Telegram's to keep: the picture is fetched, fitted and shown once more."""
    await compose(house, maria)
    await maria.press("Закрыть")
    await house.skip(days=60)
    await maria.press("Вернуть черновик")
    await house.go(seconds=5)
    assert maria.card.title == "✏️ Проверьте MMS · +79119876543"
    assert "картинка 640 × 480" in maria.card
    assert len(pictures(house, maria)) == 2
    await maria.press("Отправить MMS")
    await house.go(seconds=10)
    assert [(one["phone"], one["picture"] is not None) for one in house.sms] == [(PHONE, True)]


async def test_a_list_that_was_gathered_months_ago_is_gathered_anew(house: House, maria: Person) -> None:
    await maria.say("/multicast VIP\nсейчас\nСкидка")
    await maria.press("По одному, с отчётом")
    await maria.press("Закрыть")
    await house.skip(days=60)
    await maria.press("Вернуть черновик")
    assert maria.card.title == "⚠️ Номера устарели · VIP"
    await maria.press("Собрать заново")
    assert maria.card.labels[0] == "Запустить: 12"


async def test_a_button_of_a_notice_that_is_gone_says_so(house: House, maria: Person) -> None:
    """Its message still stands in the chat, far above."""
    await maria.say("/bases")
    await maria.say("/bases")
    old = next(card for card in maria.cards if card.labels)
    await house.skip(days=100)
    assert await maria.press(old.labels[0], on=old) == "Этого больше нет. Откройте /history."
