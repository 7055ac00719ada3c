"""A second person's word on what is large: asked for in private, told at every turn, and nothing leaves without it."""

from typing import Any

import pytest

from bot.domain.access import Role
from sandbox.sms2 import bases, multicasts
from tests.e2e.house import ON_ONE_DATABASE, House
from tests.e2e.screen import Chat, Person
from tests.e2e.test_admins import invite, open_person
from tests.e2e.test_mms import picture as photo
from tests.e2e.test_mms import pictures, send

TEXT = "Скидка 20 % до конца недели"


@pytest.fixture
def options() -> dict[str, Any]:
    return {"approve_recipients": 10}


@pytest.fixture
async def olga(house: House, petr: Person) -> Person:
    """A second owner, who has opened the bot."""
    await house.admit(petr, Role.OWNER)
    await petr.say("/start")
    return petr


async def _ask(person: Person, when: str = "сейчас", *, at: Chat | None = None) -> None:
    await person.say(f"/multicast VIP\n{when}\n{TEXT}", at=at)
    chat = at or person
    await person.press("На одобрение", at=at)
    if chat.card.title.startswith("⚠️"):
        await person.press("На одобрение", at=at)


async def test_a_large_multicast_goes_once_a_second_person_approves(house: House, maria: Person, ivan: Person) -> None:
    """Story: the preview says so, the author's card names who was asked, the approver sees everything, the same one goes on."""
    await maria.say("/start")
    await ivan.say(f"/multicast VIP\nчерез 1 час\n{TEXT}")
    assert "Нужен второй человек: уйдёт после одобрения." in ivan.card
    await ivan.press("На одобрение")
    assert ivan.card.lines[:2] == ["⏳ Ждёт одобрения · VIP", "Запрос у: Мария. Решить до 12:54"]
    assert ivan.card.labels == ["Изменить", "Отозвать"]
    assert maria.card.title == "⚠️ Нужно одобрение · VIP"
    for part in ("Автор: Иван. 12 номеров", "Решить до 12:54", "Подпись: MyShop", TEXT):
        assert part in maria.card
    await house.go(minutes=20)
    before = ivan.rings
    await maria.press("Одобрить")
    assert maria.card.lines[:2] == ["✅ Одобрено · VIP", "Решение: Мария, 12:24."]
    assert ivan.card.title == "⏳ Ждёт времени · VIP"
    assert "Одобрение: Мария, 12:24." in ivan.card
    assert ivan.rings == before + 1
    await house.go(minutes=35)
    assert len(multicasts.queued(house.store)) == 1


async def test_nothing_leaves_while_nobody_answers_and_the_request_runs_out_before_the_start(
    house: House, maria: Person, ivan: Person
) -> None:
    """Ten minutes before its start it is over, after a standstill too, and its author is told aloud, once."""
    await maria.say("/start")
    await _ask(ivan, "через 1 час")
    rings = ivan.rings
    await house.go(minutes=40)
    assert ivan.card.title == "⏳ Ждёт одобрения · VIP"
    await house.restart()
    await house.skip(hours=3)
    assert ivan.card.lines[:3] == [
        "🚫 Запрос снят · VIP",
        "Время вышло: никто не ответил.",
        "Ничего не ушло.",
    ]
    assert maria.card.title == "🚫 Запрос снят · VIP"
    await house.go(minutes=10)
    assert (ivan.rings, multicasts.queued(house.store)) == (rings + 1, [])


async def test_a_refusal_says_why_and_the_draft_opens_again(house: House, maria: Person, ivan: Person) -> None:
    await maria.say("/start")
    await _ask(ivan)
    await maria.press("Отклонить")
    assert maria.card.labels == ["Текст", "Время", "База", "Назад"]
    await maria.say("Завтра праздник, лучше в понедельник")
    assert maria.card.lines[:3] == [
        "🚫 Не одобрено · VIP",
        "Причина: «Завтра праздник, лучше в понедельник»",
        "Решение: Мария, 12:04.",
    ]
    assert ivan.card.lines[:4] == [*maria.card.lines[:3], "Ничего не ушло."]
    await ivan.press("Изменить")
    assert ivan.card.title == "✏️ Проверьте рассылку · VIP"
    await house.go(minutes=5)
    assert multicasts.queued(house.store) == []


