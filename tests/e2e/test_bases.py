"""Somebody walks through the phone bases: looks, asks, adds, removes, reads and downloads; and what each role may do."""

import re

import pytest

from bot.domain.models import Place
from sandbox.sms2 import bases
from tests.e2e.house import House
from tests.e2e.screen import Chat, Person

VIP_PHONE, OTHER = "79161230001", "79119876543"
ODD = 'Совет <ТСЖ> & Ко, "север" Ёж'


def phones_in(house: House, base: str) -> list[str]:
    return bases.phones_of(house.store, base)


def document(house: House, person: Person) -> tuple[str, bytes]:
    """Return the name and the bytes of the newest document in a chat."""
    shown = [one.content["document"] for one in house.world.chats.all(person.id) if "document" in one.content]
    file = house.world.files.find(shown[-1]["file_id"])
    assert file is not None
    return file.name, file.data


def calls(house: House, function: str) -> int:
    return sum(call["params"].get("function") == function for call in house.calls("/api_call.cgi"))


async def test_the_list_shows_sizes_and_what_is_to_be_known_of_a_base(house: House, maria: Person) -> None:
    await maria.say("/bases")
    assert maria.card.lines == ["Базы · 5, номеров 90", "Выберите базу или пришлите часть имени."]
    assert "VIP · 12" in maria.card.labels
    assert "Опт, розница · 3 · запятая" in maria.card.labels
    assert "Совет <ТСЖ> & Ко · 5" in maria.card.labels


async def test_a_typed_part_of_a_name_narrows_the_list_and_a_whole_name_opens_the_base(
    house: House, maria: Person
) -> None:
    bases.put(house.store, "VIP север", [OTHER])
    await maria.say("/bases")
    await maria.say("vi")
    assert [label for label in maria.card.labels if "·" in label] == ["VIP · 12", "VIP север · 1"]
    await maria.say("север")
    assert maria.card.lines[:2] == ["VIP север · 1 номер", "На 12:04"]


async def test_more_bases_than_a_page_are_turned_over(house: House, maria: Person) -> None:
    for n in range(3):
        bases.put(house.store, f"Ещё {n}", [])
    await maria.say("/bases")
    assert maria.card.labels[-3:] == ["1/2", "След.", "Закрыть"]
    first = set(maria.card.labels)
    await maria.press("След.")
    assert "2/2" in maria.card.labels
    assert not {label for label in maria.card.labels if " · " in label} & first


@pytest.mark.parametrize("typed", ["VIP", "vip"])
async def test_a_base_opens_by_its_name(house: House, maria: Person, typed: str) -> None:
    await maria.say(f"/bases {typed}")
    assert maria.card.title == "VIP · 12 номеров"


async def test_a_phone_behind_the_name_is_looked_for(house: House, maria: Person) -> None:
    await maria.say(f"/bases VIP {VIP_PHONE}")
    assert maria.card.title == f"✅ Есть в базе VIP · +{VIP_PHONE}"
    await maria.say("/bases vip 8 911 987-65-43")
    assert maria.card.title == f"Нет в базе VIP · +{OTHER}"
    await maria.press("Добавить")
    assert maria.card.title == f"✅ Добавлено в базу VIP · +{OTHER}"
    assert OTHER in phones_in(house, "VIP")
    await maria.press("Назад")
    assert maria.card.title == "VIP · 13 номеров"


async def test_a_name_with_every_odd_sign_is_shown_and_sent_as_it_is(house: House, maria: Person) -> None:
    bases.put(house.store, ODD, [VIP_PHONE])
    await maria.say(f"/bases {ODD}")
    assert maria.card.title == f"{ODD} · 1 номер"
    assert "В имени запятая: рассылка невозможна" in maria.card
    await maria.press("Добавить")
    await maria.say(OTHER)
    assert phones_in(house, ODD) == [VIP_PHONE, OTHER]


async def test_several_numbers_are_added_at_once_and_what_was_not_taken_is_named(house: House, maria: Person) -> None:
    await maria.say("/bases VIP")
    await maria.press("Добавить")
    await maria.say(f"{OTHER}\n{VIP_PHONE}\n8911987")
    assert maria.card.lines == [
        "✅ Добавлено в базу VIP · 1 из 2",
        "Провайдер не принял 1 номер: возможно, он уже в базе.",
        f"+{VIP_PHONE}",
        "Не номера: 8911987",
    ]


