from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden

from sandbox.store import Store
from sandbox.telegram.world import create
from tests.sandbox.sms2_client import Clock
from tests.sandbox.telegram_client import ANNA, GROUP, IVAN, MARIA, TOPIC, Telegram

pytest_plugins = ["tests.sandbox.telegram_fixtures"]

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Send", callback_data="send:1")]])
BOTH_MARKUPS = "Unknown field in reply_markup: force_reply, keyboard"
NOT_MODIFIED = (
    "Message is not modified: specified new message content and reply markup are exactly the same as a current"
    " content and reply markup of the message"
)


async def test_a_sent_message_comes_back_as_it_stands_in_the_chat(bot: Bot, maria: int) -> None:
    sent = await bot.send_message(maria, "<b>Привет</b> 👍 /help", ParseMode.HTML, reply_markup=KEYBOARD)
    assert sent.text == "Привет 👍 /help"
    assert [(one.type, one.offset, one.length) for one in sent.entities] == [
        ("bold", 0, 6),
        ("bot_command", 10, 5),
    ]
    assert sent.reply_markup == KEYBOARD
    assert sent.from_user == bot.bot
    assert sent.chat.id == maria


async def test_the_people_see_text_keyboard_and_whether_it_notified(bot: Bot, maria: int, telegram: Telegram) -> None:
    await bot.send_message(maria, "<b>1 &lt; 2</b>", ParseMode.HTML, reply_markup=KEYBOARD)
    await bot.send_message(maria, "silent", disable_notification=True)
    loud, silent = (await telegram.messages(maria))[-2:]
    assert loud["html"] == "<b>1 &lt; 2</b>"
    assert loud["keyboard"] == [[{"text": "Send", "callback_data": "send:1"}]]
    assert [loud["notified"], silent["notified"]] == [True, False]


@pytest.mark.parametrize("length", [1, 4096])
async def test_text_up_to_4096_characters_after_parsing_is_taken(bot: Bot, maria: int, length: int) -> None:
    sent = await bot.send_message(maria, f"<b>{'ж' * length}</b>", ParseMode.HTML)
    assert len(sent.text or "") == length


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "Message text is empty"),
        (" \n ", "Text must be non-empty"),
        ("ж" * 4097, "Message is too long"),
        ("<b>", "Can't parse entities: can't find end tag corresponding to start tag \"b\""),
        ("a <c>", 'Can\'t parse entities: unsupported start tag "c" at byte offset 2'),
    ],
)
async def test_a_bad_text_is_refused(bot: Bot, maria: int, text: str, complaint: str) -> None:
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(maria, text, ParseMode.HTML)
    assert refused.value.message.lower() == complaint.lower()


async def test_an_edit_too_long_is_refused_in_other_words(bot: Bot, maria: int) -> None:
    sent = await bot.send_message(maria, "short")
    with pytest.raises(BadRequest, match=r"^Message_too_long$"):
        await sent.edit_text("ж" * 4097)


async def test_an_edit_changes_the_message_and_keeps_its_history(bot: Bot, maria: int, telegram: Telegram) -> None:
    sent = await bot.send_message(maria, "one", reply_markup=KEYBOARD)
    edited = await bot.edit_message_text("two", maria, sent.message_id)
    assert isinstance(edited, type(sent))
    assert (edited.text, edited.reply_markup, edited.edit_date is None) == ("two", None, False)
    seen = await telegram.last(maria)
    assert [version["text"] for version in seen["versions"]] == ["one", "two"]
    assert (seen["edits"], seen["keyboard"], seen["versions"][0]["keyboard"][0][0]["text"]) == (1, [], "Send")


async def test_the_same_text_and_keyboard_again_is_not_modified(bot: Bot, maria: int) -> None:
    sent = await bot.send_message(maria, "one", reply_markup=KEYBOARD)
    with pytest.raises(BadRequest) as refused:
        await sent.edit_text("<i></i>one ", ParseMode.HTML, reply_markup=KEYBOARD)
    assert refused.value.message == NOT_MODIFIED
    with pytest.raises(BadRequest, match=r"^Message is not modified"):
        await sent.edit_reply_markup(KEYBOARD)


