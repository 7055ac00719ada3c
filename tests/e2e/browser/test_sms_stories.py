"""CARDS' usability stories in a real browser, on a screen of 360 px: the words on it, no press too many, no unintended send."""

import pytest
from playwright.async_api import expect

from tests.e2e.browser_house import BrowserHouse, Viewer
from tests.sandbox.telegram_client import GROUP, JOHN, MARIA, PETR

pytest_plugins = ["tests.browser"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
PHONE = "79119876543"


async def test_a_first_sms_needs_two_presses(house: BrowserHouse, maria: Viewer) -> None:
    """Story 1: each step is one live card; after the confirming press it goes to its end by itself."""
    await maria.say("/start")
    await maria.see("SMS из Telegram")
    await maria.press("Новое SMS")
    await maria.see("Новое SMS · кому?")
    await maria.say("8 911 987-65-43")
    await maria.see("Новое SMS · +79119876543")
    await maria.say("Ваш заказ 1042 готов.")
    await maria.see("Проверьте SMS · +79119876543", "Ещё не отправлено. 5,00 ₽", "Ваш заказ 1042 готов.")
    await maria.press_first()
    await maria.see("Сейчас уйдёт", "Можно вернуть до 12:04:")
    house.go(seconds=10)
    await maria.see("Отправлено", "ID 27460 · MyShop · 5,00 ₽")
    house.go(seconds=10)
    await maria.see("Доставлено · +79119876543")
    await maria.see_only("SMS из Telegram", "✅ Доставлено · +79119876543")
    assert (maria.presses, maria.typed) == (2, 3)
    assert house.received == [(PHONE, "Ваш заказ 1042 готов.")]
    await maria.page.show("phones")
    await expect(maria.page.see(f"phone-{PHONE}")).to_contain_text("Ваш заказ 1042 готов.")


@pytest.mark.parametrize("options", [{"owners": f"{MARIA},{JOHN}"}])
async def test_a_first_sms_needs_two_presses_in_english_too(house: BrowserHouse) -> None:
    """Story 1 once more, as John reads it."""
    john = await house.viewer(JOHN)
    await john.say("/start")
    await john.see("SMS from Telegram")
    await john.press("New SMS")
    await john.see("New SMS · who to?")
    await john.say("8 911 987-65-43")
    await john.see("New SMS · +79119876543")
    await john.say("Your order 1042 is ready.")
    await john.see("Check the SMS · +79119876543", "Not sent yet. 5.00 ₽", "Your order 1042 is ready.")
    await john.press_first()
    await john.see("Leaving now", "Can be taken back until 12:04:")
    house.go(seconds=10)
    await john.see("Sent", "ID 27460 · MyShop · 5.00 ₽")
    house.go(seconds=10)
    await john.see("Delivered · +79119876543")
    await john.see_only("SMS from Telegram", "✅ Delivered · +79119876543")
    assert (john.presses, john.typed) == (2, 3)
    assert house.received == [(PHONE, "Your order 1042 is ready.")]


async def test_second_thoughts_leave_the_draft_and_send_nothing(house: BrowserHouse, maria: Viewer) -> None:
    """Story 2: a sign that cannot go is named and replaced; Undo gives the draft back whole."""
    await maria.say(f"/send {PHONE} Скидка 500 ₽")
    await maria.see("Пока нельзя отправить", "₽ → руб.")
    await maria.see_buttons("Исправить всё", "Текст", "Кому", "Подпись", "Закрыть")
    await maria.press("Исправить всё")
    await maria.see("Исправлено: 1 знак. Ещё не отправлено.", "Скидка 500 руб.")
    await maria.press("Отправить")
    await maria.see("Сейчас уйдёт")
    await maria.press("Вернуть")
    await maria.see("Проверьте SMS · +79119876543", "Вернули: ничего не ушло", "Скидка 500 руб.")
    house.go(minutes=1)
    await maria.page.show("phones")
    await expect(maria.page.page.locator("#no-phones")).to_be_visible()
    await maria.see_only("✏️ Проверьте SMS · +79119876543")
    assert (maria.presses, maria.typed) == (3, 1)
    assert house.received == []


async def test_letters_of_two_alphabets_are_repaired_by_one_tap(house: BrowserHouse, maria: Viewer) -> None:
    """Story 3: both words are named with the Latin letter; then the first button sends."""
    await maria.say(f"/send {PHONE} Cкидка в мaгазине")
    await maria.see(
        "Cкидка: латинская «C» среди русских букв → Скидка", "мaгазине: латинская «a» среди русских букв → магазине"
    )
    await maria.press_first()
    await maria.see("Исправлено: 2 слова. Ещё не отправлено.", "Скидка в магазине")
    await maria.press_first()
    await maria.see("Сейчас уйдёт")
    house.go(seconds=10)
    await maria.see("Отправлено · +79119876543")
    assert maria.presses == 2
    assert house.received == [(PHONE, "Скидка в магазине")]


@pytest.mark.parametrize("options", [{"default_sender": "Shop24"}])
async def test_only_the_sender_changes(house: BrowserHouse, maria: Viewer) -> None:
    """Story 4: a bad one is refused in a line with the rule, the old one stays; Back changes nothing."""
    await maria.say(f"/send {PHONE} Ваш заказ готов.")
    await maria.press("Подпись")
    await maria.see("Новая подпись · сейчас Shop24", "Пришлите подпись: 3–11 латинских букв и цифр.")
    await maria.press("Назад")
    await maria.see("Проверьте SMS", "Подпись: Shop24", "Ваш заказ готов.")
    await maria.press("Подпись")
    await maria.see("Новая подпись")
    await maria.say("Магазин")
    await maria.see("Подпись «Магазин»: нужны 3–11 латинских букв и цифр, хотя бы одна буква", "сейчас Shop24")
    await maria.say("MyShop")
    await maria.see("Проверьте SMS · +79119876543", "Подпись: MyShop", "Ваш заказ готов.")
    await maria.see_only("✏️ Проверьте SMS · +79119876543")
    assert (maria.presses, house.received) == (3, [])


async def test_a_phone_inside_a_forwarded_promo_is_no_recipient(house: BrowserHouse, maria: Viewer) -> None:
    """Story 5: the bot asks what it is; as the text, its number is left alone."""
    promo = "Звоните 8 911 000-00-01"
    await maria.page.attach("Переслать текст…")
    await maria.page.see("question").get_by_label("Текст").fill(promo)
    await maria.page.page.get_by_role("button", name="Переслать").click()
    await maria.see("Что это? · 1 номер в тексте", "Выберите, куда это положить.", promo)
    await maria.press("Это текст SMS")
    await maria.see("Новое SMS · кому?")
    await maria.say(PHONE)
    await maria.see("Проверьте SMS · +79119876543", promo)
    await maria.press_first()
    await maria.see("Сейчас уйдёт")
    house.go(seconds=10)
    await maria.see("Отправлено · +79119876543")
    assert maria.presses == 2
    assert house.received == [(PHONE, promo)]


async def test_one_bad_and_one_stop_listed_number_stop_nobody_else(house: BrowserHouse, maria: Viewer) -> None:
    """Story 6: the bad one is named with its cause, the stop-listed one by its number, and nobody offers to retry it."""
    await maria.say("/send")
    await maria.see("Новое SMS · кому?")
    await maria.say("79119876543, 8 921 111-22-33, +7 (931) 444-55-66, 79110000001\n8911987654\n8 911 987-65-43")
    await maria.see("Новое SMS")
    await maria.say("Смена начнётся в 9.")
    await maria.see("Пока нельзя отправить", "8911987654: 10 цифр, нужно 11")
    await maria.press("Убрать плохие: 1")
    await maria.see("Проверьте SMS · 4 получателя", "всего 20,00 ₽", "1 повтор убран")
    await maria.press("Отправить: 4")
    await maria.see("Сейчас уйдёт")
    house.go(seconds=10)
    await maria.see("Отправлено")
    house.go(seconds=4)
    await maria.see("Отправлено 4 из 4", "Отклонено 1 · ждут отчёта 3")
    house.go(seconds=10)
    await maria.see("⚠️ Доставлено 3 из 4", "Стоп-лист 1", "+79110000001 – отклонено – стоп-лист")
    await maria.see_buttons("Список", "Ещё раз", "Новое SMS")
    assert (maria.presses, maria.typed) == (2, 3)
    await maria.see_only("⚠️ Доставлено 3 из 4")
    assert sorted(phone for phone, _ in house.received) == ["79119876543", "79211112233", "79314445566"]


async def test_a_line_that_breaks_mid_send_calls_the_person_and_repeats_nothing(
    house: BrowserHouse, maria: Viewer
) -> None:
    """Story 7: after two minutes away a new notification says what is unknown; Send again takes two taps."""
    await maria.page.show("faults")
    await maria.page.page.get_by_role("button", name="Связь рвётся после приёма SMS").click()
    await expect(maria.page.see("fault")).to_be_visible()
    await maria.page.show("chat")
    await maria.say(f"/send {PHONE} Ваш заказ готов.")
    await maria.press("Отправить")
    await maria.see("Сейчас уйдёт")
    house.go(minutes=2)
    await maria.see(
        "❓ Исход неизвестен", "SMS могло уйти. Сами не повторим.", "Найдите номер в отчётах на my.sms2.ru."
    )
    await expect(maria.page.newest.get_by_label("со звуком")).to_be_visible()
    house.go(minutes=2)
    await maria.page.show("phones")
    await expect(maria.page.see(f"phone-{PHONE}").locator("li.sms")).to_have_count(1)
    await maria.page.show("chat")
    await maria.press("Отправить ещё раз")
    await maria.see("⚠️ Риск двойного SMS", "Если первое ушло, человек получит два.")
    assert house.received == [(PHONE, "Ваш заказ готов.")]
    await maria.see_buttons("Всё равно ещё раз", "Назад")
    await maria.press("Назад")
    await maria.see("Исход неизвестен")
    assert maria.presses == 3


async def test_a_stranger_gets_nothing_until_an_owner_lets_him_in(house: BrowserHouse, maria: Viewer) -> None:
    """Story 10: no answer, no endless spinner, one notice that asks for the role."""
    await maria.say("/start")
    await maria.see("SMS из Telegram")
    in_group = await house.viewer(MARIA, GROUP)
    await in_group.say(f"/send {PHONE} Ваш заказ готов.")
    await in_group.see("Проверьте SMS")
    stranger = await house.viewer(PETR, GROUP)
    await stranger.press("Отправить")
    await expect(stranger.page.button("Отправить")).not_to_have_attribute("data-spinning", "")
    await stranger.see("Проверьте SMS")
    stranger = await house.viewer(PETR)
    await stranger.say("/start")
    await stranger.say("Есть кто?")
    await house.viewer(MARIA)
    await maria.see("⚠️ Незнакомый человек · Пётр", "id 1003, @petr. Бот не ответил.")
    await maria.see_only("SMS из Telegram", "⚠️ Незнакомый человек · Пётр")
    await maria.press("Дать доступ")
    await maria.see_buttons("Наблюдатель", "Оператор", "Владелец", "Назад")
    stranger = await house.viewer(PETR)
    await stranger.see_only()
    await house.viewer(MARIA)
    await maria.press("Оператор")
    await maria.see("✅ Доступ дан · Пётр", "Роль: оператор. Решение: Мария, 12:04.")
    assert (stranger.presses, maria.presses, house.received) == (1, 2, [])


async def test_a_press_on_an_outdated_card_sends_nothing(house: BrowserHouse, maria: Viewer) -> None:
    """Story 10: while the card still shows the old text, its button says that it has changed, and does nothing."""
    await maria.say(f"/send {PHONE} Ваш заказ готов.")
    await maria.see("Проверьте SMS", "Ваш заказ готов.")
    house.faults.set("telegram", "editMessageText", "429", times=1, retry_after=30)
    own = maria.page.page.locator("#messages > .message.own")
    await own.get_by_label("Действия с сообщением").click()
    await maria.page.page.get_by_role("menuitem", name="Изменить").click()
    await maria.say(f"/send {PHONE} Ваш заказ отменён.")
    await expect(own).to_contain_text("отменён")
    await maria.press("Отправить")
    await expect(maria.page.see("alert")).to_contain_text("Карточка изменилась, это нажатие ничего не сделало.")
    await maria.page.see("alert").get_by_role("button", name="OK").click()
    await house.struck()
    house.go(seconds=31)
    await maria.see("Проверьте SMS", "Ваш заказ отменён.")
    house.go(minutes=1)
    await maria.see_only("✏️ Проверьте SMS · +79119876543")
    assert (maria.presses, house.received) == (1, [])
