"""/status, /balance, /settings, /language, /help, and what is no command."""

import pytest

from tests.e2e.house import ON_ONE_DATABASE, House
from tests.e2e.screen import Person

pytestmark = ON_ONE_DATABASE
PHONE = "79119876543"


async def deliver(house: House, person: Person, phone: str = PHONE, text: str = "Привет") -> None:
    """Send one SMS to its end."""
    await person.say(f"/send {phone} {text}")
    await person.press("Отправить")
    await house.go(seconds=20)


async def test_bare_status_lists_the_latest_and_opens_one(house: House, maria: Person) -> None:
    await maria.say("/status")
    assert maria.card.lines == ["Последние сообщения", "Пока ничего не отправляли."]
    await maria.say(f"/send {' '.join(f'7911987650{n}' for n in range(6))} Привет")
    await maria.press("Отправить: 6")
    await house.go(seconds=20)
    await maria.say("/status")
    assert maria.card.lines[0] == "Последние сообщения"
    assert maria.card.lines[1] == "1. +79119876505 – доставлено, 12:04"
    assert maria.card.buttons == (("1", "2", "3"), ("4", "5", "Ещё"))
    await maria.press("2")
    assert maria.card.title == "✅ Доставлено · +79119876504"


async def test_status_finds_our_messages_by_phone_by_id_and_by_reply(house: House, maria: Person) -> None:
    """Each brings that card below, and it is the only one."""
    await deliver(house, maria)
    await deliver(house, maria, "79119876544")
    first = maria.find("+79119876543")
    for query in ("8 911 987-65-43", "27460"):
        await maria.say(f"/status {query}")
        assert maria.card.title == first.title
    await maria.say("/status", reply_to=maria.find("+79119876544"))
    assert maria.card.title == "✅ Доставлено · +79119876544"
    assert len(maria.cards) == 2


async def test_status_asks_the_provider_for_what_another_has_sent(house: House, maria: Person) -> None:
    await deliver(house, maria)
    house.store.write("UPDATE sms2_messages SET id = 99999")
    await maria.say("/status 99999")
    assert maria.card.lines == [
        "✅ Доставлено · ID 99999",
        "Отправлено не этим ботом: номера и текста у нас нет.",
        "Ответ провайдера в 12:04",
    ]


async def test_status_of_nothing_known_says_what_was_tried(house: House, maria: Person) -> None:
    """Eleven digits may be a phone or an id: both are looked for."""
    await maria.say("/status 79119999999")
    assert maria.card.text == "Не нашли ни номера, ни ID 79119999999. Проверьте цифры."
    await maria.say("/status 12345")
    assert maria.card.text == "Не нашли ID 12345. Проверьте цифры."
    assert len(house.calls("/sms_status2.cgi")) == 2


async def test_status_of_what_can_be_neither_number_nor_id_says_what_to_send(house: House, maria: Person) -> None:
    """Nobody was asked, so nothing is called not found."""
    await maria.say("/status !!")
    assert maria.card.lines == [
        "Это не номер и не ID: !!",
        "Пришлите одно из двух, например: /status 79119876543 или /status 27460",
    ]
    assert house.calls("/sms_status2.cgi") == []


async def test_status_of_a_silent_provider_says_so_and_asks_again_on_demand(house: House, maria: Person) -> None:
    await deliver(house, maria)
    house.store.write("UPDATE sms2_messages SET id = 99999")
    await house.provider_down()
    await maria.say("/status 99999")
    assert "Провайдер не ответил. Попробуйте ещё раз." in maria.card
    await house.provider_up()
    await maria.press("Проверить")
    assert maria.card.title == "✅ Доставлено · ID 99999"


async def test_a_viewer_reads_statuses_with_masked_numbers(house: House, maria: Person, anna: Person) -> None:
    await deliver(house, maria)
    await anna.say("/status")
    assert maria.phone not in anna.card.text
    assert "1. +7911•••••43 – доставлено" in anna.card
    await anna.say(f"/status {PHONE}")
    assert anna.card.title == "✅ Доставлено · +7911•••••43"


async def test_the_balance_is_the_providers_and_is_refreshed_in_place(house: House, maria: Person) -> None:
    await maria.say("/balance")
    assert maria.card.lines == [
        "Можно потратить · 15 006,75 ₽",
        "Баланс 5 006,75 ₽, отправка остановится на −10 000,00 ₽",
        "12:04",
    ]
    asked = maria.card
    house.account(balance="-9000.00")
    await house.go(minutes=2)
    await maria.press("Обновить")
    assert maria.card.id == asked.id
    assert maria.card.lines[0] == "Можно потратить · 1 000,00 ₽"
    assert maria.card.lines[2] == "12:06"


