"""A team: invites, roles, limits, people who are let go. What each sees, and what goes on without them."""

import re

import pytest
from sqlalchemy import select

from bot.domain.access import Role
from bot.storage.tables import events, metadata
from sandbox.sms2 import bases, multicasts
from tests.e2e.house import ON_ONE_DATABASE, House
from tests.e2e.screen import Person

PHONE = "79119876543"


async def invite(owner: Person, role: str = "Оператор") -> str:
    """Make an invite; return the token of its link."""
    await owner.say("/admins")
    await owner.press("Пригласить")
    await owner.press(role)
    found = re.search(r"https://t\.me/smsbot_sandbox_bot\?start=([A-Za-z0-9_-]{32})", owner.find("Приглашение").text)
    assert found is not None, owner.find("Приглашение").text
    return found[1]


async def open_person(owner: Person, number: str) -> None:
    await owner.say("/admins")
    await owner.press(number)


async def kept(house: House) -> str:
    """Everything that the database holds."""
    async with house.bot.database.read() as tx:
        return repr([(await tx.conn.execute(select(table))).all() for table in metadata.sorted_tables])


async def test_a_link_lets_one_person_in_with_its_role_and_every_owner_hears_who(
    house: House, maria: Person, ivan: Person, petr: Person
) -> None:
    await house.change(ivan, role=Role.OWNER)
    await ivan.say("/start")
    token = await invite(maria)
    assert maria.find("Приглашение").title == "⏳ Приглашение · оператор"
    [photo] = [one.content for one in house.world.chats.all(maria.id) if "photo" in one.content]
    assert photo["photo"][-1]["width"] > 300
    assert photo["caption"] == "Код приглашения, оператор: по нему войдёт один человек."
    assert token not in await kept(house)
    await petr.say(f"/start {token}")
    assert petr.card.title == "Вам дали доступ · оператор"
    for owner in (maria, ivan):
        assert owner.find("Доступ по приглашению").lines == [
            "✅ Доступ по приглашению · Пётр",
            "id 1003, @petr. Роль: оператор.",
            "Приглашение: Мария",
            "Если это не тот человек, уберите его в /admins.",
        ]
    assert maria.find("Приглашение принято").lines[1] == "id 1003. Доступ: Пётр, 12:04."
    assert token not in await kept(house)
    await petr.press("Новое SMS")
    assert petr.card.title == "✏️ Новое SMS · кому?"


@pytest.mark.parametrize("asked", ["nothing", "role"])
async def test_the_notice_of_a_stranger_asks_no_more_once_a_link_has_let_him_in(
    house: House, maria: Person, petr: Person, asked: str
) -> None:
    await maria.say("/start")
    await petr.say("/start")
    if asked == "role":
        await maria.press("Дать доступ")
    token = await invite(maria)
    await petr.say(f"/start {token}")
    assert maria.find("Доступ дан").lines == ["✅ Доступ дан · Пётр", "Роль: оператор. Решение: Мария, 12:04."]
    assert maria.find("Доступ дан").labels == []
    assert [card.title for card in maria.cards if "Незнакомый" in card] == []


async def test_of_two_who_open_a_link_at_once_one_gets_in(house: House, maria: Person, petr: Person) -> None:
    """The other one is a stranger as ever: silence, and the owner hears of him."""
    other = house.person(1002)
    token = await invite(maria)
    async with house.at_once():
        await petr.say(f"/start {token}")
        await other.say(f"/start {token}")
    inside = [person for person in (petr, other) if await house.admin(person) is not None]
    assert len(inside) == 1
    outside = other if inside == [petr] else petr
    assert outside.cards == []
    assert maria.find("Незнакомый человек").title == f"⚠️ Незнакомый человек · {outside.name}"


@pytest.mark.parametrize("end", ["revoked", "listed", "expired", "invented", "demoted"])
@ON_ONE_DATABASE
async def test_a_link_that_is_over_is_silence(
    house: House, maria: Person, ivan: Person, petr: Person, end: str
) -> None:
    """Revoked on its card or in the list, a day old, made up, or made by somebody who is no owner any more."""
    await maria.say("/start")
    await house.change(ivan, role=Role.OWNER)
    token = await invite(ivan)
    match end:
        case "revoked":
            await ivan.press("Отозвать")
            assert ivan.find("Приглашение отозвано").labels == []
        case "listed":
            await maria.say("/admins")
            await maria.press("Приглашения: 1")
            assert maria.card.lines[1] == "1. оператор, до 25 нояб., 12:04. От: Иван"
            await maria.press("Отозвать 1")
            assert "Открытых приглашений нет." in maria.card
        case "expired":
            await house.skip(hours=24)
            assert ivan.find("Приглашение истекло").labels == []
        case "invented":
            token = "A" * 32
        case "demoted":
            await open_person(maria, "2")
            await maria.press("Роль")
            await maria.press("Оператор")
    await petr.say(f"/start {token}")
    assert petr.cards == []
    assert await house.admin(petr) is None
    assert maria.find("Незнакомый человек")


