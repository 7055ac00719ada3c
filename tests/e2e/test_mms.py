"""MMS: a photo becomes a draft, fits, is shown once, and reaches the phone; nothing leaves that was not seen."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from sandbox.sms2 import mms
from sandbox.telegram import views
from tests.e2e.house import GROUP, ON_ONE_DATABASE, House
from tests.e2e.screen import Chat, Person

PHONE = "79119876543"


def picture(width: int = 640, height: int = 480, kind: str = "JPEG") -> bytes:
    """Return a photo of a gradient."""
    file = BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(file, kind)
    return file.getvalue()


async def send(
    house: House, who: Person, content: bytes, *, kind: str = "photo", name: str = "a.jpg", **more: str
) -> None:
    await house.upload(who.id, name, content, kind=kind, **more)


def shown(house: House, who: Person) -> list[dict[str, Any]]:
    """Return what stands in the private chat, as the sandbox tells it."""
    return [
        one for one in (views.message(house.world, it) for it in house.world.chats.all(who.id)) if not one["deleted"]
    ]


def pictures(house: House, who: Person) -> list[dict[str, Any]]:
    """Return the pictures that the bot has posted."""
    return [one for one in shown(house, who) if one["by_bot"] and one["photo"]]


async def compose(house: House, who: Person, caption: str = "Меню на неделю 😊") -> None:
    """Send a photo with a caption, and name whom it is for."""
    await send(house, who, picture(), caption=caption)
    await who.say(PHONE)


async def test_a_photo_ends_on_the_phone_as_it_was_shown(house: House, maria: Person) -> None:
    """Photo, number, one press: the picture of the preview is the picture of the MMS."""
    await send(house, maria, picture(), caption="Меню на неделю 😊")
    assert maria.card.title == "✏️ Новое MMS · кому?"
    await maria.say(PHONE)
    assert maria.card.title == "✏️ Проверьте MMS · +79119876543"
    assert "Ещё не отправлено." in maria.card
    assert "из 300, картинка 640 × 480" in maria.card
    await maria.press("Отправить MMS")
    assert maria.card.title == "⏳ Сейчас уйдёт · +79119876543"
    await house.go(seconds=10)
    [message] = house.sms
    assert (message["kind"], message["phone"], message["text"]) == ("mms", PHONE, "Меню на неделю 😊")
    received = Image.open(BytesIO(mms.read_picture(house.store, message["id"]) or b""))
    assert (received.format, received.size) == ("PNG", (640, 480))
    assert maria.card.lines[:2] == ["📤 Отправлено · +79119876543", "12:04. Статус MMS провайдер не обещает."]


async def test_the_picture_is_posted_once_and_its_card_replies_to_it(house: House, maria: Person) -> None:
    """Silent, above the card; whatever is changed later, it does not come again."""
    await compose(house, maria)
    await maria.press("Текст")
    await maria.say("Другое меню")
    [posted] = pictures(house, maria)
    assert posted["notified"] is False
    assert shown(house, maria)[-1]["reply_to"] == posted["message_id"]
    assert "Другое меню" in maria.card


async def test_a_document_is_taken_as_a_photo_is(house: House, maria: Person) -> None:
    await send(house, maria, picture(2000, 1000, "PNG"), kind="document", name="menu.png", mime="image/png")
    await maria.say(PHONE)
    assert "картинка 1280 × 640" in maria.card


async def test_a_line_of_words_needs_no_picture(house: House, maria: Person) -> None:
    await maria.say(f"/mms {PHONE} Ждём вас 🎉 у входа")
    assert "без картинки" in maria.card
    await maria.press("Отправить MMS")
    await house.go(seconds=10)
    assert [(one["kind"], one["text"], one["picture"] is not None) for one in house.sms] == [
        ("mms", "Ждём вас 🎉 у входа", False)
    ]


async def test_a_dialogue_asks_for_number_then_picture_and_takes_a_subject(house: House, maria: Person) -> None:
    await maria.say("/mms")
    assert maria.card.title == "✏️ Новое MMS · кому?"
    await maria.say(PHONE)
    assert "Пришлите картинку или текст, до 2000 знаков." in maria.card.text.replace("\xa0", "").replace(
        "2 000", "2000"
    )
    await send(house, maria, picture())
    assert maria.card.title == "✏️ Проверьте MMS · +79119876543"
    await maria.press("Тема")
    await maria.say("Меню")
    assert "Тема: Меню" in maria.card
    await maria.press("Отправить MMS")
    await house.go(seconds=10)
    assert [(one["subject"], one["text"], one["picture"] is not None) for one in house.sms] == [("Меню", "", True)]


async def test_undo_brings_the_draft_back_with_its_picture(house: House, maria: Person) -> None:
    await compose(house, maria)
    await maria.press("Отправить MMS")
    await maria.press("Вернуть")
    assert maria.card.title == "✏️ Проверьте MMS · +79119876543"
    assert "Вернули: ничего не ушло." in maria.card
    assert "картинка 640 × 480" in maria.card
    await house.go(minutes=5)
    assert house.calls("/api.php") == []
    await maria.press("Отправить MMS")
    await house.go(seconds=10)
    assert [one["picture"] is not None for one in house.sms] == [True]


async def test_a_call_that_is_cut_leaves_a_question_and_is_not_repeated(house: House, maria: Person) -> None:
    """The outcome is unknown; sent once more by hand, it carries its picture again."""
    await compose(house, maria)
    house.faults.set(side="sms2", call="api.php", kind="cut_after")
    await maria.press("Отправить MMS")
    await house.go(minutes=10)
    assert maria.card.title == "❓ Исход неизвестен · +79119876543"
    assert "MMS могло уйти. Сами не повторим." in maria.card
    assert len(house.calls("/api.php")) == 1
    house.faults.clear()
    await maria.press("Отправить ещё раз")
    assert maria.card.title == "⚠️ Риск двойного MMS · +79119876543"
    await maria.press("Всё равно ещё раз")
    await house.go(seconds=10)
    assert [one["picture"] is not None for one in house.sms] == [True, True]


@pytest.mark.parametrize("content", [b"", picture()[:200], b"\xff\xd8 no picture at all"])
async def test_a_broken_file_is_refused_in_a_line(house: House, maria: Person, content: bytes) -> None:
    await send(house, maria, content or b"?", kind="document", name="menu.jpg", mime="image/jpeg")
    assert "Файл повреждён или слишком велик. Нужен PNG или JPEG до 20 МБ." in maria.card
    assert pictures(house, maria) == []


async def test_a_huge_file_is_refused_unfetched(house: House, maria: Person) -> None:
    await send(house, maria, b"\x89PNG" + bytes(20 * 1024 * 1024), kind="document", name="menu.png", mime="image/png")
    assert "Файл повреждён или слишком велик. Нужен PNG или JPEG до 20 МБ." in maria.card


BROKEN = b"\xff\xd8 broken"


async def test_a_bad_picture_leaves_the_old_one(house: House, maria: Person) -> None:
    await compose(house, maria)
    await maria.press("Картинка")
    await send(house, maria, BROKEN, kind="document", name="menu.jpg", mime="image/jpeg")
    assert "Файл повреждён" in maria.card
    await maria.press("Назад")
    assert "картинка 640 × 480" in maria.card
    assert maria.card.labels[0] == "Отправить MMS"


@pytest.mark.parametrize("line", [f"/mms {PHONE} Меню", None])
async def test_a_picture_that_follows_a_bad_one_goes_into_the_same_mms(
    house: House, maria: Person, line: str | None
) -> None:
    """The question for a picture is open until one is taken."""
    await (maria.say(line) if line else compose(house, maria))
    await maria.press("Картинка")
    await send(house, maria, BROKEN, kind="document", name="menu.jpg", mime="image/jpeg")
    await send(house, maria, BROKEN, kind="document", name="menu.jpg", mime="image/jpeg")
    assert "Файл повреждён" in maria.card
    await send(house, maria, picture(300, 200))
    assert "картинка 300 × 200" in maria.card
    assert [card.title for card in maria.cards if "MMS" in card] == [f"✏️ Проверьте MMS · +{PHONE}"]


async def test_a_bad_picture_beside_its_line_is_asked_for_again(house: House, maria: Person) -> None:
    await send(house, maria, BROKEN, kind="document", name="m.jpg", mime="image/jpeg", caption=f"/mms {PHONE} Меню")
    assert "Файл повреждён" in maria.card
    await send(house, maria, picture(300, 200))
    assert maria.card.title == f"✏️ Проверьте MMS · +{PHONE}"
    assert "картинка 300 × 200" in maria.card


async def test_another_picture_takes_the_place_of_the_first(house: House, maria: Person) -> None:
    await compose(house, maria)
    await maria.press("Картинка")
    await send(house, maria, picture(300, 200))
    assert "картинка 300 × 200" in maria.card
    assert len(pictures(house, maria)) == 2
    assert shown(house, maria)[-1]["reply_to"] == pictures(house, maria)[-1]["message_id"]


async def test_photos_sent_one_by_one_open_a_draft_each(house: House, maria: Person) -> None:
    """Nobody can know which of them was meant: none takes the other's place."""
    async with house.at_once():
        await send(house, maria, picture(), caption="Первая")
        await send(house, maria, picture(300, 200))
    assert [one.title for one in maria.cards if one.labels] == ["✏️ Новое MMS · кому?"] * 2


