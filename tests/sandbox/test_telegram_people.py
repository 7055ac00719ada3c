import asyncio
from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.error import BadRequest, Forbidden

from tests.sandbox.sms2_client import Clock
from tests.sandbox.telegram_client import ANNA, GROUP, IVAN, JOHN, MARIA, PETR, TOPIC, Telegram

pytest_plugins = ["tests.sandbox.telegram_fixtures"]

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Отправить", callback_data="send:1")]])


async def newest(bot: Bot) -> Update:
    return (await bot.get_updates(offset=-1))[0]


async def heard(bot: Bot) -> list[str | None]:
    """Texts of all waiting messages; the queue is empty then."""
    updates = await bot.get_updates()
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return [update.message.text for update in updates if update.message]


async def test_a_command_comes_with_its_entity_and_its_writer(bot: Bot, telegram: Telegram) -> None:
    await telegram.do("say", user=JOHN, text="👍 /send 79119876543")
    message = (await newest(bot)).message
    assert message is not None
    assert message.from_user is not None
    assert [(one.type, one.offset, one.length) for one in message.entities] == [("bot_command", 3, 5)]
    assert (message.from_user.first_name, message.from_user.language_code) == ("John", "en")
    assert (message.chat.type, message.chat.first_name) == ("private", "John")


async def test_a_text_longer_than_a_message_comes_in_pieces_cut_at_blanks(bot: Bot, telegram: Telegram) -> None:
    numbers = [f"7911{number:07}" for number in range(400)]
    await telegram.do("say", user=MARIA, text="\n".join(numbers))
    pieces = await heard(bot)
    assert len(pieces) == 2
    assert "\n".join(str(piece) for piece in pieces).split("\n") == numbers


async def test_an_edit_comes_as_edited_message(bot: Bot, maria: int, telegram: Telegram) -> None:
    said = await telegram.do("say", user=maria, text="one")
    await telegram.do("edit", user=maria, chat=maria, message_id=said["message_id"], text="two")
    edited = (await newest(bot)).edited_message
    assert edited is not None
    assert (edited.message_id, edited.text, edited.edit_date is None) == (said["message_id"], "two", False)


async def test_a_press_comes_with_its_message_and_its_answer_is_shown(bot: Bot, maria: int, telegram: Telegram) -> None:
    sent = await bot.send_message(maria, "card", reply_markup=KEYBOARD)
    pressed = await telegram.do("press", user=maria, chat=maria, message_id=sent.message_id, label="Отправить")
    query = (await newest(bot)).callback_query
    assert query is not None
    assert query.message is not None
    assert (query.id, query.data, query.message.message_id) == (
        pressed["query_id"],
        "send:1",
        sent.message_id,
    )
    await query.answer("Уже принято.", show_alert=True)
    answer = (await telegram.see())["answers"][-1]
    assert (answer["query_id"], answer["text"], answer["show_alert"]) == (query.id, "Уже принято.", True)


async def test_presses_and_answers_are_events_numbered_like_all_others(
    bot: Bot, maria: int, telegram: Telegram
) -> None:
    """Whoever goes on behind the last event misses none, for each has an id of the one row."""
    sent = await bot.send_message(maria, "card", reply_markup=KEYBOARD)
    pressed = await telegram.do("press", user=maria, chat=maria, message_id=sent.message_id, label="Отправить")
    await bot.answer_callback_query(pressed["query_id"])
    found = (await telegram.http.get("/control/telegram/events")).json()
    events, query = found["events"], pressed["query_id"]
    assert [event["id"] for event in events] == list(range(1, found["last"] + 1))
    assert [(one["kind"], one["query_id"]) for one in events[-2:]] == [("press", query), ("answer", query)]


async def test_a_press_is_answered_once_and_within_a_minute(
    bot: Bot, maria: int, telegram: Telegram, clock: Clock
) -> None:
    sent = await bot.send_message(maria, "card", reply_markup=KEYBOARD)
    where = {"user": maria, "chat": maria, "message_id": sent.message_id, "data": "send:1"}
    too_old = "^Query is too old and response timeout expired or query id is invalid$"
    once, late = [(await telegram.do("press", **where))["query_id"] for _ in range(2)]
    assert await bot.answer_callback_query(once)
    for query_id in (once, "1", "x"):
        with pytest.raises(BadRequest, match=too_old):
            await bot.answer_callback_query(query_id)
    clock.advance(61)
    with pytest.raises(BadRequest, match=too_old):
        await bot.answer_callback_query(late)


