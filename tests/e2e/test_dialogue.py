"""Every step of the dialogue: nonsense, repeats and wrong order; commands are no answers; /cancel goes one step back."""

import pytest

from tests.e2e.house import ON_ONE_DATABASE, House
from tests.e2e.screen import Person

pytestmark = ON_ONE_DATABASE
PHONE = "79119876543"
STEPS = {
    "phones": ("/send", "✏️ Новое SMS · кому?"),
    "text": (f"/send {PHONE}", "✏️ Новое SMS · +79119876543"),
    "preview": (f"/send {PHONE} Привет", "✏️ Проверьте SMS · +79119876543"),
    "blocked": (f"/send {PHONE} Cкидка", "⚠️ Пока нельзя отправить · +79119876543"),
    "which": ("Привет", "✏️ Отправить это как SMS?"),
}
FIELDS = {
    "Текст": "✏️ Новый текст · было:",
    "Кому": "✏️ Новые получатели · было:",
    "Подпись": "✏️ Новая подпись · сейчас MyShop",
}


@pytest.mark.parametrize("nonsense", ["абракадабра", "112", "<b>&", "8911", "🙂"])
async def test_nonsense_for_a_number_is_refused_as_often_as_it_comes(
    house: House, maria: Person, nonsense: str
) -> None:
    """The question stands, the reason is on the card, and a good answer still counts."""
    await maria.say("/send")
    for _ in range(2):
        await maria.say(nonsense)
        assert maria.card.title == "✏️ Новое SMS · кому?"
        assert len(maria.card.lines) >= 3
        assert len(maria.cards) == 1
    await maria.say(PHONE)
    assert maria.card.title == "✏️ Новое SMS · +79119876543"


async def test_a_number_typed_twice_is_first_the_recipient_and_then_the_text(house: House, maria: Person) -> None:
    """Out of order: a draft that waits for text takes it whole as text."""
    await maria.say("/send")
    await maria.say(PHONE)
    await maria.say(PHONE)
    assert maria.card.title == "✏️ Проверьте SMS · +79119876543"
    assert maria.card.lines[3] == PHONE


async def test_a_text_typed_after_the_preview_is_no_part_of_it(house: House, maria: Person) -> None:
    """Nothing listens any more: what comes next is asked about."""
    await maria.say(f"/send {PHONE} Привет")
    await maria.say("И ещё")
    assert maria.card.title == "✏️ Отправить это как SMS?"
    assert "Привет" in maria.find("Проверьте SMS")


@pytest.mark.parametrize("label", FIELDS)
async def test_a_field_keeps_its_value_until_a_good_one_comes(house: House, maria: Person, label: str) -> None:
    """Two bad answers and Back leave the preview as it was."""
    await maria.say(f"/send {PHONE} Привет")
    before = maria.card.text
    await maria.press(label)
    assert maria.card.title == FIELDS[label]
    if label != "Текст":  # any text is a text
        for _ in range(2):
            await maria.say("не то")
            assert maria.card.title == FIELDS[label]
    await maria.press("Назад")
    assert maria.card.text == before


@pytest.mark.parametrize("step", STEPS)
async def test_a_command_is_never_an_answer(house: House, maria: Person, step: str) -> None:
    """It is answered below; the draft stays as it was, and where it waits it is one press away."""
    said, title = STEPS[step]
    await maria.say(said)
    before = maria.card
    for command in ("/help", "/balance", "/status", "/settings", "/nonsense", "/start"):
        last = maria.card.id
        await maria.say(command)
        assert maria.card.id > last
        assert maria.find(title).text == before.text
        if step in ("phones", "text") and command in ("/help", "/balance", "/status"):
            await maria.press("К черновику", on=maria.card)
            assert maria.card.title == title


async def test_cancel_goes_back_from_a_field_then_closes_then_has_nothing_left(house: House, maria: Person) -> None:
    await maria.say(f"/send {PHONE} Привет")
    await maria.press("Текст")
    await maria.say("/cancel")
    assert maria.find("Проверьте SMS")
    await maria.say("/cancel")
    assert maria.find("Черновик закрыт").lines == ["🚫 Черновик закрыт · +79119876543", "Ничего не отправлено."]
    await maria.say("/cancel")
    assert maria.card.title.startswith("Отменять нечего.")


@pytest.mark.parametrize("step", STEPS)
async def test_cancel_closes_a_draft_at_any_step_and_it_can_be_reopened(house: House, maria: Person, step: str) -> None:
    said, title = STEPS[step]
    await maria.say(said)
    await maria.say("/cancel")
    assert maria.card.title.startswith("🚫 Черновик закрыт")
    await maria.press("Вернуть черновик")
    assert maria.card.title == title
    await house.go(minutes=1)
    assert house.calls() == []


async def test_cancel_takes_back_an_own_send_in_its_window(house: House, maria: Person) -> None:
    await maria.say(f"/send {PHONE} Привет")
    await maria.press("Отправить")
    await maria.say("/cancel")
    assert "Вернули: ничего не ушло." in maria.find("Проверьте SMS")
    await house.go(minutes=1)
    assert house.calls() == []


async def test_cancel_drops_a_question_and_keeps_what_it_was_asked_about(house: House, maria: Person) -> None:
    """An open question comes first, before the draft."""
    await maria.say(f"/send {PHONE}")
    await maria.say("/settings")
    await maria.press("Подпись")
    await maria.say("/cancel")
    assert maria.find("Подпись: MyShop")
    assert "Черновик закрыт" not in "".join(card.text for card in maria.cards)


async def test_bare_send_shows_the_draft_that_listens_and_offers_a_new_one(house: House, maria: Person) -> None:
    await maria.say(f"/send {PHONE}")
    await maria.say("/send")
    assert maria.card.title == "✏️ Новое SMS · +79119876543"
    assert len(maria.cards) == 1
    await maria.press("Начать заново")
    assert maria.card.title == "✏️ Новое SMS · кому?"
    assert maria.find("Черновик закрыт")


async def test_a_new_line_of_send_leaves_the_older_draft_its_card(house: House, maria: Person) -> None:
    """Two previews, each with its own buttons; each sends its own."""
    await maria.say(f"/send {PHONE} Первое")
    first = maria.card
    await maria.say(f"/send {PHONE} Второе")
    await maria.press("Отправить", on=first)
    await house.go(seconds=20)
    assert [sms["text"] for sms in house.sms] == ["Первое"]
    assert "Второе" in maria.find("Проверьте SMS")
