"""Second thoughts: what is taken back, left or changed touches exactly what it was about, and nothing beside it."""

from tests.e2e.house import ON_ONE_DATABASE, House
from tests.e2e.screen import Chat, Person
from tests.e2e.test_unknown_outcome import lose_the_answer

pytestmark = ON_ONE_DATABASE
PHONE, SECOND = "79119876543", "79119876544"


async def test_a_repeat_taken_back_opens_for_its_own_recipient_alone(house: House, maria: Person) -> None:
    """Of three people one gets it again: those who have had it do not come back with him."""
    house.faults.set("sms2", "sms.cgi", "cut_after")
    await maria.say(f"/send {PHONE}, {SECOND}, 79119876545 Привет")
    await maria.press("Отправить: 3")
    await house.go(seconds=30)
    await maria.say(f"/status {PHONE}")
    await maria.press("Отправить ещё раз")
    await maria.press("Всё равно ещё раз")
    await maria.press("Вернуть")
    assert maria.card.title == f"✏️ Проверьте SMS · +{PHONE}"
    assert maria.card.labels[0] == "Отправить"


async def test_back_leaves_its_own_card_alone_and_no_other(house: House, maria: Person) -> None:
    """The id that one card waits for is still waited for when another card is left."""
    await lose_the_answer(house, maria, "Один")
    first = maria.card
    await lose_the_answer(house, maria, "Два")
    second = maria.card
    await maria.press("Проверено: ушло", on=first)
    await maria.press("Отправить ещё раз", on=second)
    await maria.press("Назад", on=maria.find("Риск двойного SMS"))
    assert "Риск двойного SMS" not in "".join(card.title for card in maria.cards)
    await maria.say(str(house.sms[0]["id"]))
    await house.go(minutes=1)
    assert [card.title.split(" · ")[0] for card in maria.cards] == ["✅ Доставлено", "❓ Исход неизвестен"]


async def test_without_an_id_ends_no_other_cards_question(house: House, maria: Person) -> None:
    await lose_the_answer(house, maria, "Один")
    first = maria.card
    await lose_the_answer(house, maria, "Два")
    second = maria.card
    await maria.press("Проверено: ушло", on=first)
    await maria.press("Проверено: ушло", on=second)
    await maria.press("Без ID", on=next(card for card in maria.cards if card.id == first.id))
    await maria.say(str(house.sms[1]["id"]))
    await house.go(minutes=1)
    assert [card.title.split(" · ")[0] for card in maria.cards] == ["📤 Отправлено", "✅ Доставлено"]


async def test_nobody_else_leaves_an_authors_field(
    house: House, maria: Person, ivan: Person, anna: Person, group: Chat
) -> None:
    """Back is an edit of the draft as any other: a viewer, and another operator, are told whose it is."""
    await maria.say(f"/send {PHONE} Привет", at=group)
    await maria.press("Текст", at=group)
    for other in (anna, ivan):
        assert await other.press("Назад", at=group) == "Это черновик: Мария."
        assert group.card.title.startswith("✏️ Новый текст")


async def test_an_edit_of_what_was_asked_about_is_what_is_taken(house: House, maria: Person) -> None:
    """The question shows the new wording, and its answer takes that: the old one is gone."""
    typed = await maria.say(PHONE)
    await maria.edit(typed, SECOND)
    assert SECOND in maria.card
    await maria.press("Взять 1 номер")
    assert maria.card.title == f"✏️ Новое SMS · +{SECOND}"
    assert PHONE not in maria.card


async def test_an_edit_that_makes_a_line_of_send_answers_the_question(house: House, maria: Person) -> None:
    typed = await maria.say("Привет")
    await maria.edit(typed, f"/send {PHONE} Привет")
    assert maria.card.title == f"✏️ Проверьте SMS · +{PHONE}"


async def test_cancel_takes_back_what_is_leaving_before_it_closes_an_old_preview(house: House, maria: Person) -> None:
    """A preview waits for no typing; the send in its window cannot wait."""
    await maria.say(f"/send {PHONE} Старое")
    await maria.say(f"/send {SECOND} Новое")
    await maria.press("Отправить")
    await maria.say("/cancel")
    await house.go(minutes=1)
    assert house.calls() == []
    assert "Вернули: ничего не ушло." in maria.find(SECOND)
    assert maria.find(PHONE).title.startswith("✏️ Проверьте SMS")