async def test_another_style_or_another_keyboard_is_a_modification(bot: Bot, maria: int) -> None:
    sent = await bot.send_message(maria, "one", reply_markup=KEYBOARD)
    bold = await sent.edit_text("<b>one</b>", ParseMode.HTML, reply_markup=KEYBOARD)
    stripped = await sent.edit_reply_markup()
    assert isinstance(bold, type(sent))
    assert isinstance(stripped, type(sent))
    assert (len(bold.entities), stripped.text, stripped.reply_markup) == (1, "one", None)


async def test_only_own_messages_that_exist_can_be_edited(bot: Bot, maria: int, telegram: Telegram) -> None:
    theirs = (await telegram.last(maria))["message_id"]
    with pytest.raises(BadRequest, match=r"^Message can't be edited$"):
        await bot.edit_message_text("x", maria, theirs)
    with pytest.raises(BadRequest, match=r"^Message to edit not found$"):
        await bot.edit_message_text("x", maria, 999)


async def test_a_question_with_a_forced_reply_cannot_be_edited(telegram: Telegram, maria: int) -> None:
    await telegram.raw("sendMessage", chat_id=maria, text="?", reply_markup={"force_reply": True})
    asked = (await telegram.last(maria))["message_id"]
    refusal = await telegram.refusal("editMessageText", chat_id=maria, message_id=asked, text="!")
    assert refusal == "Bad Request: message can't be edited"


async def test_a_text_has_no_caption_to_edit(bot: Bot, maria: int) -> None:
    sent = await bot.send_message(maria, "one")
    with pytest.raises(BadRequest, match=r"^There is no caption in the message to edit$"):
        await sent.edit_caption("x")


async def test_a_deleted_message_is_gone_for_the_bot_and_flagged_for_the_page(
    bot: Bot, maria: int, telegram: Telegram
) -> None:
    sent = await bot.send_message(maria, "one")
    await sent.delete()
    with pytest.raises(BadRequest, match=r"^Message to delete not found$"):
        await sent.delete()
    with pytest.raises(BadRequest, match=r"^Message to edit not found$"):
        await sent.edit_text("two")
    seen = await telegram.last(maria)
    assert (seen["text"], seen["deleted"]) == ("one", True)


async def test_after_48_hours_a_message_stays(bot: Bot, maria: int, clock: Clock, telegram: Telegram) -> None:
    sent = await bot.send_message(maria, "one")
    in_group = await bot.send_message(GROUP, "two")
    clock.advance(48 * 3600 + 1)
    with pytest.raises(BadRequest, match=r"^Message can't be deleted for everyone$"):
        await sent.delete()
    with pytest.raises(BadRequest, match=r"^Message can't be deleted$"):
        await in_group.delete()
    assert await sent.edit_text("still editable")


async def test_in_a_group_others_messages_can_be_deleted_by_an_administrator_only(bot: Bot, telegram: Telegram) -> None:
    theirs = (await telegram.do("say", user=IVAN, chat=GROUP, text="/help"))["message_id"]
    with pytest.raises(BadRequest, match=r"^Message can't be deleted$"):
        await bot.delete_message(GROUP, theirs)
    await telegram.do("join", chat=GROUP, status="administrator")
    assert await bot.delete_message(GROUP, theirs)


async def test_many_are_deleted_at_once_and_missing_ones_passed_over(bot: Bot, maria: int, telegram: Telegram) -> None:
    sent = [(await bot.send_message(maria, text)).message_id for text in ("one", "two")]
    assert await bot.delete_messages(maria, [*sent, 999])
    assert [message["deleted"] for message in (await telegram.messages(maria))[-2:]] == [True, True]


async def test_nobody_can_be_written_to_before_he_wrote(bot: Bot) -> None:
    with pytest.raises(Forbidden, match=r"^Forbidden: bot can't initiate conversation with a user$"):
        await bot.send_message(ANNA, "x")
    with pytest.raises(BadRequest, match=r"^Chat not found$"):
        await bot.send_message(777, "x")


async def test_who_blocked_the_bot_gets_nothing_until_he_starts_it_again(
    bot: Bot, maria: int, telegram: Telegram
) -> None:
    await telegram.do("block", user=maria, blocked=True)
    with pytest.raises(Forbidden, match=r"^Forbidden: bot was blocked by the user$"):
        await bot.send_message(maria, "x")
    await telegram.do("block", user=maria, blocked=False)
    assert await bot.send_message(maria, "x")