async def test_removing_asks_first_and_back_removes_nothing(house: House, maria: Person) -> None:
    await maria.say("/bases VIP")
    await maria.press("Удалить")
    await maria.say(VIP_PHONE)
    assert maria.card.title == f"⚠️ Удалить из базы? · +{VIP_PHONE}"
    await maria.press("Назад")
    assert VIP_PHONE in phones_in(house, "VIP")
    await maria.press("Удалить")
    await maria.say(VIP_PHONE)
    await maria.press("Удалить")
    assert maria.card.title == f"✅ Удалено из базы VIP · +{VIP_PHONE}"
    assert VIP_PHONE not in phones_in(house, "VIP")


@pytest.mark.parametrize(
    ("button", "typed", "line"),
    [
        ("Добавить", VIP_PHONE, "Провайдер не добавил номер: возможно, он уже в базе."),
        ("Проверить номер", "74951234567", "Провайдер не принимает этот номер."),
    ],
)
async def test_a_refusal_is_told_in_words(house: House, maria: Person, button: str, typed: str, line: str) -> None:
    house.fate("74951234567", "unsupported")
    await maria.say("/bases VIP")
    await maria.press(button)
    await maria.say(typed)
    assert line in maria.card


async def test_removing_what_is_not_there_is_told_in_words(house: House, maria: Person) -> None:
    await maria.say("/bases VIP")
    await maria.press("Удалить")
    await maria.say(OTHER)
    await maria.press("Удалить")
    assert "Провайдер не удалил номер: возможно, его нет в базе." in maria.card


async def test_what_is_no_number_is_asked_for_once_more(house: House, maria: Person) -> None:
    await maria.say("/bases VIP")
    await maria.press("Проверить номер")
    await maria.say("8911987")
    assert maria.card.lines[1] == "8911987: 7 цифр, нужно 11"
    await maria.say(VIP_PHONE)
    assert maria.card.title == f"✅ Есть в базе VIP · +{VIP_PHONE}"


async def test_the_phones_of_a_base_are_fetched_once_and_turned_over(house: House, maria: Person) -> None:
    await maria.say("/bases Клиенты")
    await maria.press("Номера")
    assert maria.card.lines[:2] == ["Клиенты · 62 номера", "+79161230009"]
    assert len(maria.card.lines) == 21
    await maria.press("След.")
    assert maria.card.lines[1] == "+79161230029"
    assert calls(house, "get_base") == 1
    await maria.press("Назад")
    await house.go(hours=2)
    await maria.press("Номера")
    assert maria.card.lines[1] == "+79161230009"
    assert calls(house, "get_base") == 2


@pytest.mark.parametrize(("form", "head"), [("TXT", b""), ("CSV", b"phone\n")])
async def test_a_base_is_downloaded_as_a_silent_reply(house: House, maria: Person, form: str, head: bytes) -> None:
    await maria.say("/bases VIP")
    card = maria.card
    await maria.press("Скачать")
    await maria.press(form)
    name, data = document(house, maria)
    assert name == f"VIP.{form.lower()}"
    assert data == head + b"".join(f"{phone}\n".encode() for phone in phones_in(house, "VIP"))
    assert not maria.card.notified
    assert maria.card.text == "VIP: 12 номеров"
    assert maria.find("VIP · 12").id == card.id


async def test_a_protected_base_is_known_once_a_call_says_so(house: House, maria: Person) -> None:
    await maria.say("/bases Сотрудники")
    assert "Проверить номер" in maria.card.labels
    await maria.press("Номера")
    assert maria.card.lines == [
        "❌ Не получилось · Сотрудники",
        "База защищена: её нельзя ни читать, ни менять.",
        "По ней можно только запускать рассылки.",
    ]
    await maria.press("Назад")
    assert "Защищена: только для рассылок" in maria.card
    assert not {"Проверить номер", "Добавить", "Номера", "Импорт"} & set(maria.card.labels)
    await maria.press("К базам")
    assert "Сотрудники · 8 · защищена" in maria.card.labels


async def test_a_base_that_is_gone_says_so(house: House, maria: Person) -> None:
    await maria.say("/bases VIP")
    house.store.write("DELETE FROM sms2_bases WHERE name = 'VIP'")
    await maria.press("Проверить номер")
    await maria.say(OTHER)
    assert maria.card.title == "⚠️ Базы больше нет · VIP"


async def test_a_silent_provider_is_named_and_the_known_list_is_shown(house: House, maria: Person) -> None:
    await maria.say("/bases")
    await maria.press("Закрыть")
    assert maria.cards == []
    await house.provider_down()
    await house.go(minutes=2)
    await maria.say("/bases")
    assert "Провайдер не ответил: список мог измениться." in maria.card
    assert "VIP · 12" in maria.card.labels
    await house.provider_up()
    await maria.press("Обновить")
    assert "Провайдер не ответил" not in maria.card


