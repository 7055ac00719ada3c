"""Methods about messages: sending, editing, deleting."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.telegram.chats import Content, Message
from sandbox.telegram.entities import compose
from sandbox.telegram.errors import MisuseError, bad_request
from sandbox.telegram.html import Entity, Formatted, parse, utf16_length
from sandbox.telegram.markup import inline_only, is_inline, read
from sandbox.telegram.params import Upload
from sandbox.telegram.people import BOT
from sandbox.telegram.world import World

__all__ = [
    "Call",
    "delete",
    "delete_many",
    "edit_caption",
    "edit_markup",
    "edit_text",
    "send_document",
    "send_photo",
    "send_text",
]

_MOST_TEXT = 4096
_MOST_CAPTION = 1024
_CAPTION_TOO_LONG = "Message caption is too long"
_DELETABLE_SECONDS = 48 * 3600
_MOST_IDS = 100


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot: its checked parameters and uploaded files."""

    args: dict[str, Any]
    files: dict[str, Upload] = field(default_factory=dict)


def send_text(world: World, call: Call) -> dict[str, Any]:
    """Act as sendMessage."""
    content = _text(world, call, "Message is too long")
    return _send(world, call, content)


def send_document(world: World, call: Call) -> dict[str, Any]:
    """Act as sendDocument."""
    return _send(world, call, {"document": _media(world, call, "document"), **_caption(world, call, _CAPTION_TOO_LONG)})


def send_photo(world: World, call: Call) -> dict[str, Any]:
    """Act as sendPhoto."""
    return _send(world, call, {"photo": _media(world, call, "photo"), **_caption(world, call, _CAPTION_TOO_LONG)})


def edit_text(world: World, call: Call) -> dict[str, Any]:
    """Act as editMessageText; without a markup the keyboard goes."""
    content = _text(world, call, "MESSAGE_TOO_LONG")
    message = _editable(world, call)
    if "text" not in message.content:
        raise bad_request("There is no text in the message to edit")
    return _rewrite(world, call, message, {**_kept(message, "text", "entities"), **content})


def edit_caption(world: World, call: Call) -> dict[str, Any]:
    """Act as editMessageCaption."""
    caption = _caption(world, call, "MEDIA_CAPTION_TOO_LONG")
    message = _editable(world, call)
    if not message.content.keys() & {"document", "photo"}:
        raise bad_request("There is no caption in the message to edit")
    return _rewrite(world, call, message, {**_kept(message, "caption", "caption_entities"), **caption})


def edit_markup(world: World, call: Call) -> dict[str, Any]:
    """Act as editMessageReplyMarkup."""
    message = _editable(world, call)
    return _rewrite(world, call, message, message.content)


def delete(world: World, call: Call) -> bool:
    """Act as deleteMessage."""
    chat_id = world.rooms.writable(call.args.get("chat_id", ""))
    message = world.chats.shown(chat_id, call.args.get("message_id", 0))
    if message is None:
        raise bad_request("Message to delete not found")
    _check_deletable(world, message)
    world.chats.delete(message)
    return True


def delete_many(world: World, call: Call) -> bool:
    """Act as deleteMessages: those that are not there are passed over."""
    ids = call.args.get("message_ids", [])
    if not ids:
        raise bad_request("Message identifiers are not specified")
    if len(ids) > _MOST_IDS:
        raise bad_request("Too many message identifiers specified")
    chat_id = world.rooms.writable(call.args.get("chat_id", ""))
    found = [world.chats.shown(chat_id, message_id) for message_id in dict.fromkeys(ids)]
    messages = [message for message in found if message]
    for message in messages:
        _check_deletable(world, message)
    for message in messages:
        world.chats.delete(message)
    return True


def _send(world: World, call: Call, content: Content) -> dict[str, Any]:
    chat_id = world.rooms.writable(call.args.get("chat_id", ""))
    thread = world.rooms.thread(chat_id, call.args.get("message_thread_id", 0))
    reply_to = _reply_to(world, call, chat_id)
    if call.args.get("protect_content"):
        content = {**content, "has_protected_content": True}
    message = world.chats.post(
        chat_id,
        BOT,
        content,
        thread=thread or _thread_of(world, chat_id, reply_to),
        reply_to=reply_to,
        markup=_markup(call, chat_id),
        notified=not call.args.get("disable_notification", False),
    )
    return world.chats.view(message)


def _markup(call: Call, chat_id: int) -> dict[str, Any] | None:
    raw = call.args.get("reply_markup")
    return None if raw is None else read(raw, private=chat_id > 0)


