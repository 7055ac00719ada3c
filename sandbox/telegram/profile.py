"""Methods about chats, members, commands and the bot itself."""

from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.menus import check_language
from sandbox.telegram.messages import Call
from sandbox.telegram.people import BOT
from sandbox.telegram.world import World

__all__ = [
    "TEXTS",
    "chat",
    "chat_action",
    "chat_administrators",
    "chat_member",
    "commands",
    "delete_commands",
    "get_text",
    "leave_chat",
    "member",
    "set_commands",
    "set_text",
]

_ACTIONS = frozenset(
    {
        *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"),
        *("upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"),
    }
)
TEXTS = {
    "MyName": "name",
    "MyDescription": "description",
    "MyShortDescription": "short_description",
}
_LONGEST = {"name": 64, "description": 512, "short_description": 120}


def chat(world: World, call: Call) -> dict[str, Any]:
    """Act as getChat, with the fields of ChatFullInfo that are never absent."""
    chat_id = world.rooms.seen(call.args.get("chat_id", ""))
    return {
        **world.rooms.chat(chat_id),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            **dict.fromkeys(("unlimited_gifts", "limited_gifts", "unique_gifts"), False),
            **dict.fromkeys(("premium_subscription", "gifts_from_channels"), False),
        },
    }


def chat_member(world: World, call: Call) -> dict[str, Any]:
    """Act as getChatMember."""
    chat_id = world.rooms.seen(call.args.get("chat_id", ""))
    user_id = world.people.number(call.args.get("user_id", 0))
    if user_id != BOT and world.people.find(user_id) is None:
        raise bad_request("User not found")
    return member(world, user_id, world.rooms.status(chat_id, user_id))


def chat_administrators(world: World, call: Call) -> list[dict[str, Any]]:
    """Act as getChatAdministrators: other bots are left out, this one is not."""
    chat_id = world.rooms.seen(call.args.get("chat_id", ""))
    if chat_id > 0:
        raise bad_request("There are no administrators in the private chat")
    leading = {"creator", "administrator"}
    return [
        member(world, user_id, status) for user_id, status in world.rooms.members(chat_id).items() if status in leading
    ]


def leave_chat(world: World, call: Call) -> bool:
    """Act as leaveChat."""
    chat_id = world.rooms.seen(call.args.get("chat_id", ""))
    if chat_id > 0:
        raise bad_request("Chat can't be left")
    world.rooms.place(chat_id, BOT, "left")
    return True


def chat_action(world: World, call: Call) -> bool:
    """Act as sendChatAction: the page shows it for a moment."""
    if call.args.get("action") not in _ACTIONS:
        raise bad_request("Wrong parameter action in request")
    chat_id = world.rooms.writable(call.args.get("chat_id", ""))
    world.rooms.thread(chat_id, call.args.get("message_thread_id", 0))
    world.journal.event("action", chat=chat_id, action=call.args["action"])
    return True


def set_commands(world: World, call: Call) -> bool:
    """Act as setMyCommands."""
    world.menus.put(*_list(world, call), call.args.get("commands", []))
    return True


def commands(world: World, call: Call) -> list[dict[str, str]]:
    """Act as getMyCommands."""
    return world.menus.get(*_list(world, call))


def delete_commands(world: World, call: Call) -> bool:
    """Act as deleteMyCommands."""
    world.menus.drop(*_list(world, call))
    return True


def set_text(world: World, call: Call, field: str) -> bool:
    """Act as setMyName, setMyDescription, setMyShortDescription; an empty text forgets it."""
    text = call.args.get(field, "")
    if len(text) > _LONGEST[field]:
        raise bad_request(f"{field.replace('_', ' ').capitalize()} is too long")
    world.options.put(_key(call, field), text or None)
    return True


def get_text(world: World, call: Call, field: str) -> dict[str, str]:
    """Act as getMyName and its siblings: without the asked language the one without a language."""
    general = world.options.get(f"{field}:", world.people.user(BOT)["first_name"] if field == "name" else "")
    return {field: world.options.get(_key(call, field), general)}


def member(world: World, user_id: int, status: str) -> dict[str, Any]:
    """Give the Bot API's ChatMember object."""
    described = {"status": status, "user": world.people.user(user_id)}
    if status == "creator":
        return {**described, "is_anonymous": False}
    if status == "kicked":
        return {**described, "until_date": 0}
    return {**described, **_RIGHTS} if status == "administrator" else described


def _list(world: World, call: Call) -> tuple[str, str]:
    return world.menus.scope(call.args.get("scope")), check_language(call.args.get("language_code", ""))


def _key(call: Call, field: str) -> str:
    return f"{field}:{check_language(call.args.get('language_code', ''))}"


_RIGHTS = {
    "can_be_edited": False,
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": True,
    "can_restrict_members": True,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_pin_messages": True,
    "can_manage_topics": True,
}