async def test_who_has_access_uses_no_link_up(house: House, maria: Person, ivan: Person, petr: Person) -> None:
    token = await invite(maria, "Владелец")
    await ivan.say(f"/start {token}")
    assert ivan.card.lines[:2] == ["У вас уже есть доступ · оператор", "Приглашение не использовано и ещё действует."]
    await petr.say(f"/start {token}")
    assert petr.card.title == "Вам дали доступ · владелец"


async def test_whoever_was_shut_out_gets_in_by_no_link(house: House, maria: Person, ivan: Person) -> None:
    """An owner's decision about one person outweighs a link for anybody."""
    await ivan.say("/start")
    token = await invite(maria)
    await open_person(maria, "2")
    await maria.press("Отключить")
    await maria.press("Отключить")
    told = [card.title for card in ivan.cards]
    await ivan.say(f"/start {token}")
    assert [card.title for card in ivan.cards] == told == ["🚫 Доступ отключён"]


async def test_a_role_is_changed_in_the_open(house: House, maria: Person, ivan: Person) -> None:
    await ivan.say(f"/send {PHONE} Привет")
    await open_person(maria, "2")
    assert maria.card.title == "Иван · оператор"
    await maria.press("Роль")
    await maria.press("Наблюдатель")
    assert maria.card.title == "Иван · наблюдатель"
    assert ivan.card.lines == ["Ваша роль изменена · наблюдатель", "Решение: Мария, 12:04."]
    assert ivan.find("Черновик закрыт").labels == []
    assert "+7911•••••43" in ivan.find("Черновик закрыт")


async def test_who_is_shut_out_keeps_no_button_and_what_he_sent_goes_on_before_the_owners_eyes(
    house: House, maria: Person, ivan: Person
) -> None:
    """His cards leave, drafts close; a held multicast is handed over in time, and its card is with who decided it."""
    bases.put(house.store, "VIP", [PHONE])
    await ivan.say("/multicast VIP\nзавтра в 10\nСкидка")
    await ivan.press("Назначить")
    await ivan.say(f"/send {PHONE} Привет")
    await open_person(maria, "2")
    assert "Не закончено: 1 рассылка" in maria.card
    await maria.press("Отключить")
    assert "Пойдёт дальше, карточки придут вам: 1 рассылка" in maria.card
    await maria.press("Отключить")
    assert maria.find("Доступ отключён").labels == ["Роль", "Лимиты", "Включить", "Убрать", "К списку"]
    assert [card.lines for card in ivan.cards] == [["🚫 Доступ отключён", "Решение: Мария, 12:04."]]
    assert maria.find("Ждёт времени")
    await house.skip(hours=21, minutes=40)
    await house.go(minutes=10)
    assert [one["text"] for one in multicasts.queued(house.store)] == ["Скидка"]
    assert maria.find("У провайдера")
    assert [card.title for card in ivan.cards] == ["🚫 Доступ отключён"]
    await maria.press("Включить")
    assert ivan.card.title == "✅ Доступ включён · оператор"
    await ivan.say("/help")
    assert ivan.find("Команды")


async def test_who_was_removed_is_met_as_a_stranger_and_may_come_back(
    house: House, maria: Person, ivan: Person
) -> None:
    """Not listed any more; the notice of a stranger leads in again."""
    await ivan.say("/start")
    await open_person(maria, "2")
    await maria.press("Убрать")
    await maria.press("Убрать")
    assert maria.card.lines == ["Доступ · 1 человек", "1. Мария · владелец · 12:04"]
    assert [card.title for card in ivan.cards] == ["🚫 Доступ закрыт"]
    await ivan.say("/help")
    assert [card.title for card in ivan.cards] == ["🚫 Доступ закрыт"]
    await maria.press("Дать доступ")
    await maria.press("Наблюдатель")
    assert ivan.card.title == "Вам дали доступ · наблюдатель"
    await house.restart()
    found = await house.admin(ivan)
    assert found is not None
    assert (found.role, found.enabled, found.removed_at) == (Role.VIEWER, True, None)


