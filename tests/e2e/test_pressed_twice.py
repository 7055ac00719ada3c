"""A press that comes again, from a second device or an impatient thumb, hears that it has been taken, and does nothing more."""

from tests.e2e.house import ON_ONE_DATABASE, House
from tests.e2e.screen import Chat, Person
from tests.e2e.test_presses import OUTDATED
from tests.e2e.test_provider_down import confirm
from tests.e2e.test_unknown_outcome import lose_the_answer

PHONE = "79119876543"
ONCE = ["", "Уже принято."]


async def twice(house: House, person: Person, label: str, *, at: Chat | None = None) -> list[str]:
    """Press a button twice before the card can change on the screen; return what pops up."""
    before = len(person.popups)
    async with house.at_once():
        await person.press(label, at=at)
        await person.press(label, at=at)
    return person.popups[before:]


async def test_send_now_pressed_twice_is_taken_once(house: House, maria: Person) -> None:
    await confirm(house, maria)
    await house.skip(minutes=31)
    await house.provider_up()
    assert await twice(house, maria, "Отправить сейчас") == ONCE
    await house.go(minutes=1)
    assert len(house.calls()) == 1


@ON_ONE_DATABASE
async def test_undo_pressed_twice_takes_back_once(house: House, maria: Person) -> None:
    await maria.say(f"/send {PHONE} Привет")
    await maria.press("Отправить")
    assert await twice(house, maria, "Вернуть") == ONCE
    assert maria.card.title.startswith("✏️ Проверьте SMS")
    await house.go(minutes=1)
    assert house.calls() == []


@ON_ONE_DATABASE
async def test_stop_pressed_twice_is_not_called_too_late(house: House, maria: Person) -> None:
    """Nothing is with the provider: the first press has kept all of it back."""
    await confirm(house, maria)
    assert await twice(house, maria, "Не ждать") == ONCE
    assert maria.card.title.startswith("🚫 Остановлено")


async def test_send_anyway_pressed_twice_sends_one_repeat(house: House, maria: Person) -> None:
    await lose_the_answer(house, maria)
    await maria.press("Отправить ещё раз")
    assert await twice(house, maria, "Всё равно ещё раз") == ONCE
    await house.go(minutes=1)
    assert len(house.calls()) == 2


@ON_ONE_DATABASE
async def test_the_word_that_it_went_is_taken_once(house: House, maria: Person) -> None:
    await lose_the_answer(house, maria)
    await maria.press("Проверено: ушло")
    assert await twice(house, maria, "Без ID") == ONCE


@ON_ONE_DATABASE
async def test_a_multicast_is_cancelled_once(house: House, maria: Person) -> None:
    await maria.say("/multicast")
    await maria.press(next(label for label in maria.card.labels if label.startswith("☐ VIP")))
    await maria.press("Дальше")
    await maria.say("Скидка 10 %")
    await maria.say("завтра в 12")
    await maria.press("Назначить")
    await maria.press("Отменить рассылку")
    assert await twice(house, maria, "Отменить рассылку") == ONCE
    assert maria.card.title.startswith("🚫 Рассылка отменена")


@ON_ONE_DATABASE
async def test_a_press_on_another_card_of_the_same_send_is_taken_once(
    house: House, maria: Person, ivan: Person
) -> None:
    """It was pressed elsewhere already, and this screen has not heard of it yet."""
    await confirm(house, maria)
    await house.skip(minutes=31)
    await ivan.say(f"/status {PHONE}")
    shown, late = ivan.card, ivan.data("Отправить сейчас")
    await house.provider_up()
    await maria.press("Отправить сейчас")
    assert await ivan.forge(late, on=shown) == "Уже принято."
    await house.go(minutes=1)
    assert len(house.calls()) == 1


@ON_ONE_DATABASE
async def test_a_button_of_a_group_is_taken_once_whoever_presses_it_second(
    house: House, maria: Person, ivan: Person, group: Chat
) -> None:
    """The very button that another has just pressed; one that stood there before the card changed is outdated."""
    await maria.say(f"/send {PHONE} Привет", at=group)
    older = group.data("Отправить")
    await maria.press("Flash: нет", at=group)
    shown, send = group.card, group.data("Отправить")
    await ivan.press("Отправить", at=group)
    assert await maria.forge(send, at=group, on=shown) == "Уже принято."
    assert await maria.forge(older, at=group, on=shown) == OUTDATED
    await house.go(minutes=1)
    assert len(house.calls()) == 1


@ON_ONE_DATABASE
async def test_a_question_that_the_first_press_asked_is_not_taken_for_an_answer(house: House, maria: Person) -> None:
    """Two taps on Send are no Yes to the warning between them: nothing has been accepted yet."""
    await maria.say(f"/send {PHONE} Привет")
    await maria.press("Отправить")
    await house.go(minutes=1)
    await maria.say(f"/send {PHONE} Привет")
    assert await twice(house, maria, "Отправить") == ["", OUTDATED]
    assert maria.card.title.startswith("⚠️ Точно отправить?")
    assert len(house.calls()) == 1


@ON_ONE_DATABASE
async def test_a_second_tap_on_what_turned_the_card_is_silent(house: House, maria: Person) -> None:
    """The first has turned it, once, as everybody sees: no alarm that nothing was done."""
    await maria.say("/multicast")
    vip = next(label for label in maria.card.labels if label.startswith("☐ VIP"))
    assert await twice(house, maria, vip) == ["", ""]
    assert await twice(house, maria, "Дальше") == ["", ""]
    assert "Дальше" not in maria.card.labels


@ON_ONE_DATABASE
async def test_quick_taps_on_several_bases_choose_them_all(house: House, maria: Person) -> None:
    """Each before the card has shown the last; once the choice is over, a late one is told so and changes nothing."""
    await maria.say("/multicast")
    shown = maria.card
    vip, clients = (
        next(label for label in shown.labels if label.startswith(f"☐ {name}")) for name in ("VIP", "Клиенты")
    )
    late = maria.data(vip)
    async with house.at_once():
        for label in (vip, clients, vip):
            await maria.press(label)
    assert {label[:5] for label in maria.card.labels if label[0] == "☑"} == {"☑ VIP", "☑ Кли"}
    await maria.press("Дальше")
    assert await maria.forge(late, on=shown) == OUTDATED


@ON_ONE_DATABASE
async def test_a_press_whose_effect_was_taken_back_is_outdated(house: House, maria: Person) -> None:
    """It was accepted once; but what it did is undone, and saying "done" would be a lie."""
    await maria.say(f"/send {PHONE} Привет")
    shown, send = maria.card, maria.data("Отправить")
    await maria.press("Отправить")
    await maria.press("Вернуть")
    assert await maria.forge(send, on=shown) == OUTDATED
    await house.go(minutes=1)
    assert house.calls() == []


async def test_a_card_whose_post_was_not_answered_goes_on_in_the_message_that_is_pressed(
    house: House, maria: Person
) -> None:
    """Nobody told the bot that the preview is on screen; the press does, and no second message comes."""
    house.faults.set("telegram", "sendMessage", "cut_after")
    await maria.say(f"/send {PHONE} Привет")
    shown = maria.card
    await maria.press("Отправить")
    assert (maria.card.id, maria.card.title.split(" · ")[0], maria.rings) == (shown.id, "⏳ Сейчас уйдёт", 1)
    await house.go(minutes=1)
    assert (maria.card.id, maria.rings, len(maria.cards), len(house.calls())) == (shown.id, 1, 1, 1)
