"""/audit: owners see who did what, and a table of it; nobody else sees any of it."""

import csv
import io

from sqlalchemy import select

from bot.storage.tables import events
from tests.e2e.house import ON_ONE_DATABASE, House
from tests.e2e.screen import Chat, Person

PHONE = "79119876543"


async def send(house: House, person: Person, text: str) -> None:
    """Send an SMS to its end."""
    await person.say(f"/send {PHONE} {text}")
    await person.press("Отправить")
    await house.go(seconds=20)


async def test_an_owner_sees_who_did_what_and_opens_what_it_was_done_to(
    house: House, maria: Person, ivan: Person
) -> None:
    """Newest first, by whom; what the bot did by itself is left out unless it is asked for."""
    await send(house, ivan, "Первое")
    await maria.say("/multicast VIP\nзавтра 10:00\nВторое")
    await maria.press("Назначить")
    await maria.press("Отменить рассылку")
    await maria.press("Отменить рассылку")
    await ivan.say(f"/send {PHONE} Третье")
    await ivan.press("Отправить")
    await ivan.press("Вернуть")
    await maria.say("/audit")
    assert maria.card.lines == [
        "Журнал · все действия",
        "1. 12:04 отправка возвращена, +79119876543: Иван",
        "2. 12:04 отправка подтверждена, +79119876543: Иван",
        "3. 12:04 рассылка отменена, VIP: Мария",
        "4. 12:04 рассылка назначена, VIP: Мария",
        "5. 12:04 отправка подтверждена, +79119876543: Иван",
        "6. 12:04 доступ дан, Мария, владелец",
    ]
    listed = maria.card
    await maria.press("5", on=listed)
    assert maria.card.title == "✅ Доставлено · +79119876543"
    await maria.press("4", on=listed)
    assert maria.card.title == "🚫 Рассылка отменена · VIP"
    await maria.press("Что", on=listed)
    await maria.press("Отмены и паузы")
    assert [line.split(" ", 2)[2] for line in _audit(maria)[1:]] == [
        "отправка возвращена, +79119876543: Иван",
        "рассылка отменена, VIP: Мария",
    ]
    await maria.press("Кто")
    await maria.press("Мария")
    assert _audit(maria) == ["Журнал · отмены и паузы", "Кто: Мария", "1. 12:04 рассылка отменена, VIP: Мария"]
    await maria.press("Снять фильтр")
    await maria.press("Что")
    await maria.press("Сам бот")
    assert _audit(maria)[1:] == [
        "1. 12:04 отправка закончена, +79119876543",
        "2. 12:04 отправка начата, +79119876543",
    ]


def _audit(person: Person) -> list[str]:
    return next(card for card in person.cards if "Журнал" in card.title).lines


@ON_ONE_DATABASE
async def test_a_reveal_and_a_setting_are_told_of(house: House, maria: Person, ivan: Person) -> None:
    await send(house, maria, "Первое")
    await maria.say("/history", at=house.chat(thread=5))
    await maria.press("1", at=house.chat(thread=5))
    assert PHONE in await ivan.press("Показать номер", at=house.chat(thread=5))
    await ivan.say("/language")
    await ivan.press("English")
    await maria.say("/audit")
    assert maria.card.lines[1:3] == [
        "1. 12:04 свои настройки, язык русский → English: Иван",
        "2. 12:04 показ номера, +79119876543: Иван",
    ]


@ON_ONE_DATABASE
async def test_what_was_set_is_told_from_what_to_what(house: House, maria: Person, ivan: Person) -> None:
    """Of oneself, of somebody else, of alerts and of everybody; what was not changed is no deed."""
    await maria.say("/settings")
    await maria.press("Время на отмену")
    await maria.press("30 с")
    await maria.press("Время на отмену")
    await maria.press("30 с")
    await maria.press("Для всех")
    await maria.press("Тихие часы")
    await maria.press("21–10")
    await maria.say("/alerts 1000")
    await maria.press("Без звука")
    await maria.press("23–08")
    await maria.press("Убрать порог")
    await maria.press("1\xa0000,00\xa0₽")
    await maria.say("/admins")
    await maria.press("2")
    await maria.press("Роль")
    await maria.press("Наблюдатель")
    await maria.press("Лимиты")
    await maria.press("Частей в день")
    await maria.say("500")
    await maria.say("/audit")
    assert [line.split(" ", 2)[2] for line in maria.card.lines[1:]] == [
        "смена лимита, Иван, частей в день без лимита → 500: Мария",
        "смена роли, Иван, оператор → наблюдатель: Мария",
        "оповещения, порог 1 000,00 ₽ убран: Мария",
        "оповещения, без звука никогда → 23–08: Мария",
        "оповещения, порог 1 000,00 ₽ добавлен: Мария",
        "настройки для всех, тихие часы 22–09 → 21–10: Мария",
    ]
    await maria.press("Старше")
    assert maria.card.lines[1].endswith("свои настройки, время на отмену как у всех → 30 с: Мария")
    assert "свои настройки" not in maria.card.lines[2]
    await maria.press("Выгрузить таблицей")
    assert [row[-1] for row in _table(house, maria)[1:3]] == [
        "частей в день без лимита → 500",
        "оператор → наблюдатель",
    ]


