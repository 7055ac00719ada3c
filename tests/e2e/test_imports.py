"""A list becomes a verdict, is confirmed, and is added chunk by chunk, whatever the provider does meanwhile."""

import csv
import io

from sandbox.sms2 import bases
from tests.e2e.house import ON_ONE_DATABASE, House
from tests.e2e.screen import Person

NEW = [str(79990000000 + n) for n in range(2500)]
MIXED = (
    "phone;name\n"
    + "".join(f"{phone};Клиент\n" for phone in NEW)
    + f"{NEW[0]};ещё раз\n8911;мало\n;пусто\n=1+1 8912;формула\n"
)


async def send(house: House, person: Person, text: str, name: str = "клиенты.csv", charset: str = "cp1251") -> None:
    await house.upload(person.id, name, text.encode(charset), kind="document")


async def until_done(house: House) -> None:
    for _ in range(5):
        await house.go(seconds=4)


def vip(house: House) -> list[str]:
    return bases.phones_of(house.store, "VIP")


def document(house: House, person: Person) -> str:
    """Return the newest document in a chat."""
    shown = [one.content["document"] for one in house.world.chats.all(person.id) if "document" in one.content]
    file = house.world.files.find(shown[-1]["file_id"])
    assert file is not None
    text = file.data.decode("utf-8-sig") if file.mime == "text/csv" else file.data.decode()
    return text.replace("\xa0", " ")


async def test_a_document_is_checked_confirmed_and_added_with_what_was_refused(house: House, maria: Person) -> None:
    await send(house, maria, MIXED + "79161230001;уже есть\n")
    assert maria.card.lines == [
        "✏️ Импорт · в какую базу?",
        "Выберите базу или пришлите часть имени.",
        "Файл: клиенты.csv",
    ]
    await maria.press("VIP · 12")
    assert maria.card.lines[:3] == [
        "✏️ Проверьте импорт · VIP",
        "Ещё ничего не добавлено. Подходит 2 501 из 2 505",
        "Повторы 1 · пустые 1 · с ошибкой 2",
    ]
    assert "строка 2503: 8911 – мало цифр: 4" in maria.card
    assert len(vip(house)) == 12
    await maria.press("Добавить 2\u00a0501")
    await until_done(house)
    assert maria.card.lines == [
        "✅ Импорт закончен · VIP",
        "Добавлено 2 500, провайдер не принял 1.",
        "В базе 2 512",
    ]
    assert set(NEW) <= set(vip(house))
    await maria.press("Не принятые")
    assert document(house, maria) == "79161230001\n"
    await maria.press("Открыть базу")
    assert maria.card.title == "VIP · 2 512 номеров"


@ON_ONE_DATABASE
async def test_a_list_that_has_been_read_outdates_no_base_that_may_be_picked(house: House, maria: Person) -> None:
    """Whoever presses in that moment is obeyed."""
    house.faults.set("telegram", "getFile", "error500_before")
    await send(house, maria, MIXED)
    unread = maria.data("VIP · 12")
    await house.go(seconds=30)
    assert maria.data("VIP · 12") == unread
    await maria.press("VIP · 12")
    assert maria.card.title == "✏️ Проверьте импорт · VIP"


async def test_the_bad_rows_come_as_a_table_that_no_spreadsheet_takes_for_formulas(house: House, maria: Person) -> None:
    await send(house, maria, MIXED)
    await maria.press("VIP · 12")
    await maria.press("Плохие строки")
    rows = list(csv.reader(io.StringIO(document(house, maria)), delimiter=";"))
    assert rows[0] == ["Строка", "Что в ней", "Причина"]
    assert rows[1] == ["2503", "8911", "мало цифр: 4"]
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


@ON_ONE_DATABASE
async def test_bad_rows_that_found_no_room_are_counted_in_the_table_and_above_it(house: House, maria: Person) -> None:
    await send(house, maria, "8911\n" * 100_002 + f"{NEW[0]}\n", "list.txt")
    await maria.press("VIP · 12")
    await maria.press("Плохие строки")
    rows = list(csv.reader(io.StringIO(document(house, maria)), delimiter=";"))
    assert rows[-2] == ["100000", "8911", "мало цифр: 4"]
    assert rows[-1] == ["", "", "Таблица не полна: не вошли ещё 2 строки"]
    assert maria.find("в которых нет номера").lines == ["Строки, в которых нет номера: первые 100 000 из 100 002"]