async def test_a_reply_shows_what_it_answers(bot: Bot, maria: int, telegram: Telegram) -> None:
    asked = (await telegram.last(maria))["message_id"]
    sent = await bot.send_message(maria, "yes", reply_parameters=ReplyParameters(asked))
    assert sent.reply_to_message is not None
    assert (sent.reply_to_message.message_id, sent.reply_to_message.text) == (asked, "/start")


async def test_a_reply_to_nothing_is_refused_unless_allowed(bot: Bot, maria: int) -> None:
    with pytest.raises(BadRequest, match=r"^Message to be replied not found$"):
        await bot.send_message(maria, "x", reply_parameters=ReplyParameters(999))
    allowed = ReplyParameters(999, allow_sending_without_reply=True)
    assert (await bot.send_message(maria, "x", reply_parameters=allowed)).reply_to_message is None


async def test_a_topics_message_stays_in_it_and_answers_its_first_message(bot: Bot) -> None:
    sent = await bot.send_message(GROUP, "x", message_thread_id=TOPIC)
    assert (sent.message_thread_id, sent.is_topic_message) == (TOPIC, True)
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.forum_topic_created is not None
    assert (await bot.send_message(GROUP, "x")).message_thread_id is None


@pytest.mark.parametrize(("chat", "thread"), [(GROUP, 6), (GROUP, 1), (MARIA, 5)])
async def test_a_topic_that_is_not_there_is_refused(bot: Bot, maria: int, chat: int, thread: int) -> None:
    with pytest.raises(BadRequest, match=r"^Message thread not found$"):
        await bot.send_message(chat, "x", message_thread_id=thread)


@pytest.mark.parametrize("thread", [None, TOPIC])
async def test_a_closed_topic_takes_messages_of_administrators_alone(
    bot: Bot, telegram: Telegram, store: Store, thread: int | None
) -> None:
    create(store).rooms.close_topic(GROUP, thread or 0)
    with pytest.raises(BadRequest, match=r"(?i)^topic_closed$"):
        await bot.send_message(GROUP, "x", message_thread_id=thread)
    assert await bot.send_message(GROUP, "x", message_thread_id=None if thread else TOPIC)
    await telegram.do("join", chat=GROUP, status="administrator", by=MARIA)
    assert await bot.send_message(GROUP, "x", message_thread_id=thread)


async def test_link_preview_and_protection_are_taken(bot: Bot, maria: int) -> None:
    preview = LinkPreviewOptions(is_disabled=True)
    sent = await bot.send_message(maria, "https://a.ru/", link_preview_options=preview, protect_content=True)
    assert (sent.link_preview_options, sent.has_protected_content) == (preview, True)


async def test_entities_instead_of_a_parse_mode_are_taken(telegram: Telegram, maria: int) -> None:
    entities = [{"type": "bold", "offset": 0, "length": 2}, {"type": "italic", "offset": 1, "length": 9}]
    await telegram.raw("sendMessage", chat_id=maria, text="one", entities=entities)
    assert (await telegram.last(maria))["html"] == "<b>on</b>e"


async def test_a_mention_by_id_names_the_person(bot: Bot, maria: int) -> None:
    sent = await bot.send_message(
        maria, '<a href="tg://user?id=1002">И</a> <a href="tg://user?id=9">?</a>', ParseMode.HTML
    )
    assert [(one.type, one.user and one.user.first_name) for one in sent.entities] == [("text_mention", "Иван")]


