"""From nothing to delivered: CARDS' usability stories 1 to 5."""

from tests.e2e.house import House
from tests.e2e.screen import Person

PHONE = "79119876543"


async def test_a_first_sms_by_dialogue_ends_as_one_delivered_card(house: House, maria: Person) -> None:
    """Story 1: each step is one live card, and after the confirming press nothing more is needed."""
    await maria.say("/start")
    assert maria.card.title == "SMS из Telegram"
    await maria.press("Новое SMS")
    assert maria.card.title == "✏️ Новое SMS · кому?"
    await maria.say("8 911 987-65-43")
    assert maria.card.title == "✏️ Новое SMS · +79119876543"
    await maria.say("Ваш заказ 1042 готов.")
    assert "Ещё не отправлено" in maria.card
    assert maria.card.labels[0] == "Отправить"
    await maria.press(maria.card.labels[0])
    assert maria.card.title == "⏳ Сейчас уйдёт · +79119876543"
    await house.go(seconds=10)
    assert maria.card.title == "📤 Отправлено · +79119876543"
    assert "ID 27460 · MyShop" in maria.card
    await house.go(seconds=10)
    assert maria.card.lines == ["✅ Доставлено · +79119876543", "12:04, через 10 с.", "ID 27460 · MyShop"]
    assert [one.title for one in maria.cards] == ["SMS из Telegram", "✅ Доставлено · +79119876543"]
    assert [(sms["phone"], sms["text"]) for sms in house.sms] == [(PHONE, "Ваш заказ 1042 готов.")]


async def test_the_same_dialogue_speaks_english_to_whoever_reads_it(house: House, john: Person) -> None:
    """Story 1 once more, in English."""
    await john.say("/start")
    await john.press("New SMS")
    assert john.card.title == "✏️ New SMS · who to?"
    await john.say("8 911 987-65-43")
    await john.say("Your order 1042 is ready.")
    assert john.card.lines[:3] == [
        "✏️ Check the SMS · +79119876543",
        "Not sent yet.",
        "Sender: MyShop · 1 part · not flash",
    ]
    await john.press("Send")
    await house.go(seconds=20)
    assert john.card.lines == ["✅ Delivered · +79119876543", "12:04, after 10 s.", "ID 27460 · MyShop"]


async def test_a_line_that_cannot_go_is_repaired_confirmed_and_taken_back(house: House, maria: Person) -> None:
    """Story 2: after Undo nothing has left, and text and number are still there."""
    await maria.say(f"/send {PHONE} Скидка 500 ₽")
    assert maria.card.title == "⚠️ Пока нельзя отправить · +79119876543"
    assert "₽ → руб." in maria.card
    assert maria.card.labels[0] == "Исправить всё"
    assert "Отправить" not in maria.card.labels
    await maria.press("Исправить всё")
    assert maria.card.lines[1] == "Исправлено: 1 знак. Ещё не отправлено."
    assert "Скидка 500 руб." in maria.card
    await maria.press("Отправить")
    assert "Можно вернуть до 12:04:10." in maria.card
    await maria.press("Вернуть")
    assert maria.card.lines[:2] == ["✏️ Проверьте SMS · +79119876543", "Вернули: ничего не ушло."]
    assert "Скидка 500 руб." in maria.card
    await house.go(minutes=5)
    assert house.calls() == []
    assert len(maria.cards) == 1


async def test_mixed_letters_are_named_and_repaired_with_one_tap(house: House, maria: Person) -> None:
    """Story 3: both words are named with the Latin letter; then the first button sends."""
    await maria.say(f"/send {PHONE} Cкидка в мaгазине")
    assert maria.card.lines[1:3] == [
        "Cкидка: латинская «C» среди русских букв → Скидка",
        "мaгазине: латинская «a» среди русских букв → магазине",
    ]
    await maria.press("Исправить всё")
    assert maria.card.lines[1] == "Исправлено: 2 слова. Ещё не отправлено."
    await maria.press(maria.card.labels[0])
    await house.go(seconds=10)
    assert [sms["text"] for sms in house.sms] == ["Скидка в магазине"]


async def test_only_the_sender_changes_when_only_the_sender_is_edited(house: House, maria: Person) -> None:
    """Story 4: a refusal keeps the old value, Back changes nothing, a good one replaces that field alone."""
    await maria.say(f"/send {PHONE} Ваш заказ готов.")
    before = maria.card.text
    await maria.press("Подпись")
    assert maria.card.lines[0] == "✏️ Новая подпись · сейчас MyShop"
    await maria.say("Магазин")
    assert "Подпись «Магазин»: нужны 3–11 латинских букв и цифр, хотя бы одна буква" in maria.card
    assert maria.card.title == "✏️ Новая подпись · сейчас MyShop"
    await maria.press("Назад")
    assert maria.card.text == before
    await maria.press("Подпись")
    await maria.say("Clinic")
    assert maria.card.text == before.replace("MyShop", "Clinic")
    await maria.press("Отправить")
    await house.go(seconds=10)
    assert [(sms["phone"], sms["sender"], sms["text"]) for sms in house.sms] == [(PHONE, "Clinic", "Ваш заказ готов.")]


async def test_a_forwarded_promo_becomes_the_text_and_its_number_no_recipient(house: House, maria: Person) -> None:
    """Story 5, first answer."""
    await maria.forward("Звоните 8 911 000-00-09")
    assert maria.card.title == "✏️ Что это? · 1 номер в тексте"
    assert maria.card.labels == ["Взять 1 номер", "Это текст SMS", "Закрыть"]
    await maria.press("Это текст SMS")
    assert maria.card.title == "✏️ Новое SMS · кому?"
    await maria.say(PHONE)
    assert maria.card.title == "✏️ Проверьте SMS · +79119876543"
    assert "Звоните 8 911 000-00-09" in maria.card


async def test_a_forwarded_number_becomes_the_recipient_where_its_sender_says_so(house: House, maria: Person) -> None:
    """Story 5, the other answer."""
    await maria.forward("Звоните 8 911 000-00-09")
    await maria.press("Взять 1 номер")
    assert maria.card.title == "✏️ Новое SMS · +79110000009"
    assert "Пришлите текст, до 268 знаков." in maria.card


async def test_a_text_without_numbers_is_asked_about_and_may_be_sent(house: House, maria: Person) -> None:
    await maria.say("Привет")
    assert maria.card.title == "✏️ Отправить это как SMS?"
    assert maria.card.labels == ["Да, выбрать номер", "Закрыть"]
    await maria.press("Да, выбрать номер")
    assert maria.card.title == "✏️ Новое SMS · кому?"