async def test_another_column_is_read_on_request(house: House, maria: Person) -> None:
    two = "".join(f"{first};{second}\n" for first, second in zip(NEW[:30], NEW[30:60], strict=True))
    await send(house, maria, f"телефон;мобильный\n{two}")
    await maria.press("VIP · 12")
    await maria.press(next(label for label in maria.card.labels if label.startswith("Столбец")))
    other = next(label for label in maria.card.labels if "мобильный" in label)
    await maria.press(other)
    await maria.press("Добавить 30")
    await until_done(house)
    assert set(NEW[30:60]) <= set(vip(house))
    assert not set(NEW[:30]) & set(vip(house))


async def test_a_long_list_typed_into_a_base_becomes_an_import(house: House, maria: Person) -> None:
    await maria.say("/bases VIP")
    await maria.press("Добавить")
    await maria.say("\n".join(NEW[:25]))
    assert maria.card.title == "✏️ Проверьте импорт · VIP"
    assert len(vip(house)) == 12
    await maria.press("Добавить 25")
    await until_done(house)
    assert len(vip(house)) == 37


async def test_a_document_sent_while_a_base_waits_for_it_goes_there(house: House, maria: Person) -> None:
    await maria.say("/bases VIP")
    await maria.press("Импорт")
    await send(house, maria, "\n".join(NEW[:3]), "list.txt", "utf-16")
    assert maria.card.title == "✏️ Проверьте импорт · VIP"


async def test_closing_adds_nothing_and_keeps_nothing(house: House, maria: Person) -> None:
    await send(house, maria, MIXED)
    await maria.press("VIP · 12")
    await maria.press("Закрыть")
    assert maria.card.lines[0] == "🚫 Импорт закрыт · Файл: клиенты.csv"
    assert len(vip(house)) == 12
    async with house.bot.unit.reading() as services:
        assert await services.adding.next_due("read") is None


async def test_a_document_that_is_no_list_says_why(house: House, maria: Person) -> None:
    await send(house, maria, "Добрый день, коллеги", "письмо.txt")
    assert maria.card.title == "⚠️ Номеров не нашлось"
    await house.upload(maria.id, "книга.xlsx", b"PK\x03\x04 not a workbook", kind="document")
    assert maria.card.title == "⚠️ Список не прочитан"


async def test_no_count_from_before_the_import_is_shown_as_the_one_after_it(house: House, maria: Person) -> None:
    await send(house, maria, MIXED)
    await maria.press("VIP · 12")
    await house.go(seconds=5)
    house.faults.set("sms2", "list_of_bases", "error500_before", times=None)
    await maria.press("Добавить 2\u00a0500")
    await until_done(house)
    assert maria.card.lines == ["✅ Импорт закончен · VIP", "Добавлено 2 500."]


async def test_a_silent_provider_is_waited_for_and_said_so(house: House, maria: Person) -> None:
    await send(house, maria, MIXED)
    await maria.press("VIP · 12")
    await house.provider_down()
    await maria.press("Добавить 2\u00a0500")
    await house.go(seconds=30)
    assert maria.card.title == "📤 Импорт 0 % · VIP"
    assert maria.card.lines[1] == "Провайдер не отвечает, ждём."
    await house.provider_up()
    await house.go(minutes=3)
    assert maria.card.lines[:2] == ["✅ Импорт закончен · VIP", "Добавлено 2 500."]
    assert set(NEW) <= set(vip(house))


async def test_a_chunk_whose_answer_was_lost_goes_again_and_the_card_says_so(house: House, maria: Person) -> None:
    await send(house, maria, MIXED)
    await maria.press("VIP · 12")
    house.faults.set("sms2", "api_call.cgi", "cut_after")
    await maria.press("Добавить 2\u00a0500")
    await house.go(minutes=1)
    assert "Часть номеров ушла дважды: непринятые, возможно, уже в базе." in maria.card
    assert sorted(vip(house)[12:]) == sorted(NEW)