ONE_ONLY = "В MMS одна картинка: взята первая из альбома."


async def test_of_an_album_the_first_picture_is_taken_and_the_rest_is_answered_once(
    house: House, maria: Person
) -> None:
    """Also where the bot was restarted in the middle of it, and what was begun has left meanwhile."""
    await maria.say(f"/mms {PHONE}")
    async with house.at_once():
        for width in (640, 320, 160):
            await send(house, maria, picture(width), album="A")
    assert [one.title for one in maria.cards if one.text] == [ONE_ONLY, "✏️ Проверьте MMS · +79119876543"]
    assert "картинка 640 × 480" in maria.card
    await maria.press("Отправить MMS")
    await house.go(seconds=10)
    await house.restart()
    await send(house, maria, picture(80), album="A", caption="Поздно")
    assert [one.title for one in maria.cards if one.text] == [ONE_ONLY, "📤 Отправлено · +79119876543"]
    assert [(one["phone"], one["text"]) for one in house.sms] == [(PHONE, "")]


async def test_what_is_written_beside_a_later_picture_of_an_album_is_not_lost(house: House, maria: Person) -> None:
    async with house.at_once():
        await send(house, maria, picture(), album="A")
        await send(house, maria, picture(320), album="A", caption="Меню на неделю")
        await send(house, maria, picture(160), album="A", caption="Ещё одно")
    await maria.say(PHONE)
    assert maria.card.title == "✏️ Проверьте MMS · +79119876543"
    assert "Меню на неделю" in maria.card
    assert len([one for one in maria.cards if ONE_ONLY in one]) == 1