async def test_a_test_needs_a_draft_that_could_go(house: House, maria: Person) -> None:
    """Data that no button has, on a draft without a text: the card is shown again, nothing leaves, nothing breaks."""
    await house.change(maria, phone=maria.phone)
    await maria.say(f"/send {PHONE}")
    verb, _, rest = maria.data("Кому").partition(".")
    forged = f"test.{rest.rpartition('.')[0]}."
    assert verb == "edit"
    assert (await maria.forge(forged)).startswith("Карточка изменилась")
    assert house.calls() == []


async def test_what_cannot_be_an_id_marks_nothing(house: House, maria: Person) -> None:
    """It is said so, and the id is still waited for."""
    await lose_the_answer(house, maria)
    await maria.press("Проверено: ушло")
    await maria.say("не нашла где смотреть")
    assert maria.card.lines == [
        "Это не ID: не нашла где смотреть",
        "Пришлите ID как в кабинете, например: 27460",
    ]
    assert maria.find("Исход неизвестен").labels == ["Без ID", "Назад"]
    await maria.say(str(house.sms[0]["id"]))
    await house.go(minutes=1)
    assert maria.find("Доставлено")


async def test_after_a_question_the_draft_that_waited_is_listened_to_again(house: House, maria: Person) -> None:
    """Its card asks for a text all the while: the text is not taken for something new."""
    await maria.say(f"/send {PHONE}")
    await maria.say("/settings")
    await maria.press("Часовой пояс")
    await maria.press("Назад")
    await maria.press("Подпись")
    await maria.say("Sklad")
    await maria.say("Ваш заказ готов.")
    assert maria.card.title == f"✏️ Проверьте SMS · +{PHONE}"
    assert "Ваш заказ готов." in maria.card


async def test_cancel_at_the_own_number_returns_to_the_draft(house: House, maria: Person) -> None:
    """Never in silence: the draft comes below, and listens."""
    await maria.say("/send")
    await maria.press("Себе")
    await maria.say("/cancel")
    assert maria.card.title == "✏️ Новое SMS · кому?"
    await maria.say(PHONE)
    assert maria.card.title == f"✏️ Новое SMS · +{PHONE}"


async def test_contacts_sent_together_are_recipients_of_one_sms(house: House, maria: Person) -> None:
    """Telegram sends each as a message of its own."""
    async with house.at_once():
        for phone in (PHONE, SECOND, PHONE):
            await maria.contact(phone)
    assert [card.title for card in maria.cards] == ["✏️ Новое SMS · 2 получателя"]
    await maria.say("Привет")
    assert "1 повтор убран" in maria.card


async def test_numbers_that_join_a_list_drop_no_bad_one_in_silence(house: House, maria: Person) -> None:
    await maria.say(f"/send {PHONE}, 8911987654 Привет")
    await maria.press("Кому")
    await maria.press("Добавить к списку")
    await maria.say(SECOND)
    assert maria.card.title.startswith("⚠️ Пока нельзя отправить")
    assert "8911987654" in maria.card


async def test_whoever_confirms_may_go_back_from_a_warning(
    house: House, maria: Person, ivan: Person, anna: Person, group: Chat
) -> None:
    """In a group that is any operator, not the author alone, and no viewer."""
    await ivan.say(f"/send {PHONE} Привет", at=group)
    await ivan.press("Отправить", at=group)
    await ivan.say(f"/send {PHONE} Привет", at=group)
    await maria.press("Отправить", at=group)
    assert group.card.title.startswith("⚠️ Точно отправить?")
    assert await anna.press("Назад", at=group) == "Это может оператор или владелец. Ваша роль: наблюдатель."
    assert await maria.press("Назад", at=group) == ""
    assert group.card.title.startswith("✏️ Проверьте SMS")


async def test_an_edited_line_keeps_recipients_that_were_chosen_since(house: House, maria: Person) -> None:
    """The number was corrected on the card: an edit of the text does not bring the old one back."""
    typed = await maria.say(f"/send {PHONE} Привет")
    await maria.edit(typed, f"/send {SECOND} Привет")
    assert maria.card.title == f"✏️ Проверьте SMS · +{SECOND}"
    await maria.press("Кому")
    await maria.say("79119876599")
    await maria.edit(typed, f"/send {SECOND} Привет всем")
    assert maria.card.title == "✏️ Проверьте SMS · +79119876599"
    assert "Привет всем" in maria.card


async def test_a_draft_closed_when_its_card_can_no_longer_be_deleted_loses_its_buttons(
    house: House, maria: Person
) -> None:
    """Telegram lets a bot delete its messages for 48 hours."""
    await maria.say("/send")
    await house.skip(hours=49)
    await maria.say("/cancel")
    assert maria.cards[0].labels == []
