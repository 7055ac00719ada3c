"""All ways into a draft: contacts, forwards, edits, replies; and the own number, for oneself and for tests."""

from sandbox.telegram import actions
from tests.e2e.house import ON_ONE_DATABASE, House
from tests.e2e.screen import Person

pytestmark = ON_ONE_DATABASE
PHONE = "79119876543"


async def test_a_contact_is_a_recipient(house: House, maria: Person) -> None:
    """With nothing waiting it opens a draft; a draft that waits for recipients takes it."""
    await maria.contact("+7 911 987-65-43", of=1004)
    assert maria.card.title == "✏️ Новое SMS · +79119876543"
    await maria.say("/cancel")
    await maria.say("/send")
    await maria.contact("89119876544")
    assert maria.card.title == "✏️ Новое SMS · +79119876544"


async def test_every_number_of_a_contacts_card_is_a_recipient(house: House, maria: Person) -> None:
    """A vCard may hold more numbers than the one that Telegram shows."""
    vcard = "BEGIN:VCARD\nVERSION:3.0\nFN:Анна\nTEL:+79119876543\nTEL:+79119876544\nEND:VCARD"
    content = {"contact": {"phone_number": "79119876543", "first_name": "Анна", "vcard": vcard}}
    actions.send(house.world, maria.id, maria.id, content)
    await house.settle()
    assert maria.card.title == "✏️ Новое SMS · 2 получателя"


async def test_a_forward_goes_where_the_draft_waits(house: House, maria: Person) -> None:
    """Numbers where recipients are asked for; whole, numbers and all, where the text is."""
    await maria.say("/send")
    await maria.forward("Наш номер 8 911 987-65-43")
    assert maria.card.title == "✏️ Новое SMS · +79119876543"
    await maria.forward("Звоните 8 911 000-00-09")
    assert maria.card.title == "✏️ Проверьте SMS · +79119876543"
    assert "Звоните 8 911 000-00-09" in maria.card


async def test_a_draft_follows_the_message_its_text_came_from(house: House, maria: Person) -> None:
    """In place, under a new version; the old buttons spend nothing."""
    await maria.say(f"/send {PHONE}")
    typed = await maria.say("Скидка 10 %")
    before, old = maria.card, maria.data("Отправить")
    await maria.edit(typed, "Скидка 15 %")
    assert maria.card.id == before.id
    assert maria.card.text == before.text.replace("10 %", "15 %")
    assert await maria.forge(old) != ""
    await house.go(minutes=1)
    assert house.calls() == []


async def test_a_draft_follows_the_line_of_send_that_began_it(house: House, maria: Person) -> None:
    """What follows is the text, not the command around it."""
    typed = await maria.say(f"/send {PHONE} Скидка 10 %")
    before = maria.card.text
    await maria.edit(typed, f"/send {PHONE} Скидка 15 %")
    assert maria.card.text == before.replace("10 %", "15 %")


async def test_an_edit_changes_nothing_but_the_open_draft_it_came_from(house: House, maria: Person) -> None:
    """Not what was confirmed, not another draft, and it is no command either."""
    other = await maria.say("/help")
    typed = await maria.say(f"/send {PHONE} Скидка 10 %")
    await maria.press("Отправить")
    await maria.edit(typed, f"/send {PHONE} Скидка 90 %")
    await maria.edit(other, f"/send {PHONE} Привет")
    await house.go(minutes=1)
    assert [sms["text"] for sms in house.sms] == ["Скидка 10 %"]
    assert [card.title for card in maria.cards] == ["Команды", "✅ Доставлено · +79119876543"]


async def test_a_reply_to_a_drafts_card_is_its_new_text(house: House, maria: Person) -> None:
    await maria.say(f"/send {PHONE} Скидка 10 %")
    await maria.say("Скидка 15 %", reply_to=maria.card)
    assert maria.card.title == "✏️ Проверьте SMS · +79119876543"
    assert "Скидка 15 %" in maria.card


async def test_the_own_number_is_asked_for_once_and_only_the_own_one_counts(house: House, maria: Person) -> None:
    """To myself: a foreign contact is refused, the own one fills the draft and is remembered."""
    await maria.say("/send")
    await maria.press("Себе")
    assert maria.card.title == "✏️ Ваш номер"
    await maria.contact("79110001004", of=1004)
    assert maria.card.title == "⚠️ Это не ваш номер"
    await maria.contact("79110001001")
    assert maria.card.title == "⚠️ Это не ваш номер"
    await maria.tap("Дать мой номер")
    assert maria.card.title == "✏️ Новое SMS · +79110001001"
    await maria.say("/cancel")
    await maria.say("/send")
    await maria.press("Себе")
    assert maria.card.title == "✏️ Новое SMS · +79110001001"