def _reply_to(world: World, call: Call, chat_id: int) -> int:
    reply = call.args.get("reply_parameters")
    if not reply:
        return 0
    if str(reply.get("chat_id", chat_id)) != str(chat_id):
        raise MisuseError(400, "Replies to other chats are not emulated")
    message_id: int = reply["message_id"]
    if world.chats.shown(chat_id, message_id):
        return message_id
    if reply.get("allow_sending_without_reply", False):
        return 0
    raise bad_request("Message to be replied not found")


def _thread_of(world: World, chat_id: int, reply_to: int) -> int:
    """A reply without a topic goes where the message is that it answers."""
    answered = world.chats.find(chat_id, reply_to) if reply_to else None
    return answered.thread if answered else 0


def _text(world: World, call: Call, too_long: str) -> Content:
    if not call.args.get("text"):
        raise bad_request("Message text is empty")
    formatted = compose(_formatted(call, "text", "entities"))
    if len(formatted.text) > _MOST_TEXT:
        raise bad_request(too_long)
    content: Content = {"text": formatted.text, **_entities(world, "entities", formatted)}
    if options := call.args.get("link_preview_options"):
        content["link_preview_options"] = options
    return content


def _caption(world: World, call: Call, too_long: str) -> Content:
    formatted = compose(_formatted(call, "caption", "caption_entities"), allow_empty=True)
    if len(formatted.text) > _MOST_CAPTION:
        raise bad_request(too_long)
    if not formatted.text:
        return {}
    return {"caption": formatted.text, **_entities(world, "caption_entities", formatted)}


def _formatted(call: Call, text_name: str, entities_name: str) -> Formatted:
    text: str = call.args.get(text_name, "")
    mode = call.args.get("parse_mode", "").lower()
    if mode == "html":
        return parse(text)
    if mode:
        raise MisuseError(400, "Unsupported parse_mode")
    given: list[Entity] = call.args.get(entities_name, [])
    whole = utf16_length(text)
    inside = [entity for entity in given if entity["offset"] >= 0 and entity["length"] > 0]
    return Formatted(text, [entity for entity in inside if entity["offset"] + entity["length"] <= whole])


def _entities(world: World, name: str, formatted: Formatted) -> Content:
    """Entities as the message shows them: a mention of somebody unknown is no mention."""
    shown = []
    for entity in formatted.entities:
        if entity["type"] == "text_mention":
            user_id = entity["user"] if isinstance(entity["user"], int) else entity["user"]["id"]
            if world.people.find(user_id) is None:
                continue
            shown.append({**entity, "user": world.people.user(user_id)})
        else:
            shown.append(entity)
    return {name: shown} if shown else {}


def _media(world: World, call: Call, kind: str) -> Any:
    given = call.args.get(kind)
    upload = call.files.get(given.removeprefix("attach://") if given else kind)
    if upload is None and not given:
        raise bad_request(f"There is no {kind} in the request")
    if upload is None:
        return world.files.again(kind, str(given))
    return world.files.document(upload) if kind == "document" else world.files.photo(upload)


def _editable(world: World, call: Call) -> Message:
    chat_id = world.rooms.seen(call.args.get("chat_id", ""))
    message = world.chats.shown(chat_id, call.args.get("message_id", 0))
    if message is None:
        raise bad_request("Message to edit not found")
    if message.sender != BOT or not (message.markup is None or is_inline(message.markup)):
        raise bad_request("Message can't be edited")
    return message


def _rewrite(world: World, call: Call, message: Message, content: Content) -> dict[str, Any]:
    markup = inline_only(_markup(call, message.chat_id))
    if content == message.content and markup == message.markup:
        raise bad_request(
            "Message is not modified: specified new message content and reply markup are exactly the same as a"
            " current content and reply markup of the message"
        )
    return world.chats.view(world.chats.rewrite(message, content, markup))


def _kept(message: Message, *replaced: str) -> Content:
    gone = (*replaced, "link_preview_options")
    return {name: value for name, value in message.content.items() if name not in gone}


def _check_deletable(world: World, message: Message) -> None:
    """Own messages, in private chats also the other's, with an administrator's right all; 48 hours long."""
    old = world.store.clock() > message.at + _DELETABLE_SECONDS
    if message.chat_id > 0:
        if old:
            raise bad_request("Message can't be deleted for everyone")
        return
    leads = world.rooms.status(message.chat_id, BOT) in ("administrator", "creator")
    if old or not (leads or message.sender == BOT):
        raise bad_request("Message can't be deleted")
