"""Who is where: private dialogs, groups with their members and topics, and whether the bot may write there."""

from typing import Any

from sandbox.store import Store
from sandbox.telegram.errors import bad_request, forbidden
from sandbox.telegram.options import Options
from sandbox.telegram.people import BOT, GROUP_ID, GROUP_TITLE, TOPIC, TOPIC_NAME, People

__all__ = ["GONE", "Rooms"]

GONE = frozenset({"left", "kicked"})
_NAMES = ("first_name", "last_name", "username")
_FIRST_GROUP = 4_200_001
_SUPERGROUPS = -1_000_000_000_000

_DDL = """
CREATE TABLE IF NOT EXISTS tg_groups (
    id INTEGER PRIMARY KEY, type TEXT NOT NULL, title TEXT NOT NULL, is_forum INTEGER NOT NULL DEFAULT 0,
    migrated_to INTEGER
);
CREATE TABLE IF NOT EXISTS tg_members (
    chat_id INTEGER NOT NULL, user_id INTEGER NOT NULL, status TEXT NOT NULL, PRIMARY KEY (chat_id, user_id)
);
CREATE TABLE IF NOT EXISTS tg_topics (
    chat_id INTEGER NOT NULL, thread INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (chat_id, thread)
);
CREATE TABLE IF NOT EXISTS tg_closed_topics (
    chat_id INTEGER NOT NULL, thread INTEGER NOT NULL, PRIMARY KEY (chat_id, thread)
);
CREATE TABLE IF NOT EXISTS tg_dialogs (user_id INTEGER PRIMARY KEY, blocked INTEGER NOT NULL DEFAULT 0);
"""


