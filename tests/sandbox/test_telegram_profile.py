from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatMember,
)
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden

from tests.sandbox.telegram_client import ANNA, GROUP, IVAN, JOHN, MARIA, Telegram

pytest_plugins = ["tests.sandbox.telegram_fixtures"]


def named(name: str) -> list[BotCommand]:
    return [BotCommand(name, "о чём")]


async def menu(telegram: Telegram, user: int, chat: int) -> list[str]:
    for shown in (await telegram.see())["menus"]:
        if (shown["user"], shown["chat"]) == (user, chat):
            return [command["command"] for command in shown["commands"]]
    raise KeyError(user, chat)


async def test_each_person_sees_the_nearest_list_in_his_language(bot: Bot, telegram: Telegram) -> None:
    await bot.set_my_commands(named("default"))
    await bot.set_my_commands(named("private"), BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(named("english"), BotCommandScopeAllPrivateChats(), language_code="en")
    await bot.set_my_commands(named("own"), BotCommandScopeChat(IVAN))
    await bot.set_my_commands(named("groups"), BotCommandScopeAllGroupChats())
    await bot.set_my_commands(named("here"), BotCommandScopeChat(GROUP))
    await bot.set_my_commands(named("anna"), BotCommandScopeChatMember(GROUP, ANNA))
    private = {user: await menu(telegram, user, user) for user in (MARIA, IVAN, JOHN)}
    assert private == {MARIA: ["private"], IVAN: ["own"], JOHN: ["english"]}
    assert [await menu(telegram, user, GROUP) for user in (MARIA, ANNA)] == [["here"], ["anna"]]
    await bot.delete_my_commands(BotCommandScopeChat(GROUP))
    assert await menu(telegram, MARIA, GROUP) == ["groups"]


async def test_lists_are_read_back_by_exact_scope_and_language(bot: Bot) -> None:
    await bot.set_my_commands(named("send"), language_code="ru")
    assert await bot.get_my_commands(language_code="ru") == (BotCommand("send", "о чём"),)
    assert await bot.get_my_commands() == ()


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"commands": [{"command": "Send", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a" * 33, "description": "x"}]}, "command length must not exceed 32"),
        ({"commands": [{"command": "a", "description": " "}]}, "command description must be non-empty"),
        (
            {"commands": [{"command": "a", "description": "x" * 257}]},
            "command description length must not exceed 256",
        ),
        ({"commands": [{"command": "a", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [{"command": "/", "description": "x"}]}, "command must be non-empty"),
        ({"commands": [{"command": "a"}]}, "can't parse BotCommand: Can't find field \"description\""),
        ({"commands": ["a"]}, "can't parse BotCommand: expected an Object"),
        ({"commands": {}}, "expected an Array of BotCommand"),
        (
            {"commands": [], "scope": {"type": "planet"}},
            "can't parse BotCommandScope: unsupported type specified",
        ),
        ({"commands": [], "scope": []}, "can't parse BotCommandScope: BotCommandScope must be an Object"),
        ({"commands": [], "language_code": "eng"}, "invalid language code specified"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 777}}, "chat not found"),
        (
            {"commands": [], "scope": {"type": "chat"}},
            "can't parse BotCommandScope: Can't find field \"chat_id\"",
        ),
    ],
)
async def test_bad_lists_are_refused(telegram: Telegram, params: dict[str, Any], complaint: str) -> None:
    assert await telegram.refusal("setMyCommands", **params) == f"Bad Request: {complaint}"


async def test_texts_about_the_bot_are_kept_by_language(bot: Bot) -> None:
    await bot.set_my_description("SMS", language_code="en")
    await bot.set_my_description("СМС")
    await bot.set_my_short_description("коротко")
    await bot.set_my_name("Рассылки")
    assert (await bot.get_my_description("en")).description == "SMS"
    assert (await bot.get_my_description("fr")).description == "СМС"
    assert (await bot.get_my_short_description()).short_description == "коротко"
    assert (await bot.get_me()).first_name == "Рассылки"
    with pytest.raises(BadRequest, match=r"^Short description is too long$"):
        await bot.set_my_short_description("x" * 121)


async def test_chats_describe_themselves(bot: Bot, maria: int) -> None:
    group, private = await bot.get_chat(GROUP), await bot.get_chat(maria)
    assert (group.title, group.type, group.is_forum) == ("Дежурные", "supergroup", True)
    assert (private.first_name, private.username) == ("Мария", "maria")
    assert (await bot.get_chat("@maria")).id == maria
    with pytest.raises(BadRequest, match=r"^Chat not found$"):
        await bot.get_chat(777)


async def test_members_have_their_status(bot: Bot, telegram: Telegram) -> None:
    await telegram.do("join", chat=GROUP, user=ANNA, status="left")
    await telegram.do("join", chat=GROUP, user=IVAN, status="administrator")
    status = {user: (await bot.get_chat_member(GROUP, user)).status for user in (MARIA, IVAN, ANNA, bot.id)}
    assert status == {MARIA: "creator", IVAN: "administrator", ANNA: "left", bot.id: "member"}
    leading = await bot.get_chat_administrators(GROUP)
    assert {one.user.id for one in leading} == {MARIA, IVAN}
    with pytest.raises(BadRequest, match=r"^User not found$"):
        await bot.get_chat_member(GROUP, 777)
    with pytest.raises(BadRequest, match=r"^There are no administrators in the private chat$"):
        await bot.get_chat_administrators(MARIA)


async def test_the_bot_leaves_a_group_for_good(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"^Chat can't be left$"):
        await bot.leave_chat(MARIA)
    assert await bot.leave_chat(GROUP)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.get_chat(GROUP)


async def test_actions_are_known_or_refused(bot: Bot, maria: int) -> None:
    assert await bot.send_chat_action(maria, ChatAction.TYPING)
    with pytest.raises(BadRequest, match=r"^Wrong parameter action in request$"):
        await bot.send_chat_action(maria, "dancing")
