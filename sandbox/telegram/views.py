"""How the Telegram side looks from outside: what the chat page draws and what tests read."""

from dataclasses import asdict
from typing import Any

from sandbox.telegram.chats import Content, Message
from sandbox.telegram.entities import render
from sandbox.telegram.html import Formatted
from sandbox.telegram.people import BOT
from sandbox.telegram.world import World

__all__ = ["events", "message", "overview"]

_PLAIN = frozenset(
    {"text", "entities", "caption", "caption_entities", "document", "photo", "contact", "from", "sender_chat"}
)


def overview(world: World, chat_id: int | None = None) -> dict[str, Any]:
    """Give everything at once; with `chat_id` the messages of that chat alone."""
    chats = [chat for chat in _chat_ids(world) if chat_id in (None, chat)]
    return {
        "bot": world.people.me(),
        "people": [_person(world, person.id) for person in world.people.all()],
        "chats": [_chat(world, chat) for chat in chats],
        "menus": [_menu(world, user, chat) for chat in chats for user in _readers(world, chat)],
        "command_lists": world.menus.all(),
        "answers": [press.describe() for press in world.presses.all()],
        "calls": world.journal.calls(),
        "webhook": world.webhook.info(),
        "pending_updates": world.updates.pending(),
        "polling": world.updates.polling,
        "privacy": world.options.get("privacy", True),
        "last_event": world.journal.last(),
    }


def events(world: World, found: list[dict[str, Any]]) -> dict[str, Any]:
    """Give events with the messages they are about, as these look now; `last` is the next `after`."""
    shown = []
    for event in found:
        about = world.chats.find(event["chat"], event["message_id"]) if "message_id" in event else None
        shown.append({**event, "message": message(world, about)} if about else event)
    return {"events": shown, "last": found[-1]["id"] if found else world.journal.last()}


def message(world: World, shown: Message) -> dict[str, Any]:
    """Give one message: as it is now, its state, and all its versions."""
    versions = world.chats.versions(shown)
    return {
        **{name: getattr(shown, name) for name in ("message_id", "thread", "reply_to", "at", "edited")},
        "chat": shown.chat_id,
        "from": shown.content.get("from") or world.people.user(shown.sender),
        "by_bot": shown.sender == BOT,
        "deleted": shown.deleted is not None,
        "deleted_at": shown.deleted,
        "notified": shown.notified,
        "edits": len(versions) - 1,
        **_looks(shown.content, shown.markup),
        "contact": shown.content.get("contact"),
        "document": _file(shown.content.get("document")),
        "photo": _photo(shown.content.get("photo")),
        "other": {name: value for name, value in shown.content.items() if name not in _PLAIN},
        "versions": [{"at": version.at, **_looks(version.content, version.markup)} for version in versions],
    }


def _looks(content: Content, markup: dict[str, Any] | None) -> dict[str, Any]:
    """Text (or caption) as text, entities and safe HTML; the inline keyboard; any other markup."""
    text = content.get("text") or content.get("caption") or ""
    found = content.get("entities") or content.get("caption_entities") or []
    keyboard = (markup or {}).get("inline_keyboard", [])
    return {
        "text": text,
        "entities": found,
        "html": render(Formatted(text, found)),
        "keyboard": keyboard,
        "markup": None if keyboard else markup,
    }


def _file(document: dict[str, Any] | None) -> dict[str, Any] | None:
    return {**document, "url": f"/control/telegram/files/{document['file_id']}"} if document else None


def _photo(sizes: list[dict[str, Any]] | None) -> dict[str, Any] | None:
    return _file(sizes[-1]) if sizes else None


def _person(world: World, user_id: int) -> dict[str, Any]:
    person = world.people.find(user_id)
    described = asdict(person) if person else {}
    return {**described, "started": world.rooms.opened(user_id), "blocked": world.rooms.blocked(user_id)}


def _chat_ids(world: World) -> list[int]:
    return [*(person.id for person in world.people.all()), *world.rooms.groups()]


def _readers(world: World, chat_id: int) -> list[int]:
    if chat_id > 0:
        return [chat_id]
    return [user for user in world.rooms.members(chat_id) if user != BOT]


def _menu(world: World, user_id: int, chat_id: int) -> dict[str, Any]:
    return {"user": user_id, "chat": chat_id, "commands": world.menus.shown(user_id, chat_id)}


def _chat(world: World, chat_id: int) -> dict[str, Any]:
    messages = world.chats.all(chat_id)
    topics = world.rooms.topics(chat_id)
    return {
        **world.rooms.chat(chat_id),
        "topics": [{"thread": thread, "name": name} for thread, name in topics.items()],
        "members": {str(user): world.rooms.status(chat_id, user) for user in _readers(world, chat_id)},
        "bot_status": world.rooms.status(chat_id, BOT),
        "reply_keyboard": _reply_keyboard(messages),
        "messages": [message(world, one) for one in messages],
    }


def _reply_keyboard(messages: list[Message]) -> dict[str, Any] | None:
    """The keyboard below the chat: set and removed by the newest message that says something about it."""
    for one in reversed(messages):
        markup = one.markup or {}
        if "remove_keyboard" in markup:
            return None
        if "keyboard" in markup and one.deleted is None:
            return markup
    return None
