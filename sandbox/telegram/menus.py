"""The bot's command lists by scope and language, and the menu that one person sees in one chat."""

import json
import re
from typing import Any

from sandbox.store import Store
from sandbox.telegram.errors import bad_request
from sandbox.telegram.journal import Journal
from sandbox.telegram.params import as_json, integer, only, string
from sandbox.telegram.people import People
from sandbox.telegram.rooms import Rooms

__all__ = ["Menus", "check_language"]

_DDL = """
CREATE TABLE IF NOT EXISTS tg_menus (
    scope TEXT NOT NULL, language TEXT NOT NULL, commands TEXT NOT NULL, PRIMARY KEY (scope, language)
);
"""
_FIELDS = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
_MOST_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_MOST_DESCRIPTION = 256


class Menus:
    """Command lists; a scope is kept as `type:chat:user`."""

    def __init__(self, store: Store, journal: Journal, people: People, rooms: Rooms) -> None:
        self._store = store
        self._journal = journal
        self._people = people
        self._rooms = rooms
        store.script(_DDL)

    def scope(self, raw: Any) -> str:
        """Check a BotCommandScope (None is the default one); raises `CallError`."""
        scope = {"type": "default"} if raw is None else as_json("BotCommandScope", raw)
        if not isinstance(scope, dict):
            raise bad_request("Can't parse BotCommandScope: BotCommandScope must be an Object")
        kind = scope.get("type")
        if kind not in _FIELDS:
            raise bad_request("Can't parse BotCommandScope: unsupported type specified")
        only("BotCommandScope", scope, ("type", *_FIELDS[kind]))
        for name in _FIELDS[kind]:
            if name not in scope:
                raise bad_request(f"Can't parse BotCommandScope: Can't find field \"{name}\"")
        chat = str(self._rooms.seen(scope["chat_id"])) if "chat_id" in scope else ""
        user = str(integer("user_id", scope["user_id"])) if "user_id" in scope else ""
        return ":".join(part for part in (kind, chat, user) if part)

    def put(self, scope: str, language: str, raw: Any) -> None:
        """Set a list; an empty one is as good as none. Raises `CallError`."""
        commands = _commands(as_json("commands", raw))
        self.drop(scope, language)
        if commands:
            texts = json.dumps(commands, ensure_ascii=False)
            self._store.write("INSERT INTO tg_menus VALUES (?, ?, ?)", scope, language, texts)

    def drop(self, scope: str, language: str) -> None:
        """Forget a list."""
        self._store.write("DELETE FROM tg_menus WHERE scope = ? AND language = ?", scope, language)
        self._journal.event("menu", scope=scope, language=language)

    def get(self, scope: str, language: str) -> list[dict[str, str]]:
        """Give exactly this list, empty if it was never set."""
        rows = self._store.read("SELECT commands FROM tg_menus WHERE scope = ? AND language = ?", scope, language)
        return json.loads(rows[0]["commands"]) if rows else []

    def all(self) -> list[dict[str, Any]]:
        """Every list there is: scope, language, commands."""
        rows = self._store.read("SELECT * FROM tg_menus ORDER BY scope, language")
        return [{**dict(row), "commands": json.loads(row["commands"])} for row in rows]

    def shown(self, user_id: int, chat_id: int) -> list[dict[str, str]]:
        """Give the menu this person sees in this chat, by the order that the API documents."""
        person = self._people.find(user_id)
        language = person.language_code if person else ""
        for scope in self._scopes(user_id, chat_id):
            for tongue in (language, ""):
                if found := self.get(scope, tongue):
                    return found
        return []

    def _scopes(self, user_id: int, chat_id: int) -> list[str]:
        if chat_id > 0:
            return [f"chat:{chat_id}", "all_private_chats", "default"]
        leads = self._rooms.status(chat_id, user_id) in ("creator", "administrator")
        own = [f"chat_member:{chat_id}:{user_id}"]
        here = [f"chat_administrators:{chat_id}"] if leads else []
        everywhere = ["all_chat_administrators"] if leads else []
        return [*own, *here, f"chat:{chat_id}", *everywhere, "all_group_chats", "default"]


def check_language(code: str) -> str:
    """Take a two-letter language code, or none."""
    if not re.fullmatch(r"([a-z]{2})?", code):
        raise bad_request("Invalid language code specified")
    return code


def _commands(raw: Any) -> list[dict[str, str]]:
    if not isinstance(raw, list):
        raise bad_request("Expected an Array of BotCommand")
    if len(raw) > _MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_command(item) for item in raw]


def _command(raw: Any) -> dict[str, str]:
    if not isinstance(raw, dict):
        raise bad_request("Can't parse BotCommand: expected an Object")
    only("BotCommand", raw, ("command", "description"))
    for name in ("command", "description"):
        if name not in raw:
            raise bad_request(f"Can't parse BotCommand: Can't find field \"{name}\"")
    command = string("command", raw["command"]).strip().removeprefix("/")
    description = string("description", raw["description"]).strip()
    if not command:
        raise bad_request("Command must be non-empty")
    if len(command) > 32:
        raise bad_request("Command length must not exceed 32")
    if not description:
        raise bad_request("Command description must be non-empty")
    if len(description) > _MOST_DESCRIPTION:
        raise bad_request(f"Command description length must not exceed {_MOST_DESCRIPTION}")
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}
