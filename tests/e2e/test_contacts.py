"""Contacts that are shared together: Telegram sends each as a message of its own, people mean one list."""

from typing import Any

import pytest

from sandbox.telegram import actions
from tests.e2e.house import House
from tests.e2e.screen import Chat, Person, Seen
from tests.e2e.test_mms import picture, send

PHONE, SECOND, THIRD = "79119876543", "79119876544", "79119876545"
FOREIGN = "+380441234567"


async def share(
    house: House, person: Person, *phones: str, at: Chat | None = None, reply_to: Seen | None = None
) -> None:
    """Share contacts in one go; only the first of them replies."""
    async with house.at_once():
        for nth, phone in enumerate(phones):
            content: dict[str, Any] = {"contact": {"phone_number": phone, "first_name": "Анна"}}
            answered = reply_to.id if reply_to and not nth else 0
            place, thread = (at.id, at.thread) if at else (person.id, 0)
            actions.send(house.world, person.id, place, content, reply_to=answered, thread=thread)


async def test_all_join_the_draft_whose_text_is_written_already(house: House, maria: Person) -> None:
    """The first of them completes it; the rest still belong to it, and a repeat is named."""
    await maria.say("/send Скидка 10 %")
    await share(house, maria, PHONE, SECOND, SECOND, THIRD)
    assert [card.title for card in maria.cards] == ["✏️ Проверьте SMS · 3 получателя"]
    assert "1 повтор убран" in maria.card


async def test_all_join_the_picture_that_waits_for_whom_it_is(house: House, maria: Person) -> None:
    await send(house, maria, picture(), caption="Меню")
    await share(house, maria, PHONE, SECOND)
    assert maria.card.title == "✏️ Проверьте MMS · 2 получателя"
    assert [card for card in maria.cards if "Новое SMS" in card] == []


async def test_all_replace_the_list_that_is_asked_for_anew(house: House, maria: Person) -> None:
    await maria.say("/send 79119876500 Привет")
    await maria.press("Кому")
    await share(house, maria, PHONE, SECOND)
    assert maria.card.title == "✏️ Проверьте SMS · 2 получателя"
    assert "79119876500" not in maria.card


async def test_those_that_were_sent_together_are_read_together_after_a_standstill(house: House, maria: Person) -> None:
    """What counts is when they were sent, not when they are read."""
    await maria.say("/send Скидка 10 %")
    await share(house, maria, PHONE)
    async with house.at_once():
        await maria.contact(SECOND)
        house.time.go(minutes=5)
        await house.restart()
    assert maria.card.title == "✏️ Проверьте SMS · 2 получателя"


async def test_a_contact_of_later_begins_an_sms_of_its_own(house: House, maria: Person) -> None:
    """A preview that stands there for a while is finished business."""
    await maria.say("/send Скидка 10 %")
    await share(house, maria, PHONE)
    await house.go(seconds=70)
    await share(house, maria, SECOND)
    assert [card.title for card in maria.cards] == [
        f"✏️ Проверьте SMS · +{PHONE}",
        f"✏️ Новое SMS · +{SECOND}",
    ]


async def test_a_contact_after_the_text_begins_an_sms_of_its_own(house: House, maria: Person) -> None:
    await share(house, maria, PHONE)
    await maria.say("Скидка 10 %")
    await share(house, maria, SECOND)
    assert maria.find("Проверьте SMS").title == f"✏️ Проверьте SMS · +{PHONE}"
    assert maria.card.title == f"✏️ Новое SMS · +{SECOND}"


async def test_what_was_confirmed_meanwhile_is_left_alone(house: House, maria: Person) -> None:
    await maria.say("/send Скидка 10 %")
    await share(house, maria, PHONE)
    await maria.press("Отправить")
    await share(house, maria, SECOND)
    await house.go(seconds=10)
    assert [sms["phone"] for sms in house.sms] == [PHONE]
    assert maria.find("Новое SMS").title == f"✏️ Новое SMS · +{SECOND}"


@pytest.mark.parametrize("phones", [(FOREIGN, PHONE, SECOND), (PHONE, FOREIGN, SECOND), (PHONE, SECOND, FOREIGN)])
async def test_one_that_cannot_be_reached_is_named_wherever_it_stands(
    house: House, maria: Person, phones: tuple[str, ...]
) -> None:
    """Who shares three people is not left to count that two of them remain."""
    await maria.say("/send Скидка 10 %")
    await share(house, maria, *phones)
    assert maria.card.title == "⚠️ Пока нельзя отправить · 2 получателя"
    assert "не российский" in maria.card
    assert "Убрать плохие: 1" in maria.card.labels


async def test_another_contact_in_place_of_a_refused_one_is_not_held_up_by_it(house: House, maria: Person) -> None:
    await maria.say("/send Скидка 10 %")
    await share(house, maria, FOREIGN)
    assert "не российский" in maria.card
    await house.go(seconds=10)
    await share(house, maria, PHONE)
    assert maria.card.title == f"✏️ Проверьте SMS · +{PHONE}"


async def test_in_a_group_a_reply_is_enough_for_all(house: House, ivan: Person, topic: Chat) -> None:
    """Telegram lets only the first of them reply; a later one may answer the draft's card itself."""
    await house.do("settings", privacy=False)
    await ivan.say("/send Скидка 10 %", at=topic)
    await share(house, ivan, PHONE, SECOND, at=topic, reply_to=topic.asks[0])
    assert topic.card.title == "✏️ Проверьте SMS · 2 получателя"
    await house.go(minutes=5)
    await share(house, ivan, THIRD, at=topic)
    assert topic.card.title == "✏️ Проверьте SMS · 2 получателя"
    await share(house, ivan, THIRD, at=topic, reply_to=topic.card)
    assert topic.card.title == "✏️ Проверьте SMS · 3 получателя"