async def test_a_tracked_send_is_made_ready_meanwhile_and_leaves_only_when_approved(
    house: House, maria: Person, ivan: Person
) -> None:
    await maria.say("/start")
    await ivan.say(f"/multicast VIP\nсейчас\n{TEXT}")
    await ivan.press("По одному, с отчётом")
    await ivan.press("На одобрение")
    if ivan.card.title.startswith("⚠️"):
        await ivan.press("На одобрение")
    await house.go(minutes=40)
    assert house.sms == []
    assert ivan.card.title == "⏳ Ждёт одобрения · VIP"
    assert await maria.press("Одобрить") == "Прошло больше 30 минут: проверьте и нажмите ещё раз."
    await maria.press("Одобрить")
    assert ivan.card.title == "⏳ Сейчас уйдёт · VIP"
    await house.go(minutes=5)
    assert len({one["phone"] for one in house.sms}) == len(house.sms) == 12


async def test_two_approvers_at_once_make_one_decision(house: House, maria: Person, ivan: Person, olga: Person) -> None:
    await maria.say("/start")
    await _ask(ivan)
    async with house.at_once():
        await maria.press("Одобрить")
        await olga.press("Одобрить")
    assert sorted([maria.popups[-1], olga.popups[-1]]) == ["", "Уже принято."]
    assert maria.card.text == olga.card.text
    await house.go(minutes=5)
    assert len(multicasts.queued(house.store)) == 1


async def test_an_owner_alone_approves_with_a_second_tap(house: House, maria: Person) -> None:
    await house.change(house.person(1002), enabled=False)
    await _ask(maria)
    assert "Некому одобрить: других операторов и владельцев нет." in maria.card
    assert await maria.forge(maria.data("Одобрить самому").replace("apalone", "apsolo")) != ""
    await maria.press("Одобрить самому")
    assert maria.card.title == "⚠️ Одобрить без второго человека? · VIP"
    assert TEXT in maria.card
    await house.go(seconds=30)
    assert multicasts.queued(house.store) == []
    await maria.press("Да, одобрить")
    assert maria.card.title == "⏳ Сейчас уйдёт · VIP"
    assert "Одобрение без второго человека: Мария, 12:04." in maria.card
    await house.go(minutes=1)
    assert len(multicasts.queued(house.store)) == 1


@ON_ONE_DATABASE
async def test_whoever_opens_the_bot_at_last_is_asked_then(house: House, maria: Person, ivan: Person) -> None:
    """The author's card says that nobody was reached, until somebody is."""
    await _ask(maria)
    assert "Некому одобрить: никто из них не открывал бота." in maria.card
    await ivan.say("/start")
    assert "Запрос у: Иван. " in maria.card
    assert ivan.with_button("Одобрить")


async def test_whoever_may_approve_later_is_asked_then(house: House, maria: Person, ivan: Person, petr: Person) -> None:
    """Given a role, let in by a link, let in again: each gets the card that the others had before him."""
    await house.change(ivan, role=Role.VIEWER)
    await ivan.say("/start")
    await _ask(maria)
    assert "Запрос у: " not in maria.card
    await open_person(maria, "2")
    await maria.press("Роль")
    await maria.press("Оператор")
    assert ivan.card.title == "⚠️ Нужно одобрение · VIP"
    await house.go(seconds=5)
    assert "Запрос у: Иван. " in maria.find("Ждёт одобрения")
    await petr.say(f"/start {await invite(maria)}")
    assert petr.card.title == "⚠️ Нужно одобрение · VIP"
    await house.go(seconds=5)
    assert "Запрос у: Иван, Пётр. " in maria.find("Ждёт одобрения")
    await open_person(maria, "2")
    await maria.press("Отключить")
    await maria.press("Отключить")
    await house.go(seconds=5)
    assert "Запрос у: Пётр. " in maria.find("Ждёт одобрения")
    await maria.press("Включить")
    await house.go(seconds=5)
    assert "Запрос у: Иван, Пётр. " in maria.find("Ждёт одобрения")
    await ivan.press("Одобрить")
    assert petr.card.title == "✅ Одобрено · VIP"
    await house.go(minutes=1)
    assert len(multicasts.queued(house.store)) == 1


