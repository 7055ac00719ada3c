"""The lists of commands that Telegram shows: each admin's own, nobody else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from telegram import Bot, BotCommandScopeChat
from telegram.error import TelegramError

from bot.chat.commands import allowed
from bot.chat.texts import texts
from bot.domain.access import Role
from bot.services.unit import Unit

__all__ = ["Menu", "MenuLane"]

_AGAIN: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands that Telegram lists in a chat; chat 0 is everywhere else, a role of None has none."""

    chat: int
    role: Role | None = None
    language: str = ""


class MenuLane:
    """Keeps each admin's list of commands in step with his role and language; strangers see none."""

    name = "menus"
    slots = 2

    def __init__(self, unit: Unit, bot: Bot) -> None:
        self._unit, self._bot = unit, bot
        self._shown: dict[int, Menu] = {}
        self._resting: dict[int, datetime] = {}
        self._flying: set[int] = set()

    async def claim(self, free: int) -> Sequence[Menu]:
        """Name the lists that are not what they should be."""
        async with self._unit.reading() as services:
            admins, now = await services.people.everyone(), services.now
        wanted = {chat: Menu(chat) for chat in (0, *self._shown)}
        wanted |= {admin.user_id: Menu(admin.user_id, admin.role, admin.language) for admin in admins}
        resting = {chat for chat, until in self._resting.items() if until > now} | self._flying
        due = [menu for chat, menu in wanted.items() if self._shown.get(chat) != menu and chat not in resting][:free]
        self._flying.update(menu.chat for menu in due)
        return due

    async def do(self, item: Menu) -> bool:
        """Tell Telegram; False where it did not listen."""
        scope = BotCommandScopeChat(item.chat) if item.chat else None
        try:
            if item.role is None:
                return await self._bot.delete_my_commands(scope)
            words = texts(item.language)
            listed = [(it.name, words.plain(it.about)) for it in allowed(item.role)]
            return await self._bot.set_my_commands(listed, scope)
        except TelegramError:
            return False  # most often an admin who has never written to the bot

    async def finish(self, item: Menu, result: bool) -> None:  # noqa: FBT001 - the lane's shape
        """Remember what is listed now, or when to try again."""
        self._flying.discard(item.chat)
        if result:
            self._shown[item.chat] = item
        else:
            self._resting[item.chat] = self._unit.clock.now() + _AGAIN

    async def next_due(self) -> datetime | None:
        """Return None: a ring or the next round finds what has changed."""
        return None

    def failed(self, item: Menu, error: Exception) -> bool:  # noqa: ARG002 - whatever it was, it is tried again
        """Try again later."""
        return False