async def test_an_answer_is_at_most_200_characters(bot: Bot, maria: int, telegram: Telegram) -> None:
    sent = await bot.send_message(maria, "card", reply_markup=KEYBOARD)
    pressed = await telegram.do("press", user=maria, chat=maria, message_id=sent.message_id, data="send:1")
    with pytest.raises(BadRequest, match=r"(?i)^MESSAGE_TOO_LONG$"):
        await bot.answer_callback_query(pressed["query_id"], "x" * 201)
    assert await bot.answer_callback_query(pressed["query_id"], "x" * 200)


async def test_only_what_is_on_the_screen_can_be_pressed_unless_forged(
    bot: Bot, maria: int, telegram: Telegram
) -> None:
    sent = await bot.send_message(maria, "card", reply_markup=KEYBOARD)
    where: dict[str, Any] = {"user": maria, "chat": maria, "message_id": sent.message_id}
    gone = (409, "no such button on the screen")
    assert await telegram.refuse("press", **where, data="send:2") == gone
    assert await telegram.refuse("press", **where, label="Нет") == gone
    await sent.delete()
    assert await telegram.refuse("press", **where, data="send:1") == gone
    await telegram.do("press", **where, data="send:2", forge=True)
    query = (await newest(bot)).callback_query
    assert query is not None
    assert query.message is not None
    assert (query.data, query.message.is_accessible) == ("send:2", False)


async def test_nobody_presses_in_anothers_private_chat(bot: Bot, maria: int, telegram: Telegram) -> None:
    sent = await bot.send_message(maria, "card", reply_markup=KEYBOARD)
    refusal = await telegram.refuse(
        "press", user=PETR, chat=maria, message_id=sent.message_id, data="send:1", forge=True
    )
    assert refusal == (409, "that is somebody else's private chat")


async def test_a_contact_may_be_ones_own_or_anothers(bot: Bot, telegram: Telegram) -> None:
    await telegram.do("contact", user=MARIA, phone="79110001001", first_name="М", contact_user_id=MARIA)
    own = (await newest(bot)).message
    await telegram.do("contact", user=MARIA, phone="+7 911 987-65-43", first_name="Клиент")
    other = (await newest(bot)).message
    assert own is not None
    assert other is not None
    assert own.contact is not None
    assert other.contact is not None
    assert (own.contact.user_id, own.contact.phone_number) == (MARIA, "79110001001")
    assert (other.contact.user_id, other.contact.first_name) == (None, "Клиент")


async def test_the_keyboard_below_the_chat_writes_or_shares_the_own_contact(
    bot: Bot, maria: int, telegram: Telegram
) -> None:
    keyboard = ReplyKeyboardMarkup([[KeyboardButton("Телефон", request_contact=True), "Нет"]])
    await bot.send_message(maria, "?", reply_markup=keyboard)
    await telegram.do("reply_keyboard", user=maria, chat=maria, label="Телефон")
    shared = (await newest(bot)).message
    await telegram.do("reply_keyboard", user=maria, chat=maria, label="Нет")
    written = (await newest(bot)).message
    assert shared is not None
    assert shared.contact is not None
    assert (shared.contact.user_id, shared.contact.phone_number) == (maria, "79110001001")
    assert written is not None
    assert written.text == "Нет"


async def test_a_forward_names_its_origin(bot: Bot, telegram: Telegram) -> None:
    await telegram.do("forward", user=MARIA, text="Звоните 8 911 000-00-01", name="Аптека")
    message = (await newest(bot)).message
    assert message is not None
    assert message.forward_origin is not None
    assert message.forward_origin.to_dict()["sender_user_name"] == "Аптека"


async def test_a_forward_of_somebody_known_names_him(bot: Bot, telegram: Telegram) -> None:
    await telegram.do("forward", user=MARIA, text="x", name="", from_user=IVAN)
    message = (await newest(bot)).message
    assert message is not None
    assert message.forward_origin is not None
    assert message.forward_origin.to_dict()["sender_user"]["first_name"] == "Иван"


async def test_bots_do_not_hear_of_deletions(bot: Bot, maria: int, telegram: Telegram) -> None:
    said = await telegram.do("say", user=maria, text="one")
    await bot.get_updates(offset=(await newest(bot)).update_id + 1)
    await telegram.do("delete", chat=maria, message_id=said["message_id"])
    assert await heard(bot) == []
    assert (await telegram.last(maria))["deleted"]