async def test_the_last_owner_can_only_go_once_there_is_another(house: House, maria: Person, ivan: Person) -> None:
    """No button offers it, and a forged one is refused."""
    await open_person(maria, "1")
    assert maria.card.labels == ["Лимиты", "К списку"]
    card = maria.data("Лимиты").split(".")
    for verb, arg in (("adrole", "viewer"), ("adoff", ""), ("adgone", "")):
        version = int(maria.data("Лимиты").split(".")[2])
        said = await maria.forge(f"{verb}.{card[1]}.{version}.{arg}")
        assert said == "Это единственный владелец: сначала дайте эту роль кому-то ещё."
    await house.change(ivan, role=Role.OWNER)
    await open_person(maria, "1")
    await maria.press("Роль")
    await maria.press("Оператор")
    assert maria.find("Ваша роль изменена").lines[1] == "Решение: Мария, 12:04."
    await maria.say("/admins")
    assert maria.card.lines == ["Это может только владелец. Ваша роль: оператор."]


async def test_a_limit_holds_at_every_press_that_costs(house: House, maria: Person, ivan: Person) -> None:
    """Set by a typed number; what was taken back does not count, and the day ends at midnight."""
    await ivan.say("/start")
    await open_person(maria, "2")
    await maria.press("Лимиты")
    await maria.press("Частей в день")
    await maria.say("две")
    assert "Нужно целое число" in maria.card
    await maria.say("2")
    assert maria.card.lines[1] == "Частей в день: 2 · сегодня 0"
    assert ivan.card.lines == [
        "Ваши лимиты изменены",
        "Частей в день: 2",
        "Номеров за раз: без лимита",
        "Решение: Мария, 12:04.",
    ]
    refused = "Ваш лимит: 2 части в день, осталось 1. Поднять может владелец."
    await ivan.say(f"/send {PHONE} Один")
    await ivan.press("Отправить")
    await ivan.press("Вернуть")
    await ivan.press("Отправить")
    await house.go(seconds=30)
    await ivan.say(f"/send {PHONE} {'Ж' * 71}")
    assert "Лимит: 2 части в день, осталось 1. Поднять может владелец." in ivan.card
    assert await ivan.press("Отправить") == refused
    await house.change(ivan, phone=PHONE)
    assert await ivan.press("Тест себе") == refused
    assert len(house.sms) == 1
    await house.skip(hours=12)
    await ivan.say(f"/send {PHONE} {'Ж' * 71}")
    assert await ivan.press("Отправить") == ""
    await house.go(seconds=30)
    assert len(house.sms) == 2


async def test_a_multicast_may_not_be_larger_than_its_sender_may_send(
    house: House, maria: Person, ivan: Person
) -> None:
    bases.put(house.store, "VIP", [PHONE, "79119876544"])
    await house.change(ivan, largest_multicast=1)
    await ivan.say("/multicast VIP\nзавтра в 10\nСкидка")
    assert "Лимит: 1 номер за раз, здесь 2. Поднять может владелец." in ivan.card
    said = await ivan.press("Назначить")
    assert said == "Ваш лимит: 1 номер за раз, здесь 2. Поднять может владелец."
    await house.skip(hours=21, minutes=50)
    assert multicasts.queued(house.store) == []


@ON_ONE_DATABASE
async def test_who_has_access_is_told_in_private_alone(house: House, maria: Person) -> None:
    group = house.chat()
    await maria.say("/start")
    await maria.say("/admins@smsbot_sandbox_bot", at=group)
    assert [card.lines for card in group.cards] == [["Ответ в личном чате с ботом."]]
    assert maria.card.title == "Доступ · 1 человек"


@ON_ONE_DATABASE
async def test_a_viewer_sees_a_number_in_a_pop_up_of_his_own_and_that_is_kept(
    house: House, ivan: Person, anna: Person
) -> None:
    await ivan.say(f"/send {PHONE} Привет")
    await ivan.press("Отправить")
    await house.go(minutes=2)
    await anna.say("/start")
    await anna.say(f"/status {PHONE}")
    assert "+7911•••••43" in anna.card
    assert PHONE not in anna.card.text
    assert await anna.press("Показать номер") == f"Номер: +{PHONE}"
    async with house.bot.database.read() as tx:
        found = select(events.c.actor, events.c.kind).where(events.c.verb == "reveal")
        assert [tuple(row) for row in await tx.conn.execute(found)] == [("admin:1004", "message")]