class Rooms:
    """Chats without their messages."""

    def __init__(self, store: Store, people: People, options: Options) -> None:
        self._store = store
        self._people = people
        self._options = options
        store.script(_DDL)
        if not store.read("SELECT 1 FROM tg_groups"):
            self._furnish()

    def _furnish(self) -> None:
        everybody = [person.id for person in self._people.all()]
        with self._store.transaction():
            self._add(GROUP_ID, "supergroup", GROUP_TITLE, everybody, forum=True)
            self._store.write("INSERT INTO tg_topics VALUES (?, ?, ?)", GROUP_ID, TOPIC, TOPIC_NAME)

    def _add(self, chat_id: int, kind: str, title: str, members: list[int], *, forum: bool = False) -> None:
        self._store.write(
            "INSERT INTO tg_groups (id, type, title, is_forum) VALUES (?, ?, ?, ?)", chat_id, kind, title, forum
        )
        for position, user_id in enumerate([*members, BOT]):
            self.place(chat_id, user_id, "creator" if position == 0 else "member")

    def create(self, title: str, members: list[int]) -> int:
        """Found a basic group (the first member owns it), the bot included."""
        chat_id = -self._options.count("group", _FIRST_GROUP)
        self._add(chat_id, "group", title, members)
        return chat_id

    def migrate(self, chat_id: int) -> int:
        """Turn a basic group into a supergroup and give its new id."""
        members = [(user, status) for user, status in self.members(chat_id).items() if status not in GONE]
        new_id = _SUPERGROUPS - self._options.count("group", _FIRST_GROUP)
        self._add(new_id, "supergroup", self._group(chat_id)["title"], [])
        for user_id, status in members:
            self.place(new_id, user_id, status)
        self._store.write("UPDATE tg_groups SET migrated_to = ? WHERE id = ?", new_id, chat_id)
        return new_id

    def groups(self) -> list[int]:
        """Ids of all groups, those that became supergroups included."""
        return [row["id"] for row in self._store.read("SELECT id FROM tg_groups ORDER BY id DESC")]

    def _group(self, chat_id: int) -> dict[str, Any]:
        rows = self._store.read("SELECT * FROM tg_groups WHERE id = ?", chat_id)
        if not rows:
            raise KeyError(chat_id)
        return dict(rows[0])

    def members(self, chat_id: int) -> dict[int, str]:
        """Status by user, of those who left too; the bot is `BOT`."""
        rows = self._store.read("SELECT user_id, status FROM tg_members WHERE chat_id = ?", chat_id)
        return {row["user_id"]: row["status"] for row in rows}

    def status(self, chat_id: int, user_id: int) -> str:
        """creator, administrator, member, left or kicked; in a private chat all are members."""
        if chat_id > 0:
            return "kicked" if user_id == BOT and self.blocked(chat_id) else "member"
        return self.members(chat_id).get(user_id, "left")

    def place(self, chat_id: int, user_id: int, status: str) -> None:
        """Make somebody a member, an administrator, or gone."""
        self._store.write("INSERT OR REPLACE INTO tg_members VALUES (?, ?, ?)", chat_id, user_id, status)

    def topics(self, chat_id: int) -> dict[int, str]:
        """Topic names by thread id."""
        rows = self._store.read("SELECT * FROM tg_topics WHERE chat_id = ? ORDER BY thread", chat_id)
        return {row["thread"]: row["name"] for row in rows}

    def drop_topic(self, chat_id: int, thread: int) -> None:
        """Delete a topic."""
        self._store.write("DELETE FROM tg_topics WHERE chat_id = ? AND thread = ?", chat_id, thread)

    def close_topic(self, chat_id: int, thread: int) -> None:
        """Close a topic to all but administrators; the general one is 0."""
        self._store.write("INSERT OR IGNORE INTO tg_closed_topics VALUES (?, ?)", chat_id, thread)

    def open(self, user_id: int) -> None:
        """Let the bot write to this person from now on."""
        self._store.write("INSERT OR IGNORE INTO tg_dialogs (user_id) VALUES (?)", user_id)

    def opened(self, user_id: int) -> bool:
        """Tell whether this person ever wrote to the bot."""
        return bool(self._store.read("SELECT 1 FROM tg_dialogs WHERE user_id = ?", user_id))

    def block(self, user_id: int, *, blocked: bool) -> None:
        """Let a person block the bot, or have it back."""
        self.open(user_id)
        self._store.write("UPDATE tg_dialogs SET blocked = ? WHERE user_id = ?", blocked, user_id)

    def blocked(self, user_id: int) -> bool:
        """Tell whether this person blocked the bot."""
        return bool(self._store.read("SELECT 1 FROM tg_dialogs WHERE user_id = ? AND blocked", user_id))

    def exists(self, chat_id: int) -> bool:
        """Tell whether there is such a person or group."""
        return bool(self._people.find(chat_id)) if chat_id > 0 else chat_id in self.groups()

    def chat(self, chat_id: int) -> dict[str, Any]:
        """Give the Bot API's Chat object."""
        if chat_id > 0:
            user = self._people.user(chat_id)
            names: dict[str, Any] = {name: user[name] for name in _NAMES if name in user}
            return {"id": chat_id, "type": "private", **names}
        group = self._group(chat_id)
        forum = {"is_forum": True} if group["is_forum"] else {}
        return {"id": chat_id, "type": group["type"], "title": group["title"], **forum}

    def seen(self, raw: int | str) -> int:
        """Find a chat that the bot may look at; raises "chat not found" and the like."""
        chat_id = self._number(raw)
        if chat_id > 0:
            if not (self.opened(chat_id) or self._acquainted(chat_id)):
                raise bad_request("Chat not found")
            return chat_id
        migrated = self._group(chat_id)["migrated_to"]
        if migrated:
            raise bad_request("Group chat was upgraded to a supergroup chat", migrate_to_chat_id=migrated)
        kind = f"{self._group(chat_id)['type']} chat"
        status = self.status(chat_id, BOT)
        if status == "kicked":
            raise forbidden(f"Bot was kicked from the {kind}")
        if status == "left":
            raise forbidden(f"Bot is not a member of the {kind}")
        return chat_id

    def writable(self, raw: int | str) -> int:
        """Find a chat that the bot may write to."""
        chat_id = self.seen(raw)
        if chat_id > 0 and not self.opened(chat_id):
            raise forbidden("Bot can't initiate conversation with a user")
        if chat_id > 0 and self.blocked(chat_id):
            raise forbidden("Bot was blocked by the user")
        return chat_id

    def thread(self, chat_id: int, thread: int) -> int:
        """Check a topic that the bot writes to: the general one and groups without topics have none."""
        if chat_id < 0 and not self._group(chat_id)["is_forum"]:
            return 0
        if thread != 0 and thread not in self.topics(chat_id):
            raise bad_request("Message thread not found")
        if self._closed(chat_id, thread) and self.status(chat_id, BOT) != "administrator":
            raise bad_request("TOPIC_CLOSED")
        return thread

    def _closed(self, chat_id: int, thread: int) -> bool:
        where = "chat_id = ? AND thread = ?"
        return bool(self._store.read(f"SELECT 1 FROM tg_closed_topics WHERE {where}", chat_id, thread))  # noqa: S608

    def _number(self, raw: int | str) -> int:
        if str(raw) == "":
            raise bad_request("Chat_id is empty")
        try:
            chat_id = int(raw)
        except ValueError:
            person = self._people.called(str(raw))
            chat_id = 0 if person is None else person.id
        if chat_id == 0 or not self.exists(chat_id):
            raise bad_request("Chat not found")
        return chat_id

    def _acquainted(self, user_id: int) -> bool:
        """A person whom the bot meets in a group is known to it."""
        return bool(
            self._store.read(
                "SELECT 1 FROM tg_members me JOIN tg_members they USING (chat_id)"
                " WHERE me.user_id = ? AND they.user_id = ? AND they.status NOT IN ('left', 'kicked')",
                *(BOT, user_id),
            )
        )