async def test_the_bots_calls_are_listed_behind_an_id(bot: Bot, maria: int, telegram: Telegram) -> None:
    last = (await telegram.see())["calls"][-1]["id"]
    await bot.send_message(maria, "x")
    calls = (await telegram.http.get("/control/telegram/calls", params={"after": last})).json()
    assert [(call["method"], call["params"]["text"]) for call in calls] == [("sendMessage", "x")]


async def test_blocking_and_unblocking_come_as_membership(bot: Bot, maria: int, telegram: Telegram) -> None:
    await telegram.do("block", user=maria, blocked=True)
    change = (await newest(bot)).my_chat_member
    assert change is not None
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("member", "kicked")
    assert change.new_chat_member.user.id == bot.id
    assert (await telegram.refuse("say", user=maria, text="x"))[1] == "this person blocked the bot"


async def test_in_privacy_mode_a_group_is_heard_only_when_it_speaks_to_the_bot(bot: Bot, telegram: Telegram) -> None:
    card = (await bot.send_message(GROUP, "card")).message_id
    for text in ("between us", "/send 1", "/send@other_bot 1", "/send@SMSBOT_sandbox_bot 2"):
        await telegram.do("say", user=IVAN, chat=GROUP, text=text)
    await telegram.do("say", user=IVAN, chat=GROUP, text="an answer", reply_to=card)
    await telegram.do("say", user=IVAN, chat=GROUP, text="you, @smsbot_sandbox_bot")
    assert await heard(bot) == [
        "/send 1",
        "/send@SMSBOT_sandbox_bot 2",
        "an answer",
        "you, @smsbot_sandbox_bot",
    ]


@pytest.mark.parametrize("way", ["privacy", "administrator"])
async def test_without_privacy_mode_or_as_administrator_it_hears_all(bot: Bot, telegram: Telegram, way: str) -> None:
    if way == "privacy":
        await telegram.do("settings", privacy=False)
        assert (await bot.get_me()).can_read_all_group_messages
    else:
        await telegram.do("join", chat=GROUP, status="administrator")
    await heard(bot)
    await telegram.do("say", user=IVAN, chat=GROUP, text="between us")
    assert await heard(bot) == ["between us"]


async def test_a_message_in_a_topic_names_it(bot: Bot, telegram: Telegram) -> None:
    await telegram.do("say", user=IVAN, chat=GROUP, text="/help", thread=TOPIC)
    message = (await newest(bot)).message
    assert message is not None
    assert (message.message_thread_id, message.is_topic_message, message.chat.is_forum) == (TOPIC, True, True)
    refusal = await telegram.refuse("say", user=IVAN, chat=GROUP, text="/help", thread=6)
    assert refusal == (409, "no such topic")


async def test_a_forward_and_a_file_can_be_sent_into_a_topic(bot: Bot, telegram: Telegram) -> None:
    await telegram.do("settings", privacy=False)
    await telegram.do("forward", user=IVAN, chat=GROUP, text="x", name="Аптека", thread=TOPIC)
    fields = {"user": str(IVAN), "chat": str(GROUP), "thread": str(TOPIC)}
    await telegram.http.post("/control/telegram/upload", data=fields, files={"file": ("a.csv", b"x")})
    threads = [update.message.message_thread_id for update in await bot.get_updates() if update.message]
    assert threads == [TOPIC, TOPIC]


async def test_an_anonymous_administrator_is_the_group_itself(bot: Bot, telegram: Telegram) -> None:
    await telegram.do("say", user=MARIA, chat=GROUP, text="/help", anonymous=True)
    message = (await newest(bot)).message
    assert message is not None
    assert message.from_user is not None
    assert message.sender_chat is not None
    assert (message.from_user.id, message.sender_chat.id) == (1087968824, GROUP)


async def test_the_bot_thrown_out_of_a_group_can_neither_hear_nor_write(bot: Bot, telegram: Telegram) -> None:
    await telegram.do("join", chat=GROUP, status="kicked", by=MARIA)
    change = (await newest(bot)).my_chat_member
    assert change is not None
    assert (change.new_chat_member.status, change.from_user.id) == ("kicked", MARIA)
    await telegram.do("say", user=IVAN, chat=GROUP, text="/help")
    assert (await newest(bot)).message is None
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(GROUP, "x")