async def test_another_album_is_another_mms(house: House, maria: Person) -> None:
    for album in ("A", "B"):
        for width in (640, 320):
            await send(house, maria, picture(width), album=album)
    assert [one.title for one in maria.cards if "Новое MMS" in one] == ["✏️ Новое MMS · кому?"] * 2


async def test_the_next_picture_of_an_album_is_taken_where_the_first_is_too_large(house: House, maria: Person) -> None:
    huge = b"\x89PNG" + bytes(20 * 1024 * 1024)
    await send(house, maria, huge, kind="document", name="menu.png", mime="image/png", album="A")
    await send(house, maria, picture(), album="A")
    await maria.say(PHONE)
    assert "картинка 640 × 480" in maria.card
    assert [one for one in maria.cards if ONE_ONLY in one] == []


async def test_an_album_in_a_group_is_answered_where_it_was_meant_for_the_bot(
    house: House, maria: Person, group: Chat
) -> None:
    await house.do("settings", privacy=False)
    for at, caption in enumerate((f"/mms {PHONE} Меню", "", "")):
        await send(house, maria, picture(640 - at), chat=str(GROUP), caption=caption, album="A")
    for _ in range(2):
        await send(house, maria, picture(), chat=str(GROUP), album="B")
    assert [one.lines[0] for one in group.cards if one.labels] == ["✏️ Проверьте MMS · +79119876543"]
    assert len([one for one in group.cards if ONE_ONLY in one]) == 1


