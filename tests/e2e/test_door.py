"""Who may come in: strangers, roles, people who were let go. CARDS' usability story 10."""

from bot.domain.access import Role
from tests.e2e.house import House
from tests.e2e.screen import Person

PHONE = "79119876543"


async def test_a_stranger_sees_nothing_and_every_owner_hears_of_him_once(
    house: House, maria: Person, ivan: Person, petr: Person
) -> None:
    """Story 10: one notice to each owner, quoting nothing; what he does next makes no second one."""
    await house.change(ivan, role=Role.OWNER)
    await maria.say("/start")
    await ivan.say("/start")
    await petr.say("пустите меня, у меня секрет")
    for owner in (maria, ivan):
        assert owner.card.lines == [
            "⚠️ Незнакомый человек · Пётр",
            "id 1003, @petr. Бот не ответил.",
            "Имя легко подделать: сверьте id с человеком.",
        ]
        assert owner.card.labels == ["Дать доступ", "Не давать"]
    told = len(maria.cards), maria.rings
    await petr.say("/send 79119876543 Привет")
    await petr.say("/start")
    await house.go(minutes=5)
    assert (len(maria.cards), maria.rings) == told
    assert petr.cards == []


async def test_an_owner_lets_a_stranger_in_with_a_role(house: House, maria: Person, petr: Person) -> None:
    """Story 10: the role is asked for, the newcomer is greeted, and from now on he is served."""
    await maria.say("/start")
    await petr.say("/start")
    await maria.press("Дать доступ")
    assert maria.card.buttons == (("Наблюдатель", "Оператор"), ("Владелец", "Назад"))
    await maria.press("Назад")
    assert maria.card.labels == ["Дать доступ", "Не давать"]
    await maria.press("Дать доступ")
    await maria.press("Оператор")
    assert maria.card.lines == ["✅ Доступ дан · Пётр", "Роль: оператор. Решение: Мария, 12:04."]
    assert petr.card.title == "Вам дали доступ · оператор"
    await petr.press("Новое SMS")
    assert petr.card.title == "✏️ Новое SMS · кому?"


async def test_a_stranger_who_is_ignored_stays_outside(house: House, maria: Person, petr: Person) -> None:
    await maria.say("/start")
    await petr.say("/start")
    await maria.press("Не давать")
    await petr.say("/start")
    assert petr.cards == []
    assert "Дать доступ" not in maria.card.labels


async def test_the_first_decision_on_a_stranger_stands_on_every_owners_card(
    house: House, maria: Person, ivan: Person, petr: Person
) -> None:
    await house.change(ivan, role=Role.OWNER)
    await maria.say("/start")
    await ivan.say("/start")
    await petr.say("/start")
    await maria.press("Дать доступ")
    async with house.at_once():
        await maria.press("Наблюдатель")
        await ivan.press("Владелец")
    decided = await house.admin(petr)
    assert decided is not None
    role = {Role.VIEWER: "наблюдатель", Role.OWNER: "владелец"}[decided.role]
    assert [card.title for card in petr.cards] == [f"Вам дали доступ · {role}"]
    for owner in (maria, ivan):
        assert owner.card.title == "✅ Доступ дан · Пётр"
        assert f"Роль: {role}." in owner.card


async def test_a_strangers_press_stops_spinning_and_does_nothing(
    house: House, maria: Person, ivan: Person, petr: Person
) -> None:
    """Somebody who was never let in presses a button that others see."""
    group = house.chat()
    await ivan.say(f"/send@smsbot_sandbox_bot {PHONE} Привет", at=group)
    assert await petr.press("Отправить", at=group) == ""
    assert petr.popups == [""]
    await house.go(minutes=1)
    assert house.calls() == []


async def test_someone_who_was_let_go_is_a_stranger_again(house: House, ivan: Person) -> None:
    """His old buttons do nothing, and nothing is said."""
    await ivan.say(f"/send {PHONE} Привет")
    await house.change(ivan, enabled=False)
    assert await ivan.press("Отправить") == ""
    await ivan.say("/help")
    await house.go(minutes=1)
    assert house.calls() == []
    assert [card.title for card in ivan.cards] == ["✏️ Проверьте SMS · +79119876543"]


async def test_a_viewer_is_told_what_sending_takes(house: House, anna: Person) -> None:
    await anna.say("/start")
    assert "Новое SMS" not in anna.card.labels
    await anna.say(f"/send {PHONE} Привет")
    assert anna.card.lines == ["Это может оператор или владелец. Ваша роль: наблюдатель."]
    await anna.say("Привет")
    await anna.contact(PHONE)
    assert {card.title for card in anna.cards[1:]} == {"Это может оператор или владелец. Ваша роль: наблюдатель."}


async def test_an_operator_who_became_a_viewer_cannot_confirm_what_he_wrote(house: House, ivan: Person) -> None:
    """The role counts at the press, not when the card was shown."""
    await ivan.say(f"/send {PHONE} Привет")
    await house.change(ivan, role=Role.VIEWER)
    assert await ivan.press("Отправить") == "Это может оператор или владелец. Ваша роль: наблюдатель."
    await house.go(minutes=1)
    assert house.calls() == []