async def test_who_comes_back_to_a_group_is_announced(bot: Bot, telegram: Telegram) -> None:
    for status in ("left", "member"):
        await telegram.do("join", chat=GROUP, user=ANNA, status=status)
    left, came = [update.message for update in await bot.get_updates() if update.message]
    assert left.left_chat_member is not None
    assert (left.left_chat_member.id, [user.id for user in came.new_chat_members]) == (ANNA, [ANNA])


async def test_who_left_a_group_cannot_write_there(telegram: Telegram) -> None:
    await telegram.do("join", chat=GROUP, user=ANNA, status="left")
    assert await telegram.refuse("say", user=ANNA, chat=GROUP, text="x") == (
        409,
        "this person is not in the group",
    )


async def test_a_group_that_became_a_supergroup_names_its_new_id(bot: Bot, telegram: Telegram) -> None:
    old = (await telegram.do("groups", title="Смена", members=[MARIA, IVAN]))["id"]
    assert (await bot.send_message(old, "x")).chat.type == "group"
    new = (await telegram.do("migrate", chat=old, by=MARIA))["id"]
    body = (await telegram.raw("sendMessage", chat_id=old, text="x")).json()
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert body["parameters"] == {"migrate_to_chat_id": new}
    assert (await bot.send_message(new, "x")).chat.type == "supergroup"
    said = [update.message for update in await bot.get_updates() if update.message]
    assert [(one.migrate_to_chat_id, one.migrate_from_chat_id) for one in said[-2:]] == [(new, None), (None, old)]


async def test_a_newcomer_is_a_stranger_until_he_writes(bot: Bot, telegram: Telegram) -> None:
    newcomer = (await telegram.do("people", first_name="Ольга", username="olga"))["id"]
    with pytest.raises(BadRequest, match=r"^Chat not found$"):
        await bot.send_message(newcomer, "x")
    await telegram.do("say", user=newcomer, text="/start")
    assert (await bot.send_message(newcomer, "x")).chat.username == "olga"


async def test_changes_are_told_as_they_happen(bot: Bot, maria: int, telegram: Telegram) -> None:
    start = (await telegram.see())["last_event"]
    wait = asyncio.create_task(telegram.http.get("/control/telegram/events", params={"after": start, "wait": 5}))
    sent = await bot.send_message(maria, "one")
    first = (await wait).json()
    assert [(one["kind"], one["message"]["text"]) for one in first["events"]] == [("message", "one")]
    await sent.edit_text("two")
    await sent.delete()
    then = (await telegram.http.get("/control/telegram/events", params={"after": first["last"]})).json()
    assert [(one["kind"], one["message"]["deleted"]) for one in then["events"]] == [
        ("edit", True),
        ("delete", True),
    ]


@pytest.mark.parametrize(
    ("deed", "fields", "status"),
    [
        ("say", {"user": 9, "text": "x"}, 409),
        ("say", {"user": MARIA, "text": "x", "chat": -9}, 409),
        ("say", {"user": MARIA, "text": "x", "colour": "red"}, 400),
        ("say", {"user": MARIA}, 400),
        ("say", {"user": MARIA, "text": " "}, 400),
        ("press", {"user": MARIA, "chat": MARIA, "message_id": 9, "data": "x"}, 409),
        ("say", {"user": MARIA, "text": "x", "chat": IVAN}, 409),
        ("contact", {"user": 9, "phone": "1", "first_name": "x"}, 409),
        ("edit", {"user": MARIA, "chat": MARIA, "message_id": 9, "text": "x"}, 409),
        ("edit", {"user": MARIA, "chat": GROUP, "message_id": 5, "text": "x"}, 409),
        ("forward", {"user": MARIA, "text": "x" * 4097, "name": "x"}, 409),
        ("delete", {"chat": MARIA, "message_id": 9}, 409),
        ("reply_keyboard", {"user": MARIA, "chat": MARIA, "label": "x"}, 409),
        ("block", {"user": 9, "blocked": True}, 409),
        ("join", {"chat": -9}, 409),
        ("join", {"chat": GROUP, "user": IVAN, "status": "king"}, 400),
        ("groups", {"title": "x", "members": [9]}, 409),
        ("migrate", {"chat": GROUP, "by": MARIA}, 409),
    ],
)
async def test_what_nobody_could_do_is_refused(
    telegram: Telegram, deed: str, fields: dict[str, Any], status: int
) -> None:
    assert (await telegram.refuse(deed, **fields))[0] == status