@ON_ONE_DATABASE
async def test_only_the_author_takes_it_back_and_the_edit_is_asked_for_anew(
    house: House, maria: Person, ivan: Person, group: Chat
) -> None:
    """In a group the card is there for all to see; the second person's is private."""
    await maria.say("/start")
    await house.do("settings", privacy=False)
    await _ask(ivan, "через 1 час", at=group)
    assert await maria.press("Отозвать", at=group) == "Изменить или отозвать может автор: Иван."
    assert maria.card.title == "⚠️ Нужно одобрение · VIP"
    await ivan.press("Изменить", at=group)
    assert group.card.title == "✏️ Проверьте рассылку · VIP"
    assert maria.card.lines[:2] == ["🚫 Запрос снят · VIP", "Автор изменил содержание."]
    await ivan.press("На одобрение", at=group)
    assert maria.card.title == "⚠️ Нужно одобрение · VIP"
    await ivan.press("Отозвать", at=group)
    assert group.card.lines[0] == "🚫 Запрос снят · VIP"
    await house.go(minutes=65)
    assert multicasts.queued(house.store) == []


@ON_ONE_DATABASE
async def test_a_base_that_grew_after_the_approval_takes_a_new_one(house: House, maria: Person, ivan: Person) -> None:
    await maria.say("/start")
    await _ask(ivan, "через 1 час")
    await maria.press("Одобрить")
    bases.put(house.store, "VIP", [str(79160000000 + n) for n in range(15)])
    await house.go(minutes=51)
    assert ivan.card.title == "⚠️ База изменилась · VIP"
    await ivan.press("На одобрение")
    assert ivan.card.title == "✏️ Когда начать? · VIP"
    await ivan.press("Сейчас")
    assert "15 номеров" in ivan.card
    await ivan.press("На одобрение")
    if ivan.card.title.startswith("⚠️"):
        await ivan.press("На одобрение")
    assert maria.card.title == "⚠️ Нужно одобрение · VIP"
    assert multicasts.queued(house.store) == []


@ON_ONE_DATABASE
async def test_the_second_person_sees_the_picture_of_an_mms(house: House, maria: Person, ivan: Person) -> None:
    """Approved is what was seen; and a button that holds back takes back the request, however old it is."""
    await maria.say("/start")
    await send(house, ivan, photo(), caption="Меню на неделю")
    await ivan.say(", ".join(str(79119876500 + n) for n in range(11)))
    await ivan.press("На одобрение")
    assert ivan.card.lines[0] == "⏳ Ждёт одобрения · 11 получателей"
    assert maria.with_button("Одобрить").lines[:2] == [
        "⚠️ Нужно одобрение · 11 получателей",
        "Автор: Иван. MMS на 11 номеров",
    ]
    assert len(pictures(house, maria)) == 1
    assert await ivan.forge(ivan.data("Отозвать").replace("apdraw", "stop")) == ""
    assert ivan.card.title == "🚫 Запрос снят · 11 получателей"
    assert maria.find("Отозван автором.")
    await house.go(minutes=5)
    assert house.sms == []


@ON_ONE_DATABASE
async def test_what_starts_too_soon_to_be_approved_says_so_while_it_is_composed(
    house: House, maria: Person, ivan: Person
) -> None:
    await ivan.say(f"/multicast VIP\nчерез 5 мин\n{TEXT}")
    assert ivan.card.labels[0] == "Время"
    assert "До начала не успеть: одобрить надо было до 11:59. Выберите другое время" in ivan.card
    await ivan.press("Время")
    await ivan.say("через 1 час")
    await ivan.press("На одобрение")
    await ivan.say("/multicasts")
    assert ivan.card.title.endswith(" 1")
    assert "VIP, ждёт одобрения" in ivan.card


async def test_while_sending_is_stopped_the_request_says_that_approving_starts_nothing_yet(
    house: House, maria: Person, ivan: Person
) -> None:
    """It says so for as long as it is; what is approved meanwhile goes once sending is resumed."""
    line = "Отправка остановлена: одобренное подождёт, пока её продолжат."
    await maria.say("/start")
    await _ask(ivan)
    await ivan.say("/stop_all")
    await house.go(seconds=5)
    asked = maria.with_button("Одобрить")
    assert line in asked
    await maria.say("/resume_all")
    await house.go(seconds=5)
    assert line not in maria.with_button("Одобрить")
    await ivan.say("/stop_all")
    await house.go(seconds=5)
    await maria.press("Одобрить")
    await house.go(minutes=5)
    assert multicasts.queued(house.store) == []
    await maria.say("/resume_all")
    await house.go(minutes=1)
    assert len(multicasts.queued(house.store)) == 1
