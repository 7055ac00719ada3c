"""What nobody asked for, at any step: one line says what would do, and whatever waited goes on waiting."""

from typing import Any

import pytest

from sandbox.telegram import actions
from tests.e2e.house import ON_ONE_DATABASE, House
from tests.e2e.screen import Chat, Person

pytestmark = ON_ONE_DATABASE
PHONE = "79119876543"
_FILE = {"file_id": "F", "file_unique_id": "U", "file_size": 10}
_POLL = {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False, "is_anonymous": True}
FILES: dict[str, dict[str, Any]] = {
    "voice": {"voice": {**_FILE, "duration": 1}},
    "video": {"video": {**_FILE, "width": 1, "height": 1, "duration": 1}},
    "animation": {"animation": {**_FILE, "width": 1, "height": 1, "duration": 1}, "document": _FILE},
    "document without a name": {"document": _FILE},
}
OTHERS: dict[str, dict[str, Any]] = {
    "sticker": {
        "sticker": {**_FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
    },
    "location": {"location": {"latitude": 55.75, "longitude": 37.62}},
    "video note": {"video_note": {**_FILE, "duration": 1, "length": 1}},
    "poll": {
        "poll": {
            **_POLL,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
    },
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "story": {"story": {"id": 1, "chat": {"id": 5, "type": "private"}}},
}
SERVICE: dict[str, dict[str, Any]] = {
    "pinned": {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1001, "type": "private"}}},
    "timer": {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
    "of a kind yet to come": {},
}
STEPS = {
    "nothing": ("/help", "", "Команды"),
    "phones": ("/send", "", "✏️ Новое SMS · кому?"),
    "text": (f"/send {PHONE}", "", f"✏️ Новое SMS · +{PHONE}"),
    "field": (f"/send {PHONE} Привет", "Текст", "✏️ Новый текст · было:"),
    "bases": ("/multicast", "", "✏️ Новая рассылка · какие базы?"),
    "setting": ("/settings", "Часовой пояс", "✏️ Часовой пояс · сейчас Москва, UTC+3"),
}


async def send(house: House, person: Person, content: dict[str, Any], *, at: Chat | None = None) -> None:
    """Send a message of any content."""
    actions.send(house.world, person.id, at.id if at else person.id, content)
    await house.settle()


@pytest.mark.parametrize("step", STEPS)
async def test_what_is_no_answer_gets_one_line_and_changes_nothing(house: House, maria: Person, step: str) -> None:
    """Twice each: never silence, never a step taken by it."""
    said, label, title = STEPS[step]
    await maria.say(said)
    if label:
        await maria.press(label)
    waiting = maria.find(title)
    for line, contents in (("С таким файлом бот не работает.", FILES), ("Такое сообщение бот не читает.", OTHERS)):
        for content in contents.values():
            for _ in range(2):
                before = len(maria.cards)
                await send(house, maria, content)
                assert (len(maria.cards), maria.card.lines[0]) == (before + 1, line)
    assert maria.find(title).text == waiting.text
    assert house.calls() == []


@pytest.mark.parametrize("kind", SERVICE)
async def test_what_telegram_says_of_a_chat_gets_no_answer(house: House, maria: Person, kind: str) -> None:
    """Nobody said that."""
    await maria.say("/send")
    await send(house, maria, SERVICE[kind])
    assert len(maria.cards) == 1


async def test_in_a_group_nothing_that_nobody_asked_for_is_answered(house: House, maria: Person, group: Chat) -> None:
    await house.do("settings", privacy=False)
    for content in (*FILES.values(), *OTHERS.values()):
        await send(house, maria, content, at=group)
    assert group.cards == []


async def test_a_contact_in_a_group_is_a_recipient_only_of_a_draft_that_waits(
    house: House, maria: Person, group: Chat
) -> None:
    """Colleagues share contacts among themselves."""
    await house.do("settings", privacy=False)
    await send(house, maria, contact(PHONE), at=group)
    assert group.cards == []
    await maria.say("/send", at=group)
    for phone in (PHONE, "79119876544"):
        await send(house, maria, contact(phone), at=group)
    assert group.card.title == "✏️ Новое SMS · 2 получателя"
    shown = len(group.cards)
    await maria.say("Привет", at=group)
    await send(house, maria, contact(PHONE), at=group)
    assert group.card.title == "✏️ Проверьте SMS · 2 получателя"
    assert len(group.cards) == shown + 1


async def test_contacts_sent_together_are_recipients_of_one_mms(house: House, maria: Person) -> None:
    await maria.say("/mms")
    for phone in (PHONE, "79119876544"):
        await maria.contact(phone)
    assert [card.title for card in maria.cards] == ["✏️ Новое MMS · 2 получателя"]


async def test_a_contact_is_a_number_to_look_for_in_a_base(house: House, maria: Person) -> None:
    """That is what the card asks for; no SMS to the person is begun."""
    await maria.say("/bases VIP")
    await maria.press("Проверить номер")
    await maria.contact(PHONE)
    await house.go(seconds=2)
    assert [card.title for card in maria.cards] == [f"Нет в базе VIP · +{PHONE}"]


def contact(phone: str) -> dict[str, Any]:
    return {"contact": {"phone_number": phone, "first_name": "Анна"}}