@pytest.mark.parametrize(
    ("method", "params", "what"),
    [
        ("sendSms", {}, "unknown method sendSms"),
        ("sendMessage", {"colour": "red"}, "Unknown field in sendMessage: colour"),
        ("sendMessage", {"disable_web_page_preview": True}, "Unknown field in sendMessage: disable_web_page_preview"),
        ("sendMessage", {"parse_mode": "Markdown"}, "Unsupported parse_mode"),
        ("sendMessage", {"disable_notification": "maybe"}, "disable_notification must be a boolean"),
        ("sendMessage", {"message_thread_id": "five"}, "message_thread_id must be an integer"),
        ("sendMessage", {"reply_parameters": {"id": 1}}, "Unknown field in reply_parameters: id"),
        (
            "sendMessage",
            {"reply_markup": {"inline_keyboard": [[{"text": "x", "callback": "y"}]]}},
            "Unknown field in InlineKeyboardButton: callback",
        ),
        (
            "sendMessage",
            {"entities": [{"type": "bold", "offset": 0, "length": 1, "size": 3}]},
            "Unknown field in entities: size",
        ),
        ("sendMessage", {"text": 5}, "text must be a string"),
        ("sendMessage", {"message_thread_id": True}, "message_thread_id must be an integer"),
        (
            "sendMessage",
            {"reply_parameters": {"message_id": 1, "chat_id": GROUP}},
            "Replies to other chats are not emulated",
        ),
        ("sendMessage", {"reply_markup": {"keyboard": [["x"]], "force_reply": True}}, BOTH_MARKUPS),
        ("getMe", {"x": 1}, "Unknown field in getMe: x"),
    ],
)
async def test_what_the_api_does_not_know_is_refused_and_remembered(
    telegram: Telegram, maria: int, store: Store, method: str, params: dict[str, Any], what: str
) -> None:
    base: dict[str, Any] = {"chat_id": maria, "text": "x"} if method.startswith("send") else {}
    answer = await telegram.raw(method, **{**base, **params})
    assert answer.status_code == (404 if method == "sendSms" else 400)
    assert [violation["what"] for violation in store.violations()] == [what]
    store.forgive()


@pytest.mark.parametrize(
    ("method", "params", "complaint"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": MARIA, "text": "x", "entities": {}}, "expected an Array as entities"),
        (
            "sendMessage",
            {"chat_id": MARIA, "text": "x", "reply_parameters": {}},
            "can't parse reply parameters: Can't find field \"message_id\"",
        ),
        (
            "sendMessage",
            {"chat_id": MARIA, "text": "x", "reply_parameters": []},
            "object expected as reply parameters",
        ),
        ("deleteMessages", {"chat_id": MARIA}, "message identifiers are not specified"),
        (
            "deleteMessages",
            {"chat_id": MARIA, "message_ids": list(range(1, 102))},
            "too many message identifiers specified",
        ),
    ],
)
async def test_a_call_that_lacks_something_is_refused(
    telegram: Telegram, maria: int, method: str, params: dict[str, Any], complaint: str
) -> None:
    assert await telegram.refusal(method, **params) == f"Bad Request: {complaint}"


@pytest.mark.parametrize("body", ["[", "[1]"])
async def test_a_body_that_is_no_json_object_is_refused(telegram: Telegram, body: str) -> None:
    headers = {"content-type": "application/json"}
    answer = await telegram.http.post("/bot100:sandbox/getMe", content=body, headers=headers)
    assert answer.json()["description"] == "Bad Request: can't parse JSON object"


async def test_method_names_and_ways_to_pass_parameters_are_as_wide_as_telegrams(
    telegram: Telegram, maria: int
) -> None:
    """Query, form and JSON are the same; the method's case does not matter."""
    path = "/bot100:sandbox/SENDmessage"
    answers = [
        await telegram.http.get(path, params={"chat_id": maria, "text": "query"}),
        await telegram.http.post(path, data={"chat_id": str(maria), "text": "form"}),
        await telegram.http.post(path, json={"chat_id": str(maria), "text": "json"}),
        await telegram.http.post(path, files={"chat_id": (None, str(maria)), "text": (None, "multipart")}),
    ]
    texts = [answer.json()["result"]["text"] for answer in answers]
    assert texts == ["query", "form", "json", "multipart"]


async def test_ids_in_a_supergroup_and_in_private_count_apart(bot: Bot, maria: int) -> None:
    private = [(await bot.send_message(maria, "x")).message_id for _ in range(2)]
    group = [(await bot.send_message(GROUP, "x")).message_id for _ in range(2)]
    assert private == [private[0], private[0] + 1]
    assert group == [11, 12]


async def test_every_call_is_recorded_with_its_time_and_outcome(
    bot: Bot, maria: int, clock: Clock, telegram: Telegram
) -> None:
    await bot.send_message(maria, "one")
    clock.advance(5)
    with pytest.raises(BadRequest):
        await bot.edit_message_text("x", maria, 999)
    calls = (await telegram.see())["calls"][-2:]
    assert [(call["method"], call["status"], call["params"]["chat_id"]) for call in calls] == [
        ("sendMessage", 200, "1001"),
        ("editMessageText", 400, "1001"),
    ]
    assert calls[1]["at"] - calls[0]["at"] == 5
    assert calls[1]["description"] == "Bad Request: message to edit not found"
