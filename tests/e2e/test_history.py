"""/history: everything that was sent, narrowed down, page by page, and each entry's card with its "again"."""

import pytest

from tests.e2e.house import ON_ONE_DATABASE, House
from tests.e2e.screen import Chat, Person

PHONE, DEAD = "79119876543", "79110000002"


async def send(house: House, person: Person, phones: str, text: str) -> None:
    """Send an SMS to its end."""
    await person.say(f"/send {phones} {text}")
    await person.press(next(label for label in person.card.labels if label.startswith("Отправить")))
    await house.go(seconds=20)


async def start(house: House, person: Person) -> None:
    """Confirm a multicast as often as that takes, to its end."""
    while asked := [label for label in person.card.labels if label.startswith(("Запустить", "Да,"))]:
        await person.press(asked[0])
    await house.go(minutes=2)


async def test_everything_that_was_sent_stands_in_one_list(house: House, maria: Person, ivan: Person) -> None:
    """An SMS, one to several, a multicast and its tracked sister, newest first; a number opens each of their cards."""
    await send(house, maria, PHONE, "Первое")
    await send(house, ivan, f"{PHONE} {DEAD}", "Второе")
    await maria.say("/multicast VIP\nзавтра 10:00\nТретье")
    await maria.press("Назначить")
    await house.go(minutes=1)
    await maria.say("/multicast VIP\nсейчас\nЧетвёртое")
    await maria.press("По одному, с отчётом")
    await start(house, maria)
    await maria.say("/history")
    assert maria.card.lines == [
        "История · за всё время, все",
        "1. 12:05 VIP – доставлено всем, MyShop, по одному",
        "2. 12:04 VIP – ждёт времени, MyShop",
        "3. 12:04 2 получателя – дошло не всем, MyShop",
        "4. 12:04 +79119876543 – доставлено, MyShop",
    ]
    listed = maria.card
    for number, title in (
        ("4", "✅ Доставлено · +79119876543"),
        ("3", "⚠️ Доставлено 1 из 2"),
        ("2", "⏳ Ждёт времени · VIP"),
        ("1", "✅ Доставлены все 12 · VIP"),
    ):
        await maria.press(number, on=listed)
        assert maria.card.title == title


async def test_filters_narrow_the_list_and_are_taken_off(house: House, maria: Person, ivan: Person) -> None:
    await send(house, maria, PHONE, "Первое")
    await send(house, ivan, DEAD, "Второе")
    await house.go(days=1)
    await send(house, ivan, PHONE, "Третье")
    await maria.say("/history")
    await maria.press("Статус")
    await maria.press("Не дошло")
    assert maria.card.lines == [
        "История · за всё время, не дошло",
        "1. 24 нояб., 12:04 +79110000002 – не доставлено, MyShop",
    ]
    await maria.press("Период")
    await maria.press("Сегодня")
    assert maria.card.lines == ["История · сегодня, не дошло", "Ничего не нашлось."]
    await maria.press("Снять фильтр")
    assert len(maria.card.lines) == 4
    await maria.press("Кто")
    await maria.press("Иван")
    assert maria.card.lines[1:] == [
        "Кто: Иван",
        "1. 12:04 +79119876543 – доставлено, MyShop",
        "2. 24 нояб., 12:04 +79110000002 – не доставлено, MyShop",
    ]


async def test_words_behind_the_command_narrow_it_down_at_once(house: House, maria: Person, ivan: Person) -> None:
    await send(house, maria, f"{PHONE} {DEAD}", "Первое")
    await house.go(days=1)
    await send(house, ivan, PHONE, "Второе")
    told = {
        f"/history {PHONE}": ["1. 12:04 +79119876543 – доставлено", "2. 24 нояб., 12:04 +79119876543 – доставлено"],
        "/history сегодня": ["1. 12:04 +79119876543 – доставлено"],
        "/history yesterday": ["1. 24 нояб., 12:04 2 получателя – дошло не всем"],
        "/history 24.11": ["1. 24 нояб., 12:04 2 получателя – дошло не всем"],
        "/history мар": ["1. 24 нояб., 12:04 2 получателя – дошло не всем"],
        f"/history Иван {PHONE}": ["1. 12:04 +79119876543 – доставлено"],
    }
    for said, lines in told.items():
        await maria.say(said)
        assert [line.removesuffix(", MyShop") for line in maria.card.lines if line[:2] in ("1.", "2.")] == lines, said
    await maria.say("/history абракадабра")
    assert maria.card.lines[1] == "Не нашли ни имени, ни номера, ни даты: абракадабра"


