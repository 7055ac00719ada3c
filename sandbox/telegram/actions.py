"""What people do in their chats; each deed becomes the update that Telegram would send to the bot."""

from typing import Any

from sandbox.telegram import entities
from sandbox.telegram.chats import Content, Message
from sandbox.telegram.html import Formatted
from sandbox.telegram.params import Upload
from sandbox.telegram.people import BOT
from sandbox.telegram.profile import member
from sandbox.telegram.rooms import GONE
from sandbox.telegram.world import World

__all__ = [
    "ActionError",
    "block",
    "buttons",
    "edit",
    "forward",
    "migrate",
    "place",
    "press",
    "remove",
    "say",
    "send",
    "upload",
]

_ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}

_MOST_TEXT = 4096


class ActionError(Exception):
    """Nobody could do this in Telegram: no such person, chat or button, or the chat does not allow it."""


def say(world: World, user_id: int, chat_id: int, text: str, **options: Any) -> Message:
    """Write a text (`options` as for `send`); a long one goes in pieces, as every app does. Gives the last."""
    *first, last = _pieces(text)
    for piece in first:
        send(world, user_id, chat_id, _text(piece), **options)
    return send(world, user_id, chat_id, _text(last), **options)


def send(
    world: World,
    user_id: int,
    chat_id: int,
    content: Content,
    *,
    reply_to: int = 0,
    thread: int = 0,
    anonymous: bool = False,
) -> Message:
    """
    Send a message of any content; the first one opens the private chat.

    `anonymous`: on behalf of the group, as its hidden administrators do.
    """
    _check_writer(world, user_id, chat_id, thread)
    if chat_id > 0:
        world.rooms.open(user_id)
    if anonymous:
        content = {**content, "from": _ANONYMOUS, "sender_chat": world.rooms.chat(chat_id)}
    message = world.chats.post(chat_id, user_id, content, thread=thread, reply_to=reply_to)
    if _heard(world, message):
        world.updates.put("message", world.chats.view(message))
    return message


def forward(world: World, user_id: int, chat_id: int, text: str, origin: dict[str, Any], **options: Any) -> Message:
    """Forward a text; `origin` is the Bot API's MessageOrigin, `options` are as for `send`."""
    return send(world, user_id, chat_id, {**_text(text), "forward_origin": origin}, **options)


def edit(world: World, user_id: int, chat_id: int, message_id: int, text: str) -> Message:
    """Change the text of an own message."""
    message = world.chats.shown(chat_id, message_id)
    if message is None or message.sender != user_id or "text" not in message.content:
        raise ActionError("no such message of this person")
    kept = {name: value for name, value in message.content.items() if name not in ("text", "entities")}
    edited = world.chats.rewrite(message, {**kept, **_text(text)}, message.markup)
    if _heard(world, edited):
        world.updates.put("edited_message", world.chats.view(edited))
    return edited


def remove(world: World, chat_id: int, message_id: int) -> None:
    """Delete a message; bots are not told."""
    message = world.chats.shown(chat_id, message_id)
    if message is None:
        raise ActionError("no such message")
    world.chats.delete(message)


def press(world: World, user_id: int, chat_id: int, message_id: int, data: str, *, forge: bool = False) -> str:
    """
    Press an inline button by its callback data and give the callback_query_id.

    `forge` presses what is not on the screen: any data, on a message that was deleted or has other buttons.
    """
    _check_reader(world, user_id, chat_id)
    message = world.chats.find(chat_id, message_id)
    if message is None or message.sender != BOT:
        raise ActionError("no such message of the bot")
    on_screen = message.deleted is None and data in [button.get("callback_data") for button in buttons(message)]
    if not (on_screen or forge):
        raise ActionError("no such button on the screen")
    pressed = world.presses.add(user_id, chat_id, message_id, data)
    update = {
        "id": pressed.query_id,
        "from": world.people.user(user_id),
        "message": _callback_message(world, message),
        "chat_instance": str(abs(chat_id) * 7919),
        "data": data,
    }
    world.updates.put("callback_query", update)
    return pressed.query_id