async def test_the_balance_of_a_silent_provider_is_the_last_one_known(house: House, maria: Person) -> None:
    await house.provider_down()
    await maria.say("/balance")
    assert "Провайдер не ответил. Попробуйте позже." in maria.card
    await house.provider_up()
    await maria.press("Обновить")
    await house.provider_down()
    await house.go(minutes=6)
    await maria.press("Обновить")
    assert "Провайдер не ответил. Последнее известное: 15 006,75 ₽ в 12:04." in maria.card


async def test_every_setting_is_set_on_one_card(house: House, maria: Person) -> None:
    """Language, zone, sender and own phone; a bad value is refused with its rule and the old one kept."""
    await maria.say("/settings")
    assert maria.card.buttons == (
        ("Язык", "Часовой пояс"),
        ("Подпись", "Время на отмену"),
        ("Тихие часы", "Ваш номер"),
        ("Для всех",),
    )
    await maria.press("Подпись")
    await maria.say("Магазин")
    assert "Подпись «Магазин»: нужны 3–11 латинских букв и цифр, хотя бы одна буква" in maria.card
    await maria.say("Clinic")
    assert "Подпись: Clinic" in maria.card
    await maria.press("Часовой пояс")
    await maria.say("Марс")
    assert "Такого пояса нет. Напишите город, например: Берлин" in maria.card
    assert maria.messages[-1] == maria.card, "the refusal stands below what was typed"
    await maria.say("Екатеринбург")
    assert "Екатеринбург, UTC+5" in maria.card
    await maria.press("Часовой пояс")
    await maria.press("Владивосток +10")
    assert "Владивосток, UTC+10" in maria.card
    await maria.press("Ваш номер")
    await maria.press("Назад")
    await maria.press("Язык")
    await maria.press("English")
    assert maria.find("Vladivostok, UTC+10")
    known = await house.admin(maria)
    assert known is not None
    assert (known.sender, known.zone, known.language) == ("Clinic", "Asia/Vladivostok", "en")


async def test_the_own_phone_is_set_by_the_own_contact(house: House, maria: Person) -> None:
    await maria.say("/settings")
    await maria.press("Ваш номер")
    await maria.tap("Дать мой номер")
    assert maria.find("Ваш номер: +79110001001")


async def test_times_are_told_by_the_readers_clock(house: House, maria: Person) -> None:
    await house.change(maria, zone="Asia/Vladivostok")
    await deliver(house, maria)
    assert maria.card.lines[1] == "19:04, через 10 с."


async def test_language_switches_the_card_and_the_list_of_commands(house: House, maria: Person) -> None:
    await maria.say("/start")
    assert menu(house, maria)["send"] == "отправить SMS"
    await maria.say("/language")
    await maria.press("English")
    assert maria.card.lines == ["Language · English", "Choose the bot's language."]
    assert menu(house, maria)["send"] == "send an SMS"
    await maria.say("/help")
    assert maria.card.title == "Commands"


def menu(house: House, person: Person) -> dict[str, str]:
    """Return the commands that Telegram lists for somebody in private."""
    return {one["command"]: one["description"] for one in house.world.menus.shown(person.id, person.id)}


async def test_help_and_the_list_name_what_the_role_may_do(
    house: House, maria: Person, anna: Person, petr: Person
) -> None:
    for person in (maria, anna, petr):
        await person.say("/help")
    assert "/send отправить SMS" in maria.find("Команды")
    assert "/send" not in anna.card.text
    assert "/status что с сообщением" in anna.card
    assert "send" in menu(house, maria)
    assert "send" not in menu(house, anna)
    assert menu(house, petr) == {}


@pytest.mark.parametrize("said", ["/nonsense", "/sendall 79119876543", "/SEN"])
async def test_what_is_no_command_points_to_the_list(house: House, maria: Person, said: str) -> None:
    await maria.say(said)
    assert maria.card.text == "Такой команды нет. Список: /help"


async def test_a_file_that_nobody_expects_is_answered_and_no_draft(house: House, maria: Person) -> None:
    """Never silence."""
    await maria.say("/start")
    await house.upload(maria.id, "archive.zip", b"PK", kind="document")
    assert len(maria.cards) == 2
    assert maria.card.labels == []