async def test_pause_stops_and_resume_goes_on_to_the_end(house: House, maria: Person) -> None:
    await send(house, maria, MIXED)
    await maria.press("VIP · 12")
    await house.provider_down()
    await maria.press("Добавить 2\u00a0500")
    await maria.press("Пауза")
    assert maria.card.lines == ["⏸ Импорт на паузе 0 % · VIP", "▱▱▱▱▱▱▱▱▱▱ 0 из 2 500"]
    await house.provider_up()
    await house.go(minutes=5)
    assert len(vip(house)) == 12
    await maria.press("Продолжить")
    await until_done(house)
    assert maria.card.title == "✅ Импорт закончен · VIP"
    assert set(NEW) <= set(vip(house))


async def test_stop_keeps_what_was_added_and_says_what_was_not(house: House, maria: Person) -> None:
    await send(house, maria, MIXED)
    await maria.press("VIP · 12")
    await house.provider_down()
    await maria.press("Добавить 2\u00a0500")
    await maria.press("Остановить")
    await house.provider_up()
    await house.go(minutes=5)
    assert maria.card.title == "🚫 Импорт остановлен · VIP"
    assert "Не дошло до провайдера: 2 500." in maria.card
    assert len(vip(house)) == 12


async def test_a_base_that_turns_out_protected_pauses_and_asks_a_person(house: House, maria: Person) -> None:
    await send(house, maria, MIXED)
    await maria.press("Сотрудники · 8")
    await maria.press("Добавить 2\u00a0500")
    await until_done(house)
    assert maria.card.lines[:2] == [
        "⚠️ Импорт на паузе 0 % · Сотрудники",
        "База защищена: её нельзя ни читать, ни менять.",
    ]


async def test_a_viewer_imports_nothing(house: House, anna: Person) -> None:
    await send(house, anna, MIXED)
    assert "Ваша роль: наблюдатель" in anna.card


def _sixty(house: House) -> None:
    for number in range(60):
        bases.put(house.store, f"Магазин {number:02}", [])


async def test_a_base_among_sixty_is_found_by_a_part_of_its_name(house: House, maria: Person) -> None:
    _sixty(house)
    await send(house, maria, MIXED)
    assert maria.card.lines[1] == "Выберите базу или пришлите часть имени."
    await maria.say("магазин 4")
    assert maria.card.lines[1] == "Нашлось по «магазин 4». Выберите базу."
    assert maria.card.labels[:6] == [f"Магазин 4{number} · 0" for number in range(6)]
    await maria.press("След.")
    assert "Магазин 49 · 0" in maria.card.labels
    await maria.say("ничего такого")
    assert maria.card.lines[1].startswith("По «ничего такого» ничего не нашлось.")
    await maria.press("К базам")
    assert maria.card.lines[1] == "Выберите базу или пришлите часть имени."
    await maria.say("магазин 37")
    assert maria.card.title == "✏️ Проверьте импорт · Магазин 37"
    await maria.say("Добрый день")
    assert maria.card.title == "✏️ Отправить это как SMS?"


async def test_an_import_without_a_list_of_bases_says_why_and_asks_for_it_anew(house: House, maria: Person) -> None:
    await house.provider_down()
    await send(house, maria, MIXED)
    assert maria.card.lines[1] == "Провайдер не ответил: баз пока не видно."
    await house.provider_up()
    await maria.press("Обновить")
    assert maria.card.lines[1] == "Выберите базу или пришлите часть имени."
    await maria.press("VIP · 12")
    assert maria.card.title == "✏️ Проверьте импорт · VIP"


@ON_ONE_DATABASE
async def test_a_list_without_numbers_waits_for_no_base(house: House, maria: Person) -> None:
    await send(house, maria, "Добрый день, коллеги", "письмо.txt")
    await maria.say("Добрый день")
    assert maria.card.title == "✏️ Отправить это как SMS?"


@ON_ONE_DATABASE
async def test_cancel_leaves_the_search_and_then_the_import(house: House, maria: Person) -> None:
    await send(house, maria, MIXED)
    await maria.say("и")
    await maria.say("/cancel")
    assert maria.card.lines[1] == "Выберите базу или пришлите часть имени."
    await maria.say("/cancel")
    assert maria.find("Импорт закрыт")
