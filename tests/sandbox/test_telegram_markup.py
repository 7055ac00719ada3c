from typing import Any

import pytest
from telegram import (
    Bot,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import BadRequest

from tests.sandbox.telegram_client import GROUP, Telegram

pytest_plugins = ["tests.sandbox.telegram_fixtures"]


def inline(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(**fields: Any) -> dict[str, Any]:
    return {"text": "x", **fields}


@pytest.mark.parametrize("data", ["x", "x" * 64, "ж" * 32])
async def test_callback_data_up_to_64_bytes_is_taken(bot: Bot, maria: int, data: str) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data=data)]])
    assert (await bot.send_message(maria, "x", reply_markup=keyboard)).reply_markup == keyboard


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        (inline([button(callback_data="x" * 65)]), "BUTTON_DATA_INVALID"),
        (inline([button(callback_data="ж" * 33)]), "BUTTON_DATA_INVALID"),
        (
            inline([button(callback_data="")]),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (inline([{"text": "", "callback_data": "x"}]), "inline keyboard button text must be non-empty"),
        (inline([button(callback_data="x", url="https://a.ru")]), "BUTTON_TYPE_INVALID"),
        (inline([button(callback_data="x")] * 9), "reply markup is too long"),
        (inline(*[[button(callback_data="x")] * 8] * 13), "reply markup is too long"),
        (
            {"inline_keyboard": [button(callback_data="x")]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        ({"keyboard": ["x"]}, 'field "keyboard" must be an Array of Arrays'),
        (
            {"inline_keyboard": [["x"]]},
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
        ),
        (
            {"inline_keyboard": [[{"callback_data": "x"}]]},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            inline([button(callback_data="x", style="loud")]),
            "can't parse inline keyboard button: invalid button style specified",
        ),
        (inline([button(copy_text={"text": "x" * 257})]), "BUTTON_COPY_TEXT_INVALID"),
        (
            inline([button(copy_text="x")]),
            'can\'t parse inline keyboard button: Field "copy_text" must be of type Object',
        ),
        ({"keyboard": [[1]]}, "can't parse keyboard button: KeyboardButton must be a String or an Object"),
        ({"keyboard": [[""]]}, "keyboard button text must be non-empty"),
        (
            {"force_reply": True, "input_field_placeholder": "x" * 65},
            "INPUT_FIELD_PLACEHOLDER_TOO_LONG",
        ),
        ("[", "can't parse reply keyboard markup JSON object"),
        ("[]", "object expected as reply markup"),
    ],
)
async def test_a_malformed_keyboard_is_refused(telegram: Telegram, maria: int, markup: Any, complaint: str) -> None:
    refusal = await telegram.refusal("sendMessage", chat_id=maria, text="x", reply_markup=markup)
    assert refusal == f"Bad Request: {complaint}"


async def test_the_largest_keyboard_is_taken(bot: Bot, maria: int) -> None:
    key = InlineKeyboardButton("x", callback_data="x")
    keyboard = InlineKeyboardMarkup([*[[key] * 8] * 12, [key] * 4])
    assert (await bot.send_message(maria, "x", reply_markup=keyboard)).reply_markup == keyboard


async def test_an_empty_markup_is_none(telegram: Telegram, maria: int) -> None:
    markups: list[dict[str, Any]] = [{}, {"remove_keyboard": False}, {"force_reply": False}, {"keyboard": [[]]}]
    for markup in markups:
        answer = await telegram.raw("sendMessage", chat_id=maria, text="x", reply_markup=markup)
        assert answer.status_code == 200
        assert (await telegram.last(maria))["markup"] is None


async def test_an_empty_inline_keyboard_is_none(bot: Bot, maria: int) -> None:
    sent = await bot.send_message(maria, "x", reply_markup=InlineKeyboardMarkup([]))
    assert sent.reply_markup is None


async def test_only_inline_keyboards_belong_to_the_message(bot: Bot, maria: int, telegram: Telegram) -> None:
    """A reply keyboard stands below the chat until it is removed."""
    keyboard = ReplyKeyboardMarkup([[KeyboardButton("Phone", request_contact=True), "No"]], resize_keyboard=True)
    sent = await bot.send_message(maria, "x", reply_markup=keyboard)
    shown = (await telegram.chat(maria))["reply_keyboard"]
    assert sent.reply_markup is None
    assert shown["keyboard"] == [[{"text": "Phone", "request_contact": True}, {"text": "No"}]]
    await bot.send_message(maria, "x", reply_markup=ReplyKeyboardRemove())
    assert (await telegram.chat(maria))["reply_keyboard"] is None


async def test_a_group_may_not_be_asked_for_phones(bot: Bot) -> None:
    keyboard = ReplyKeyboardMarkup([[KeyboardButton("Phone", request_contact=True)]])
    with pytest.raises(BadRequest, match=r"^Phone number can be requested in private chats only$"):
        await bot.send_message(GROUP, "x", reply_markup=keyboard)


async def test_a_selective_forced_reply_with_a_placeholder_is_taken(bot: Bot, telegram: Telegram) -> None:
    await bot.send_message(GROUP, "?", reply_markup=ForceReply(selective=True, input_field_placeholder="Кому?"))
    assert (await telegram.last(GROUP))["markup"] == {
        "force_reply": True,
        "selective": True,
        "input_field_placeholder": "Кому?",
    }


async def test_an_edit_takes_inline_keyboards_only(telegram: Telegram, bot: Bot, maria: int) -> None:
    sent = await bot.send_message(maria, "x")
    where = {"chat_id": maria, "message_id": sent.message_id}
    refusal = await telegram.refusal("editMessageReplyMarkup", **where, reply_markup={"force_reply": True})
    assert refusal == "Bad Request: inline keyboard expected"


async def test_buttons_that_copy_or_open_need_no_bot(bot: Bot, maria: int, telegram: Telegram) -> None:
    row = [
        InlineKeyboardButton("Site", url="https://a.ru/"),
        InlineKeyboardButton("Copy", copy_text=CopyTextButton("27460")),
    ]
    sent = await bot.send_message(maria, "x", reply_markup=InlineKeyboardMarkup([row]))
    where = {"user": maria, "chat": maria, "message_id": sent.message_id}
    assert (await telegram.do("press", **where, label="Site"))["url"] == "https://a.ru/"
    assert (await telegram.do("press", **where, label="Copy"))["copied"] == "27460"
