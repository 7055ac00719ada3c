"""Messages with their whole history: nothing that was ever on a screen is forgotten."""

import json
from dataclasses import dataclass
from typing import Any

from sandbox.store import Store
from sandbox.telegram.journal import Journal
from sandbox.telegram.markup import is_inline
from sandbox.telegram.options import Options
from sandbox.telegram.people import People
from sandbox.telegram.rooms import Rooms

__all__ = ["Chats", "Message", "Version"]

Content = dict[str, Any]
"""What a message says, in the Bot API's fields: text and entities, or caption and document, or a contact …"""

_DDL = """
CREATE TABLE IF NOT EXISTS tg_messages (
    key INTEGER PRIMARY KEY AUTOINCREMENT, chat_id INTEGER NOT NULL, message_id INTEGER NOT NULL,
    thread INTEGER NOT NULL, sender INTEGER NOT NULL, at REAL NOT NULL, edited REAL, deleted REAL,
    notified INTEGER NOT NULL, reply_to INTEGER NOT NULL, content TEXT NOT NULL, markup TEXT NOT NULL,
    UNIQUE (chat_id, message_id)
);
CREATE TABLE IF NOT EXISTS tg_versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, key INTEGER NOT NULL, at REAL NOT NULL, content TEXT NOT NULL,
    markup TEXT NOT NULL
);
"""
_FIRST_PRIVATE = 1
_FIRST_IN_GROUP = 11


@dataclass(frozen=True, slots=True)
class Version:
    """How a message looked from `at` on."""

    at: float
    content: Content
    markup: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it is now; `sender` is `BOT` for the bot, `thread` and `reply_to` are 0 for none."""

    key: int
    chat_id: int
    message_id: int
    thread: int
    sender: int
    at: float
    edited: float | None
    deleted: float | None
    notified: bool
    reply_to: int
    content: Content
    markup: dict[str, Any] | None


class Chats:
    """All messages of all chats."""

    def __init__(self, store: Store, options: Options, journal: Journal, people: People, rooms: Rooms) -> None:
        self._store = store
        self._options = options
        self._journal = journal
        self._people = people
        self._rooms = rooms
        store.script(_DDL)
        self._found_topics()

    def _found_topics(self) -> None:
        """A topic is its first message: the thread's id is that message's id."""
        for chat_id in self._rooms.groups():
            for thread, name in self._rooms.topics(chat_id).items():
                if self.find(chat_id, thread) is None:
                    content = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
                    self._insert(chat_id, thread, self._founder(chat_id), content, thread=thread)

    def _founder(self, chat_id: int) -> int:
        return next(user for user, status in self._rooms.members(chat_id).items() if status == "creator")

    def post(
        self,
        chat_id: int,
        sender: int,
        content: Content,
        *,
        thread: int = 0,
        reply_to: int = 0,
        markup: dict[str, Any] | None = None,
        notified: bool = False,
    ) -> Message:
        """Put a new message at the end of a chat."""
        message = self._insert(
            *(chat_id, self._next_id(chat_id), sender, content),
            thread=thread,
            reply_to=reply_to,
            markup=markup,
            notified=notified,
        )
        self._journal.event("message", chat=chat_id, message_id=message.message_id)
        return message

    def rewrite(self, message: Message, content: Content, markup: dict[str, Any] | None) -> Message:
        """Edit a message; the version before is kept."""
        now = self._store.clock()
        texts = json.dumps(content, ensure_ascii=False), json.dumps(markup, ensure_ascii=False)
        self._store.write(
            "UPDATE tg_messages SET content = ?, markup = ?, edited = ? WHERE key = ?", *texts, now, message.key
        )
        self._version(message.key, now, *texts)
        self._journal.event("edit", chat=message.chat_id, message_id=message.message_id)
        return self._again(message)

    def delete(self, message: Message) -> None:
        """Take a message off the screen."""
        self._store.write("UPDATE tg_messages SET deleted = ? WHERE key = ?", self._store.clock(), message.key)
        self._journal.event("delete", chat=message.chat_id, message_id=message.message_id)

    def find(self, chat_id: int, message_id: int) -> Message | None:
        """One message, deleted ones included."""
        found = self._read("chat_id = ? AND message_id = ?", chat_id, message_id)
        return found[0] if found else None

    def shown(self, chat_id: int, message_id: int) -> Message | None:
        """One message that is still on the screen."""
        message = self.find(chat_id, message_id)
        return message if message and message.deleted is None else None

    def all(self, chat_id: int) -> list[Message]:
        """The whole chat in order, deleted messages included."""
        return self._read("chat_id = ? ORDER BY message_id", chat_id)

    def versions(self, message: Message) -> list[Version]:
        """How a message looked over time, the first version first."""
        if message.edited is None:
            return [Version(message.at, message.content, message.markup)]
        rows = self._store.read("SELECT * FROM tg_versions WHERE key = ? ORDER BY id", message.key)
        return [Version(row["at"], json.loads(row["content"]), json.loads(row["markup"])) for row in rows]

    def view(self, message: Message, *, with_reply: bool = True) -> dict[str, Any]:
        """Give the Bot API's Message object."""
        view: dict[str, Any] = {
            "message_id": message.message_id,
            "from": self._people.user(message.sender),
            "chat": self._rooms.chat(message.chat_id),
            "date": int(message.at),
            **message.content,
        }
        if message.edited is not None:
            view["edit_date"] = int(message.edited)
        if message.thread:
            view |= {"message_thread_id": message.thread, "is_topic_message": True}
        # In a topic each message that answers none answers the topic's first one: so Telegram tells bots.
        answered = message.reply_to or message.thread
        replied = self.shown(message.chat_id, answered) if with_reply and answered else None
        if replied and replied.message_id != message.message_id:
            view["reply_to_message"] = self.view(replied, with_reply=False)
        if is_inline(message.markup):
            view["reply_markup"] = message.markup
        return view

    def _next_id(self, chat_id: int) -> int:
        """Supergroups count for themselves, private chats and basic groups together."""
        if self._rooms.chat(chat_id)["type"] == "supergroup":
            return self._options.count(f"message:{chat_id}", _FIRST_IN_GROUP)
        return self._options.count("message", _FIRST_PRIVATE)

    def _insert(
        self,
        chat_id: int,
        message_id: int,
        sender: int,
        content: Content,
        *,
        thread: int = 0,
        reply_to: int = 0,
        markup: dict[str, Any] | None = None,
        notified: bool = False,
    ) -> Message:
        now = self._store.clock()
        texts = json.dumps(content, ensure_ascii=False), json.dumps(markup, ensure_ascii=False)
        key = self._store.write(
            "INSERT INTO tg_messages (chat_id, message_id, thread, sender, at, notified, reply_to, content, markup)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(chat_id, message_id, thread, sender, now, notified, reply_to, *texts),
        )
        self._version(key, now, *texts)
        return self._read("key = ?", key)[0]

    def _version(self, key: int, at: float, content: str, markup: str) -> None:
        self._store.write(
            "INSERT INTO tg_versions (key, at, content, markup) VALUES (?, ?, ?, ?)", key, at, content, markup
        )

    def _again(self, message: Message) -> Message:
        return self._read("key = ?", message.key)[0]

    def _read(self, where: str, *args: int) -> list[Message]:
        rows = self._store.read(f"SELECT * FROM tg_messages WHERE {where}", *args)  # noqa: S608 – our own words
        return [
            Message(
                **{
                    **dict(row),
                    "notified": bool(row["notified"]),
                    "content": json.loads(row["content"]),
                    "markup": json.loads(row["markup"]),
                }
            )
            for row in rows
        ]