async def test_a_test_to_me_is_one_real_sms_and_the_preview_tells_its_fate(house: House, maria: Person) -> None:
    """The button is gone until the text changes, since the provider would refuse a repeat."""
    await house.change(maria, phone=maria.phone)
    await maria.say(f"/send {PHONE} Скидка 10 %")
    assert await maria.press("Тест себе") == "Тест уходит на +7911•••••01"
    await house.go(seconds=15)
    assert "Тест: доставлен 12:04" in maria.card
    assert maria.card.labels[0] == "Отправить"
    assert "Тест себе" not in maria.card.labels
    assert [sms["phone"] for sms in house.sms] == [maria.phone]
    await maria.press("Текст")
    await maria.say("Скидка 15 %")
    assert "Тест себе" in maria.card.labels
    assert "Тест:" not in maria.card


async def test_a_first_test_asks_for_the_own_number_and_returns_to_the_draft(house: House, maria: Person) -> None:
    """Nothing leaves by that alone: the test is pressed again."""
    await maria.say(f"/send {PHONE} Скидка")
    await maria.press("Тест себе")
    await maria.tap("Дать мой номер")
    assert maria.card.title == "✏️ Проверьте SMS · +79119876543"
    assert house.calls() == []
    await maria.press("Тест себе")
    await house.go(seconds=15)
    assert [sms["phone"] for sms in house.sms] == [maria.phone]


async def test_a_draft_to_oneself_offers_no_test(house: House, maria: Person) -> None:
    await house.change(maria, phone=maria.phone)
    await maria.say(f"/send {maria.phone} Привет")
    assert "Тест себе" not in maria.card.labels


async def test_a_test_pressed_twice_at_once_leaves_once(house: House, maria: Person) -> None:
    await house.change(maria, phone=maria.phone)
    await maria.say(f"/send {PHONE} Скидка")
    async with house.at_once():
        await maria.press("Тест себе")
        await maria.press("Тест себе")
    await house.go(seconds=15)
    assert len(house.calls()) == 1


def _contacts(count: int) -> bytes:
    return "".join(f"BEGIN:VCARD\nFN:Анна\nTEL:+791198765{n:02}\nEND:VCARD\n" for n in range(count)).encode()


async def test_contacts_in_a_document_become_recipients(house: House, maria: Person) -> None:
    await house.upload(maria.id, "Контакты.vcf", _contacts(3), kind="document")
    assert maria.card.title == "✏️ Что это? · 3 номера"
    await maria.press("Взять 3 номера")
    assert maria.card.title == "✏️ Новое SMS · 3 получателя"
    await maria.say("Скидка")
    assert maria.card.title == "✏️ Проверьте SMS · 3 получателя"


async def test_contacts_in_a_document_join_the_draft_that_asks_for_whom_it_is(house: House, maria: Person) -> None:
    await maria.say("/send Скидка")
    await house.upload(maria.id, "Контакты.vcf", _contacts(2), kind="document")
    await maria.press("Взять 2 номера")
    assert maria.card.title == "✏️ Проверьте SMS · 2 получателя"


async def test_contacts_in_a_document_may_go_into_a_base_instead(house: House, maria: Person) -> None:
    await house.upload(maria.id, "Контакты.vcf", _contacts(2), kind="document")
    await maria.press("VIP · 12")
    assert maria.card.labels[0] == "Добавить 2"


async def test_many_contacts_and_lists_of_other_kinds_are_for_bases_alone(house: House, maria: Person) -> None:
    many = "".join(f"BEGIN:VCARD\nTEL:+7911{n:07}\nEND:VCARD\n" for n in range(2_000_000, 2_001_001)).encode()
    await house.upload(maria.id, "Контакты.vcf", many, kind="document")
    assert maria.card.title == "✏️ Импорт · в какую базу?"
    await house.upload(maria.id, "список.txt", b"79119876543\n", kind="document")
    assert maria.card.title == "✏️ Импорт · в какую базу?"