async def test_an_own_number_is_not_kept_for_good(house: House, maria: Person) -> None:
    """What the audit tells of is never deleted: of the number it keeps only that it was changed."""
    await maria.say("/settings")
    await maria.press("Ваш номер")
    await maria.contact(PHONE, of=maria.id)
    await maria.say("/audit")
    assert maria.card.lines[1] == "1. 12:04 свои настройки, свой номер: Мария"
    async with house.bot.database.read() as tx:
        kept = (await tx.conn.execute(select(events.c.data).where(events.c.kind == "admin"))).scalars().all()
    assert kept
    assert PHONE not in str(kept)


@ON_ONE_DATABASE
async def test_pages_of_the_audit_turn_both_ways(house: House, maria: Person) -> None:
    for number in range(7):
        await maria.say(f"/send 7911987650{number} Текст {number}")
        await maria.press("Отправить")
    await maria.say("/audit")
    newest = maria.card.lines
    await maria.press("Старше")
    assert [line.split(" ", 2)[2] for line in maria.card.lines[1:]] == [
        "отправка подтверждена, +79119876500: Мария",
        "доступ дан, Мария, владелец",
    ]
    await maria.press("Новее")
    assert maria.card.lines == newest


@ON_ONE_DATABASE
async def test_the_audit_comes_as_a_table_in_the_readers_words(house: House, maria: Person, ivan: Person) -> None:
    """Asked for in a group, it comes to whoever asked alone, with masked numbers as everything of a group."""
    await send(house, ivan, "Первое")
    await maria.say("/audit")
    await maria.press("Выгрузить таблицей")
    rows = _table(house, maria)
    assert rows[0] == ["Время", "Имя", "Кто", "Действие", "Роль", "Над чем", "Изменение"]
    assert rows[1] == ["2026-11-24 12:04:00+03:00", "Иван", "admin:1002", "отправка подтверждена", "", PHONE, ""]
    group = house.chat()
    await maria.say("/audit", at=group)
    await maria.press("Выгрузить таблицей", at=group)
    assert _table(house, maria)[1][-2] == "'+7911•••••43"
    assert not any("document" in message.content for message in house.world.chats.all(group.id))


def _table(house: House, chat: Chat) -> list[list[str]]:
    sent = house.world.files.find(house.world.chats.all(chat.id)[-1].content["document"]["file_id"])
    assert sent is not None
    assert sent.name == "audit.csv"
    return list(csv.reader(io.StringIO(sent.data.decode("utf-8-sig")), delimiter=";"))


@ON_ONE_DATABASE
async def test_nobody_but_an_owner_sees_the_audit(house: House, maria: Person, ivan: Person, anna: Person) -> None:
    """Neither by the command nor by a press on an owner's card in a group."""
    for person in (ivan, anna):
        await person.say("/audit")
        assert person.card.text.startswith("Это может только владелец.")
    group = house.chat()
    await maria.say("/audit", at=group)
    before = group.card.text
    assert "только владелец" in await ivan.press("Что", at=group)
    assert "только владелец" in await ivan.press("Выгрузить таблицей", at=group)
    assert group.card.text == before


@ON_ONE_DATABASE
async def test_forged_presses_of_the_audit_do_nothing(house: House, maria: Person) -> None:
    await maria.say("/audit")
    before, (_, card, version, _) = maria.card.text, maria.data("Что").split(".")
    for verb, arg in (("audopen", "x9"), ("audopen", "b999"), ("audopen", "m"), ("audopen", "c9/1")):
        assert "Этого больше нет" in await maria.forge(f"{verb}.{card}.{version}.{arg}")
    for verb, arg in (("audpage", "old/x"), ("audpage", "new"), ("audask", "boss"), ("audset", "topic/all_of_it")):
        await maria.forge(f"{verb}.{card}.{version}.{arg}")
    assert maria.card.text == before