async def test_nothing_can_be_confirmed_before_the_picture_is_there(house: House, maria: Person) -> None:
    await maria.say(f"/mms {PHONE}")
    async with house.aside("pictures"):
        house.faults.set(side="telegram", call="getFile", kind="error500_before")
        await send(house, maria, picture())
        assert maria.card.title == "✏️ Готовлю картинку… · +79119876543"
        assert "Отправить MMS" not in maria.card.labels
    house.faults.clear()
    await house.go(minutes=2)
    assert maria.card.title == "✏️ Проверьте MMS · +79119876543"


async def test_an_id_that_the_provider_does_not_know_is_asked_for_once(house: House, maria: Person) -> None:
    await compose(house, maria)
    await maria.press("Отправить MMS")
    await house.go(days=4)
    assert maria.card.title == "📤 Отправлено · +79119876543"
    assert "По этому MMS провайдер статус не даёт." in maria.card
    assert maria.card.labels == ["Новое MMS"]
    assert len(house.calls("/sms_status2.cgi")) == 1


async def test_a_press_on_check_learns_the_same(house: House, maria: Person) -> None:
    await compose(house, maria)
    await maria.press("Отправить MMS")
    await house.go(seconds=10)
    await maria.press("Проверить")
    await house.go(seconds=4)
    assert "По этому MMS провайдер статус не даёт." in maria.card


async def test_the_same_mms_again_wants_one_more_tap(house: House, maria: Person) -> None:
    """Same subject, text and picture; another picture is another MMS."""
    await compose(house, maria)
    await maria.press("Отправить MMS")
    await house.go(seconds=10)
    await compose(house, maria)
    await maria.press("Отправить MMS")
    assert maria.card.title == "⚠️ Точно отправить MMS? · +79119876543"
    await maria.press("Назад")
    await maria.press("Картинка")
    await send(house, maria, picture(300, 200))
    await maria.press("Отправить MMS")
    assert maria.card.title == "⏳ Сейчас уйдёт · +79119876543"


async def test_a_photo_in_a_group_is_nobodys_business_unless_it_says_so(
    house: House, maria: Person, group: Chat
) -> None:
    await send(house, maria, picture(), chat=str(GROUP), caption="Смотрите")
    assert group.cards == []
    await send(house, maria, picture(), chat=str(GROUP), caption=f"/mms {PHONE} Меню")
    assert group.card.title == "✏️ Проверьте MMS · +79119876543"


async def test_a_viewer_may_not_send_pictures(house: House, anna: Person) -> None:
    await send(house, anna, picture())
    assert anna.card.text == "Это может оператор или владелец. Ваша роль: наблюдатель."


async def test_again_opens_the_mms_with_its_picture(house: House, maria: Person) -> None:
    house.fate(PHONE, "blacklisted")
    await compose(house, maria)
    await maria.press("Отправить MMS")
    await house.go(seconds=10)
    assert maria.card.title == "❌ Отклонено · +79119876543"
    await maria.press("Кому")
    await maria.say("79119876544")
    assert maria.card.title == "✏️ Проверьте MMS · +79119876544"
    await maria.press("Отправить MMS")
    await house.go(seconds=10)
    assert [(one["phone"], one["picture"] is not None) for one in house.sms] == [("79119876544", True)]