def buttons(message: Message) -> list[dict[str, Any]]:
    """All inline buttons of a message in reading order."""
    rows = (message.markup or {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def upload(
    world: World,
    user_id: int,
    chat_id: int,
    file: Upload,
    *,
    caption: str,
    photo: bool,
    thread: int = 0,
    album: str = "",
) -> Message:
    """Send a picture, or any file as a document; those of one album are messages of their own that bear its id."""
    media: Content = {"photo": world.files.photo(file)} if photo else {"document": world.files.document(file)}
    words = _text(caption) if caption else {}
    named = {f"caption_{name}" if name == "entities" else "caption": value for name, value in words.items()}
    together = {"media_group_id": album} if album else {}
    return send(world, user_id, chat_id, {**media, **named, **together}, thread=thread)


def block(world: World, user_id: int, *, blocked: bool) -> None:
    """Block the bot, or start it again."""
    old = world.rooms.status(user_id, BOT)
    world.rooms.block(user_id, blocked=blocked)
    _membership(world, user_id, user_id, BOT, old)


def place(world: World, user_id: int, chat_id: int, status: str, *, by: int) -> None:
    """Let somebody (the bot is `BOT`) join, lead or leave a group; `by` is the person who does it."""
    old = world.rooms.status(chat_id, user_id)
    was_in, is_in = old not in GONE, status not in GONE
    described = world.people.user(user_id)
    if not is_in and was_in:
        _serve(world, chat_id, by, {"left_chat_member": described})
    world.rooms.place(chat_id, user_id, status)
    if is_in and not was_in:
        _serve(world, chat_id, by, {"new_chat_members": [described]})
    _membership(world, chat_id, by, user_id, old)


def migrate(world: World, chat_id: int, by: int) -> int:
    """Turn a basic group into a supergroup; both chats say so."""
    new_id = world.rooms.migrate(chat_id)
    _serve(world, chat_id, by, {"migrate_to_chat_id": new_id})
    _serve(world, new_id, by, {"migrate_from_chat_id": chat_id})
    return new_id


def _serve(world: World, chat_id: int, by: int, content: Content) -> None:
    """Post a service message: bots of the group hear it, privacy mode or not."""
    message = world.chats.post(chat_id, by, content)
    if world.rooms.status(chat_id, BOT) not in GONE:
        world.updates.put("message", world.chats.view(message))


def _membership(world: World, chat_id: int, by: int, user_id: int, old: str) -> None:
    new = world.rooms.status(chat_id, user_id)
    update = {
        "chat": world.rooms.chat(chat_id),
        "from": world.people.user(by),
        "date": int(world.store.clock()),
        "old_chat_member": member(world, user_id, old),
        "new_chat_member": member(world, user_id, new),
    }
    world.updates.put("my_chat_member" if user_id == BOT else "chat_member", update)
    world.journal.event("member", chat=chat_id, user=user_id, status=new)


def _pieces(text: str) -> list[str]:
    pieces = []
    while len(text) > _MOST_TEXT:
        cut = max(text.rfind("\n", 0, _MOST_TEXT), text.rfind(" ", 0, _MOST_TEXT)) + 1 or _MOST_TEXT
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]


def _text(text: str) -> Content:
    if len(text) > _MOST_TEXT:
        raise ActionError(f"a message has at most {_MOST_TEXT} characters")
    composed = entities.compose(Formatted(text))
    found = {"entities": composed.entities} if composed.entities else {}
    return {"text": composed.text, **found}


def _check_reader(world: World, user_id: int, chat_id: int) -> None:
    if user_id <= 0 or world.people.find(user_id) is None:
        raise ActionError("no such person")
    if chat_id > 0 and chat_id != user_id:
        raise ActionError("that is somebody else's private chat")
    if not world.rooms.exists(chat_id):
        raise ActionError("no such chat")
    if world.rooms.status(chat_id, user_id) in GONE:
        raise ActionError("this person is not in the group")


def _check_writer(world: World, user_id: int, chat_id: int, thread: int) -> None:
    _check_reader(world, user_id, chat_id)
    if chat_id > 0 and world.rooms.blocked(chat_id):
        raise ActionError("this person blocked the bot")
    if thread and thread not in world.rooms.topics(chat_id):
        raise ActionError("no such topic")


def _heard(world: World, message: Message) -> bool:
    """In groups a bot in privacy mode hears commands, replies to it and mentions of it."""
    if message.chat_id > 0:
        return True
    status = world.rooms.status(message.chat_id, BOT)
    if status in GONE:
        return False
    if status == "administrator" or not world.options.get("privacy", True):
        return True
    return _replies_to_bot(world, message) or _addresses_bot(world, message)


def _replies_to_bot(world: World, message: Message) -> bool:
    answered = world.chats.find(message.chat_id, message.reply_to)
    return answered is not None and answered.sender == BOT


def _addresses_bot(world: World, message: Message) -> bool:
    content = message.content
    text = content.get("text") or content.get("caption") or ""
    found = content.get("entities") or content.get("caption_entities") or []
    name = f"@{world.people.user(BOT)['username']}".lower()
    for command in entities.commands(Formatted(text, found)):
        if "@" not in command or command.lower().endswith(name):
            return True
    return name in text.lower()


def _callback_message(world: World, message: Message) -> dict[str, Any]:
    if message.deleted is None:
        return world.chats.view(message)
    return {"chat": world.rooms.chat(message.chat_id), "message_id": message.message_id, "date": 0}
