"""News of delivery, and how loudly it comes: the table of CARDS 1.5."""

from sandbox.sms2 import messages
from tests.e2e.house import House
from tests.e2e.screen import Person

PHONE, DEAD, MUTE, STOPPED = "79119876543", "79110000002", "79110000003", "79110000001"


async def send(person: Person, phone: str = PHONE) -> None:
    """Confirm one SMS."""
    await person.say(f"/send {phone} Привет")
    await person.press("Отправить")


async def test_from_confirming_to_delivered_one_message_is_edited_in_silence(house: House, maria: Person) -> None:
    await send(maria)
    card, rings = maria.card.id, maria.rings
    await house.go(seconds=30)
    assert maria.card.title == "✅ Доставлено · +79119876543"
    assert (maria.card.id, maria.rings) == (card, rings)


async def test_what_is_typed_into_a_draft_raises_it_without_a_sound(house: House, maria: Person) -> None:
    await maria.say(f"/send {PHONE}")
    card, rings = maria.card.id, maria.rings
    await maria.say("Привет")
    assert maria.card.id > card
    assert maria.rings == rings
    assert len(maria.cards) == 1


async def test_not_delivered_raises_the_card_loudly(house: House, maria: Person) -> None:
    await send(maria, DEAD)
    card, rings = maria.card.id, maria.rings
    await house.go(seconds=30)
    assert maria.card.lines == [
        "❌ Не доставлено · +79110000002",
        "Номер заблокирован, не существует или не принимает SMS.",
        "Проверьте номер. Повтор платный.",
    ]
    assert maria.card.id > card
    assert maria.rings == rings + 1
    assert len(maria.cards) == 1


async def test_a_refusal_edits_for_whoever_is_there_and_rings_for_whoever_has_left(house: House, maria: Person) -> None:
    """The last action here was under a minute ago, or it was not."""
    await send(maria, STOPPED)
    rings = maria.rings
    await house.go(seconds=15)
    assert maria.card.title == "❌ Отклонено · +79110000001"
    assert maria.rings == rings
    await house.provider_down()
    await maria.say(f"/send {STOPPED} Другое")
    await maria.press("Отправить")
    await house.go(seconds=90)
    rings = maria.rings
    await house.provider_up()
    await house.go(seconds=60)
    assert maria.card.title == "❌ Отклонено · +79110000001"
    assert maria.rings == rings + 1


async def test_no_report_after_three_days_is_said_and_a_late_one_still_counts(house: House, maria: Person) -> None:
    await send(maria, MUTE)
    await house.go(seconds=20)
    rings = maria.rings
    await house.skip(hours=72)
    assert maria.card.lines == [
        "❓ Нет отчёта · +79110000003",
        "Отправлено 24 нояб., 12:04; за 72 ч оператор не ответил.",
        "SMS могло дойти.",
    ]
    assert maria.rings == rings + 1
    messages.override(house.store, house.sms[0]["id"], "delivered")
    await maria.press("Проверить")
    assert maria.card.title == "✅ Доставлено · +79110000003"


async def test_no_report_at_night_makes_no_sound(house: House, maria: Person) -> None:
    """By the reader's own clock: it is 22:30 in Vladivostok when it is 15:30 in Moscow."""
    await house.change(maria, zone="Asia/Vladivostok")
    await house.skip(hours=3, minutes=30)
    await send(maria, MUTE)
    await house.go(seconds=20)
    card, rings = maria.card.id, maria.rings
    await house.skip(hours=72)
    assert maria.card.title == "❓ Нет отчёта · +79110000003"
    assert maria.card.id > card
    assert maria.rings == rings


async def test_a_batch_that_ends_rings_by_day_and_not_by_night(house: House, maria: Person) -> None:
    for rings_more, wait in ((1, 0), (0, 11)):
        await house.skip(hours=wait)
        await maria.say(f"/send {PHONE} 79119876544 Привет{wait}")
        await maria.press("Отправить: 2")
        if wait:
            assert "• Сейчас ночь (22–09, Москва)" in maria.card
            await maria.press("Да, отправить")
        rings = maria.rings
        await house.go(seconds=30)
        assert maria.card.title == "✅ Доставлены все 2"
        assert maria.rings == rings + rings_more


async def test_a_card_that_somebody_deleted_is_sent_anew_with_the_next_news(house: House, maria: Person) -> None:
    await send(maria)
    await house.do("delete", chat=maria.id, message_id=maria.card.id)
    await house.go(seconds=30)
    assert [card.title for card in maria.cards] == ["✅ Доставлено · +79119876543"]


async def test_check_now_without_news_says_when_it_was_checked(house: House, maria: Person) -> None:
    await send(maria, MUTE)
    await house.go(minutes=2)
    await maria.press("Проверить")
    assert maria.card.lines[1] == "12:04, ждём отчёт оператора. Проверено в 12:06."
    assert maria.card.labels == ["Проверить", "Новое SMS"]


async def test_delivery_is_asked_for_on_schedule_and_no_more(house: House, maria: Person) -> None:
    """10, 30 and 60 seconds, then five minutes: a status call costs the provider something, too."""
    await send(maria, MUTE)
    await house.go(seconds=10 + 10 + 30 + 60 + 5)
    assert len(house.calls("/sms_status2.cgi")) == 3
    await house.go(minutes=5)
    assert len(house.calls("/sms_status2.cgi")) == 4


async def test_again_is_a_draft_and_never_a_send(house: House, maria: Person) -> None:
    """And it warns that the same text has just gone there."""
    await send(maria)
    await house.go(seconds=30)
    await maria.press("Ещё раз")
    assert maria.card.title == "✏️ Проверьте SMS · +79119876543"
    assert "Этот текст ушёл на этот номер в 12:04: возможен отказ «дубль»" in maria.card
    await maria.press("Отправить")
    assert maria.card.title == "⚠️ Точно отправить? · +79119876543"
    await maria.press("Назад")
    await house.go(minutes=1)
    assert len(house.calls()) == 1