async def test_a_strip_that_is_no_photo_to_telegram_is_shown_as_a_file(house: House, maria: Person) -> None:
    """What is confirmed has been seen, whatever its shape."""
    strip = picture(1200, 40, "PNG")
    await send(house, maria, strip, kind="document", name="strip.png", mime="image/png")
    await maria.say(PHONE)
    posted = next(one for one in shown(house, maria) if one["by_bot"] and one["document"])
    assert shown(house, maria)[-1]["reply_to"] == posted["message_id"]
    assert "картинка 1200 × 40" in maria.card


async def test_a_line_that_is_edited_takes_its_draft_along(house: House, maria: Person) -> None:
    line = await maria.say(f"/mms {PHONE} Ждём вас в пятницу")
    await maria.edit(line, f"/mms {PHONE} Ждём вас в субботу")
    assert maria.card.title == "✏️ Проверьте MMS · +79119876543"
    assert "Ждём вас в субботу" in maria.card


async def test_what_is_taken_away_is_not_sent(house: House, maria: Person) -> None:
    """Subject, text and picture can each be done without, as long as there is something to send."""
    await compose(house, maria)
    await maria.press("Текст")
    await maria.press("Без текста")
    assert maria.card.labels[0] == "Отправить MMS"
    await maria.press("Картинка")
    await maria.press("Без картинки")
    assert maria.card.title == "✏️ Новое MMS · +79119876543"
    await maria.say("Только слова")
    await maria.press("Отправить MMS")
    await house.go(seconds=10)
    assert [(one["text"], one["picture"]) for one in house.sms] == [("Только слова", None)]


async def test_bad_news_of_an_mms_stands_below_its_picture(house: House, maria: Person) -> None:
    """A card that is raised to ask for a paid press still points at what it would send."""
    await compose(house, maria)
    house.faults.set(side="sms2", call="api.php", kind="cut_after")
    await maria.press("Отправить MMS")
    await house.go(minutes=3)
    assert shown(house, maria)[-1]["reply_to"] == pictures(house, maria)[-1]["message_id"]


async def test_several_people_get_the_same_picture(house: House, maria: Person) -> None:
    await send(house, maria, picture(), caption=f"/mms {PHONE}, 79119876544 Меню")
    await maria.press("Отправить MMS: 2")
    await house.go(seconds=10)
    assert {mms.read_picture(house.store, one["id"]) for one in house.sms} == {
        mms.read_picture(house.store, house.sms[0]["id"])
    }
    assert [one["phone"] for one in house.sms] == [PHONE, "79119876544"]


async def test_an_sms_may_begin_beside_an_mms_that_waits(house: House, maria: Person) -> None:
    """Each command asks for its own kind of draft; the other keeps its card."""
    await send(house, maria, picture(), caption="Меню")
    await maria.say("/send")
    assert maria.card.title == "✏️ Новое SMS · кому?"
    assert [one.title for one in maria.cards if one.labels] == ["✏️ Новое MMS · кому?", "✏️ Новое SMS · кому?"]


@ON_ONE_DATABASE
async def test_to_take_it_back_too_late_is_answered_of_an_mms(house: House, maria: Person) -> None:
    await compose(house, maria)
    await maria.press("Отправить MMS")
    undo = maria.data("Вернуть")
    await house.go(seconds=10)
    assert await maria.forge(undo) == "Поздно: MMS уже у провайдера, отозвать нельзя."


@ON_ONE_DATABASE
async def test_the_card_of_an_mms_leads_to_a_new_mms(house: House, maria: Person) -> None:
    await compose(house, maria)
    await maria.press("Отправить MMS")
    await house.go(seconds=10)
    await maria.press("Новое MMS")
    assert maria.card.title == "✏️ Новое MMS · кому?"