async def test_a_question_of_the_history_takes_a_typed_answer(house: House, maria: Person) -> None:
    """What cannot be read is said so, and asked for still; /cancel goes back to the list."""
    await send(house, maria, PHONE, "Первое")
    await maria.say("/history")
    await maria.press("Период")
    await maria.say("35.11")
    assert maria.card.lines[:2] == ["История · за какое время?", "Не нашли ни имени, ни номера, ни даты: 35.11"]
    await maria.say("1.11–23.11")
    assert maria.card.lines == ["История · 1 нояб. – 23 нояб., все", "Ничего не нашлось."]
    await maria.press("Кто")
    await maria.say("/cancel")
    assert maria.card.lines == ["История · 1 нояб. – 23 нояб., все", "Ничего не нашлось."]
    await maria.press("Снять фильтр")
    await maria.press("Кто")
    await maria.say("8 911 987-65-43")
    assert maria.card.title == "История · за всё время, на +79119876543"
    assert len(house.sms) == 1


@ON_ONE_DATABASE
async def test_pages_turn_both_ways_and_lose_nothing_that_comes_meanwhile(house: House, maria: Person) -> None:
    for number in range(14):
        await send(house, maria, f"791198765{number:02}", f"Текст {number}")
    await maria.say("/history")
    assert _numbers(maria) == ["13", "12", "11", "10", "09", "08"]
    listed = maria.card
    await send(house, maria, "79119876599", "Между делом")
    await maria.press("Старше", on=listed)
    assert _numbers(maria, listed.id) == ["07", "06", "05", "04", "03", "02"]
    await maria.press("Старше", on=listed)
    assert _numbers(maria, listed.id) == ["01", "00"]
    await maria.press("Новее", on=listed)
    await maria.press("Новее", on=listed)
    assert _numbers(maria, listed.id) == ["13", "12", "11", "10", "09", "08"]
    await maria.press("Новее", on=listed)
    assert _numbers(maria, listed.id) == ["99", "13", "12", "11", "10", "09"]


def _numbers(person: Person, message: int | None = None) -> list[str]:
    card = next(card for card in person.cards if message in (None, card.id) and "История" in card.title)
    return [line.split("+")[1][9:11] for line in card.lines[1:]]


@ON_ONE_DATABASE
@pytest.mark.parametrize("kind", ["sms", "several", "multicast", "tracked"])
async def test_again_of_whatever_is_listed_opens_a_draft_and_sends_nothing(
    house: House, maria: Person, kind: str
) -> None:
    """Prefilled with all that was sent, and to the same."""
    if kind in ("sms", "several"):
        await send(house, maria, PHONE if kind == "sms" else f"{PHONE} 79119876544", "Привет")
    else:
        await maria.say("/multicast VIP\nсейчас\nПривет")
        if kind == "tracked":
            await maria.press("По одному, с отчётом")
        await start(house, maria)
    sent = len(house.sms)
    await maria.say("/history")
    await maria.press("1")
    await maria.press("Ещё раз")
    draft = maria.card
    assert draft.title in (
        "✏️ Проверьте SMS · +79119876543",
        "✏️ Проверьте SMS · 2 получателя",
        "✏️ Когда начать? · VIP",
        "✏️ Проверьте рассылку · VIP",
    )
    if "Когда" not in draft.title:
        assert "Привет" in draft
    assert len(house.sms) == sent


@ON_ONE_DATABASE
async def test_a_viewer_reads_the_history_with_masked_numbers(house: House, maria: Person, anna: Person) -> None:
    await send(house, maria, PHONE, "Привет")
    await anna.say("/history")
    assert anna.card.lines[1] == "1. 12:04 +7911•••••43 – доставлено, MyShop"
    await anna.press("Кто")
    await anna.say(PHONE)
    assert PHONE not in anna.card.text
    await anna.press("1")
    assert (anna.card.title, anna.card.labels) == ("✅ Доставлено · +7911•••••43", ["Показать номер"])


@ON_ONE_DATABASE
async def test_forged_presses_of_the_history_do_nothing(house: House, maria: Person) -> None:
    await maria.say("/history")
    card = maria.data("Статус").split(".")[1]
    version = maria.data("Статус").split(".")[2]
    for data in ("histopen.{}.{}.x9", "histopen.{}.{}.b999", "histopen.{}.{}.m999"):
        assert "Откройте /history" in await maria.forge(data.format(card, version))
    for data in ("histpage.{}.{}.old/b7x", "histpage.{}.{}.new/zz", "histask.{}.{}.boss", "histset.{}.{}.status/best"):
        await maria.forge(data.format(card, version))
    assert maria.card.lines == ["История · за всё время, все", "Ничего не нашлось."]


@ON_ONE_DATABASE
async def test_a_topic_has_its_own_history_card_for_all(house: House, maria: Person, ivan: Person, topic: Chat) -> None:
    await send(house, maria, PHONE, "Привет")
    await maria.say("/history", at=topic)
    assert topic.card.lines[1] == "1. 12:04 +7911•••••43 – доставлено, MyShop"
    await ivan.press("Статус", at=topic)
    await ivan.press("Доставлено", at=topic)
    assert topic.card.title == "История · за всё время, доставлено"
