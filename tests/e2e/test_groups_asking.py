"""Questions in a group: asked once more for a reply, because Telegram hides plain texts from bots there."""

from tests.e2e.house import House
from tests.e2e.screen import Chat, Person

PHONE = "79119876543"


async def test_every_question_of_a_draft_is_asked_for_a_reply_and_the_answers_find_it(
    house: House, ivan: Person, topic: Chat
) -> None:
    """In privacy mode the bot hears replies alone; a question that is answered is taken away."""
    await ivan.say("/send", at=topic)
    [asked] = topic.asks
    assert asked.lines == ["✏️ Кому отправить?", "Ответьте на это сообщение: Иван"]
    assert topic.card.title == "✏️ Новое SMS · кому?"
    await ivan.say(PHONE, at=topic, reply_to=asked)
    [asked] = topic.asks
    assert asked.title == "✏️ Какой текст?"
    assert topic.card.id < asked.id
    await ivan.say("Ваш заказ готов.", at=topic, reply_to=asked)
    assert topic.asks == []
    assert topic.card.title == f"✏️ Проверьте SMS · +{PHONE}"
    await ivan.press("Отправить", at=topic)
    await house.go(seconds=30)
    assert [sms["text"] for sms in house.sms] == ["Ваш заказ готов."]


async def test_an_answer_that_is_not_taken_is_asked_for_again_below(house: House, ivan: Person, group: Chat) -> None:
    """The reply closed the question on the screen of whoever sent it."""
    await ivan.say("/send", at=group)
    [first] = group.asks
    await ivan.say("не номер", at=group, reply_to=first)
    [second] = group.asks
    assert second.id > group.card.id > first.id
    await ivan.say(PHONE, at=group, reply_to=group.card)
    assert group.card.title == f"✏️ Новое SMS · +{PHONE}"
    assert [one.title for one in group.asks] == ["✏️ Какой текст?"]


async def test_a_draft_that_ends_takes_its_question_along(
    house: House, maria: Person, ivan: Person, group: Chat
) -> None:
    """Whoever ends it: its author by /cancel, a colleague by the button."""
    await ivan.say("/send", at=group)
    await ivan.say("/cancel", at=group)
    assert group.asks == []
    await ivan.say("/send", at=group)
    await maria.press("Закрыть", at=group)
    assert group.asks == []
    await ivan.say("Просто слова", at=group, reply_to=group.card)
    assert group.card.title.startswith("🚫 Черновик закрыт")


async def test_a_field_edited_anew_is_asked_for_and_back_takes_the_question_away(
    house: House, ivan: Person, group: Chat
) -> None:
    await ivan.say(f"/send {PHONE} Привет", at=group)
    assert group.asks == []
    await ivan.press("Подпись", at=group)
    assert [one.title for one in group.asks] == ["✏️ Какая подпись?"]
    await ivan.press("Назад", at=group)
    assert group.asks == []


async def test_a_small_question_hands_over_to_the_draft_that_waited_behind_it(
    house: House, ivan: Person, group: Chat
) -> None:
    """One question at a time stands open for one person."""
    await ivan.say("/send", at=group)
    await ivan.say("/bases", at=group)
    await ivan.press("VIP · 12", at=group)
    await ivan.press("Проверить номер", at=group)
    [asked] = group.asks
    assert asked.title == "✏️ Какой номер?"
    await ivan.say("ерунда", at=group, reply_to=asked)
    [asked] = group.asks
    assert asked.title == "✏️ Какой номер?"
    await ivan.say(PHONE, at=group, reply_to=asked)
    assert [one.title for one in group.asks] == ["✏️ Кому отправить?"]


async def test_talk_among_colleagues_answers_nothing(house: House, maria: Person, ivan: Person, topic: Chat) -> None:
    """Where the bot hears all, an answer to a colleague is for the colleague; so is what another is asked for."""
    await house.do("settings", privacy=False)
    await ivan.say("/send", at=topic)
    await maria.say("Кому пишешь?", at=topic)
    [asked] = topic.asks
    said = next(one for one in topic.messages if one.text == "Кому пишешь?")
    await ivan.say(PHONE, at=topic, reply_to=said)
    assert topic.card.title == "✏️ Новое SMS · кому?"
    await maria.say(PHONE, at=topic, reply_to=asked)
    assert topic.card.text == "Это черновик: Иван."
    assert topic.find("Новое SMS").title == "✏️ Новое SMS · кому?"
    await ivan.say(PHONE, at=topic)
    assert topic.card.title == f"✏️ Новое SMS · +{PHONE}"


async def test_in_private_nothing_is_asked_twice(house: House, ivan: Person) -> None:
    await ivan.say("/send")
    assert (ivan.card.title, ivan.asks) == ("✏️ Новое SMS · кому?", [])


async def test_the_questions_of_a_multicast_are_asked_but_not_for_what_buttons_choose(
    house: House, ivan: Person, topic: Chat
) -> None:
    await ivan.say("/multicast", at=topic)
    assert topic.asks == []
    await ivan.press("☐ VIP · 12", at=topic)
    await ivan.press("Дальше", at=topic)
    [asked] = topic.asks
    assert asked.title == "✏️ Какой текст?"
    await ivan.say("Скидка 20 %", at=topic, reply_to=asked)
    [asked] = topic.asks
    assert asked.title == "✏️ Когда начать?"
    await ivan.say("завтра в 12", at=topic, reply_to=asked)
    assert topic.asks == []
    assert topic.card.title == "✏️ Проверьте рассылку · VIP"