async def test_a_viewer_looks_and_checks_and_sees_no_whole_number(house: House, anna: Person) -> None:
    await anna.say("/bases VIP")
    assert set(anna.card.labels) == {"Проверить номер", "Номера", "Обновить", "К базам"}
    await anna.press("Номера")
    assert re.search(r"\+7916•••••01", anna.card.text)
    assert not re.search(r"\d{11}", anna.card.text)
    await anna.press("Назад")
    await anna.press("Проверить номер")
    await anna.say(VIP_PHONE)
    assert anna.card.title == "✅ Есть в базе VIP · +7916•••••01"
    await anna.forge(re.sub(r"^\w+", "baseadd", anna.data("Назад")) + OTHER)
    assert OTHER not in phones_in(house, "VIP")


@pytest.mark.parametrize("typed", [VIP_PHONE, "+7 (916) 123-00-01"])
async def test_a_number_alone_is_checked_in_the_base_that_is_picked_however_it_is_found(
    house: House, maria: Person, typed: str
) -> None:
    await maria.say(f"/bases {typed}")
    assert maria.card.lines[0] == "Базы · 5, номеров 90"
    assert maria.card.lines[-1] == f"Номер +{VIP_PHONE} поищем в выбранной базе."
    await maria.say("VIP")
    assert maria.card.title == f"✅ Есть в базе VIP · +{VIP_PHONE}"


@pytest.mark.parametrize(
    ("typed", "why"), [("89", "2 цифры, нужно 11"), ("нет номера", "буквы внутри"), (":)", "цифр нет")]
)
async def test_what_is_no_number_is_told_why_and_leaves_nothing_on_the_other_cards(
    house: House, maria: Person, typed: str, why: str
) -> None:
    await maria.say("/bases VIP")
    await maria.press("Проверить номер")
    await maria.say(typed)
    assert maria.card.lines == [
        "Проверить номер · VIP",
        f"{typed}: {why}",
        "Пришлите номер: скажем, есть ли он в базе.",
    ]
    await maria.press("Назад")
    await maria.press("Скачать")
    assert maria.card.lines == ["Скачать номера · VIP", "В каком виде?"]


async def test_cancel_goes_from_what_was_looked_for_to_the_whole_list_and_then_closes_it(
    house: House, maria: Person
) -> None:
    await maria.say("/bases")
    await maria.say("такой нет")
    await maria.say("/cancel")
    assert maria.find("Базы · 5").lines[1] == "Выберите базу или пришлите часть имени."
    await maria.say("/cancel")
    assert not [card for card in maria.cards if card.title.startswith("Базы")]


async def test_cancel_goes_back_from_a_question_to_the_base(house: House, maria: Person) -> None:
    await maria.say("/bases VIP")
    await maria.press("Добавить")
    await maria.say("/cancel")
    assert maria.find("VIP · 12").labels[0] == "Проверить номер"


async def test_a_list_asked_for_within_a_minute_is_not_asked_for_again(house: House, maria: Person) -> None:
    await maria.say("/bases")
    await maria.say("/bases VIP")
    assert calls(house, "list_of_bases") == 1
    await house.go(minutes=2)
    await maria.say("/bases")
    assert calls(house, "list_of_bases") == 2


async def test_a_multicast_to_the_base_begins_with_the_base_chosen(house: House, maria: Person) -> None:
    """Protected ones, too, may be sent to; one with a comma in its name cannot be named."""
    await maria.say("/bases Опт, розница")
    assert "Рассылка" not in maria.card.labels
    await maria.say("/bases Сотрудники")
    await maria.press("Рассылка")
    assert "Сотрудники" in maria.card
    async with house.bot.unit.reading() as services:
        draft = await services.drafts.listening(Place(maria.id), maria.id)
    assert draft is not None
    assert [base["name"] for base in draft.fields["bases"]] == ["Сотрудники"]


async def test_in_a_group_each_is_asked_by_himself(house: House, ivan: Person, anna: Person, group: Chat) -> None:
    """A viewer who was asked for a number to check adds none, whatever an operator has pressed meanwhile."""
    await ivan.say("/bases VIP", at=group)
    await anna.press("Проверить номер", at=group)
    await ivan.press("Назад", at=group)
    await ivan.press("Добавить", at=group)
    await anna.say(OTHER, at=group, reply_to=group.card)
    assert OTHER not in phones_in(house, "VIP")
    await ivan.say("79119876544", at=group, reply_to=group.card)
    assert "79119876544" in phones_in(house, "VIP")
    assert not re.search(r"\d{11}", group.card.text)
