"""The people of the sandbox, and the bot among them."""

from dataclasses import asdict, astuple, dataclass
from typing import Any

from sandbox.store import Store
from sandbox.telegram.options import Options

__all__ = ["BOT", "GROUP_ID", "PEOPLE", "TOPIC", "People", "Person"]

BOT = 0
"""Stands for the bot wherever a user id is kept: its real id comes with its token."""


@dataclass(frozen=True, slots=True)
class Person:
    """A Telegram user: `phone` is what "share my contact" sends."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "ru"
    phone: str = ""


PEOPLE = (
    Person(1001, "Мария", username="maria", phone="79110001001"),
    Person(1002, "Иван", username="ivan", phone="79110001002"),
    Person(1003, "Пётр", username="petr", phone="79110001003"),
    Person(1004, "Анна", username="anna", phone="79110001004"),
    Person(1005, "John", username="john", language_code="en", phone="79110001005"),
)
GROUP_ID = -1001234567890
GROUP_TITLE = "Дежурные"
TOPIC = 5
TOPIC_NAME = "SMS"

_DDL = """
CREATE TABLE IF NOT EXISTS tg_people (
    id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, username TEXT NOT NULL,
    language_code TEXT NOT NULL, phone TEXT NOT NULL
);
"""
_USERNAME = "smsbot_sandbox_bot"
_NAME = "SMS sandbox"
_FIRST_BOT = 100
_FIRST_NEWCOMER = 2001


class People:
    """All users; the bot is `BOT`, its public id is that of the token it used last."""

    def __init__(self, store: Store, options: Options) -> None:
        self._store = store
        self._options = options
        store.script(_DDL)
        if not self.all():
            for person in PEOPLE:
                self.put(person)

    def put(self, person: Person) -> None:
        """Add a person, or change one."""
        self._store.write("INSERT OR REPLACE INTO tg_people VALUES (?, ?, ?, ?, ?, ?)", *astuple(person))

    def newcomer(self) -> int:
        """Give an id for one more person."""
        return self._options.count("newcomer", _FIRST_NEWCOMER)

    def all(self) -> list[Person]:
        """Everybody but the bot."""
        return [Person(**dict(row)) for row in self._store.read("SELECT * FROM tg_people ORDER BY id")]

    def find(self, user_id: int) -> Person | None:
        """One person, if there is such."""
        rows = self._store.read("SELECT * FROM tg_people WHERE id = ?", user_id)
        return Person(**dict(rows[0])) if rows else None

    def called(self, username: str) -> Person | None:
        """Find a person by @username."""
        wanted = username.removeprefix("@").lower()
        return next((person for person in self.all() if person.username.lower() == wanted), None)

    def adopt(self, bot_id: int) -> None:
        """Let the bot have the id of its token."""
        if self._options.get("bot_id") != bot_id:
            self._options.put("bot_id", bot_id)

    @property
    def bot_id(self) -> int:
        """The bot's public id."""
        bot_id: int = self._options.get("bot_id", _FIRST_BOT)
        return bot_id

    def number(self, user_id: int) -> int:
        """Translate a public id into the one kept in the tables."""
        return BOT if user_id == self.bot_id else user_id

    def user(self, user_id: int) -> dict[str, Any]:
        """Give the Bot API's User object."""
        if user_id == BOT:
            name = self._options.get("name:", _NAME)
            return {"id": self.bot_id, "is_bot": True, "first_name": name, "username": _USERNAME}
        person = self.find(user_id)
        if person is None:
            raise KeyError(user_id)
        known = {name: value for name, value in asdict(person).items() if value and name != "phone"}
        return {**known, "is_bot": False}

    def me(self) -> dict[str, Any]:
        """Give the bot's own User object, as getMe does."""
        return {
            **self.user(BOT),
            "can_join_groups": True,
            "can_read_all_group_messages": not self._options.get("privacy", True),
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
