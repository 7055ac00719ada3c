"""The lane that handles updates: one chat's oldest at a time, gate, handlers and "done" in ONE transaction."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog
from telegram import ChatMember, Update
from telegram.error import TelegramError

from bot.chat.cards.toasts import Toast
from bot.chat.context import App, Hand, in_hand, place_of, record_errors
from bot.chat.gate import enter
from bot.domain.models import Admin, Place
from bot.services.inbox import Inbox, Turn

__all__ = ["InboxLane"]

SLOTS: Final = 8
_log = structlog.get_logger("inbox")


@dataclass(slots=True)
class _Attempt:
    """What is known of the update in hand, also when it cannot be handled."""

    turn: int = 0
    update_id: int = 0
    update: Update | None = None
    admin: Admin | None = None
    toast: Toast | None = None


class InboxLane:
    """An item is a chat. Order is kept within a chat; different chats are handled side by side."""

    name = "inbox"

    def __init__(self, inbox: Inbox, application: App, slots: int = SLOTS) -> None:
        self.slots = slots
        self._inbox, self._application = inbox, application
        self._busy: set[int] = set()
        self._answers: set[asyncio.Task[None]] = set()
        record_errors(application)

    async def claim(self, free: int) -> Sequence[int]:
        """Name chats that wait; the lock on the update itself is taken by `do`."""
        chats = await self._inbox.waiting(free, self._busy)
        self._busy.update(chats)
        return chats

    async def do(self, item: int) -> None:
        """Handle the chat's oldest update; what fails is counted, and given up in the end."""
        attempt = _Attempt()
        try:
            await self._handle(item, attempt)
        except Exception as error:
            if not attempt.turn:
                raise
            if await self._failed(item, attempt, error):
                self._answer(attempt)
        else:
            self._answer(attempt)
        finally:
            self._busy.discard(item)

    async def finish(self, item: int, result: None) -> None:
        """Nothing is left to store: `do` does all of it in its own transaction."""

    async def next_due(self) -> datetime | None:
        """Return when a chat has something to handle."""
        return await self._inbox.next_due(self._busy)

    def failed(self, item: int, error: Exception) -> None:
        """Leave the chat as it is: the next claim finds it again."""

    async def close(self) -> None:
        """Wait until the last answers are given."""
        while self._answers:
            await asyncio.wait(self._answers)

    async def _handle(self, chat: int, attempt: _Attempt) -> None:
        async with self._inbox.turn(chat) as turn:
            if turn is None:
                return
            attempt.turn, attempt.update_id = turn.id, turn.update_id
            attempt.update = update = Update.de_json(dict(turn.body), self._application.bot)
            # Telegram's own word, whoever it was that upgraded the group; both chats say it at once, so it takes its locks first.
            if (moved := _moved(update)) is not None:
                await turn.services.cards.migrate(*moved)
            attempt.admin = await enter(update, turn.services)
            if attempt.admin is not None:
                attempt.toast = await self._run(update, turn, attempt.admin)

    async def _run(self, update: Update, turn: Turn, admin: Admin) -> Toast | None:
        hand = Hand(turn.services, admin, place_of(update))
        with in_hand(hand):
            if _acts(update):  # before what is done itself, which people look for at the end of the chat
                await turn.services.rooms.ask_once(admin, hand.place)
            await self._application.process_update(update)
        if hand.error is not None:  # the library swallowed it; here it undoes the transaction
            raise hand.error
        return hand.toast

    async def _failed(self, chat: int, attempt: _Attempt, error: Exception) -> bool:
        code = secrets.token_hex(2).upper()
        place = place_of(attempt.update) if attempt.update else Place(chat)
        reader = attempt.admin.user_id if attempt.admin else chat
        over = await self._inbox.failed(attempt.turn, type(error).__name__, code, reader, place)
        _log.error("update failed", code=code, update=attempt.update_id, given_up=over, exc_info=error)
        attempt.toast = None
        return over

    def _answer(self, attempt: _Attempt) -> None:
        if attempt.update is None or attempt.update.callback_query is None:
            return
        task = asyncio.create_task(self._say(attempt.update.callback_query.id, attempt.toast))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _say(self, query: str, toast: Toast | None) -> None:
        """Answer a press, so that nothing spins; an answer that is lost carried no news."""
        text, alert = (toast.text, toast.alert) if toast else (None, None)
        try:
            await self._application.bot.answer_callback_query(query, text, alert)
        except TelegramError as error:
            _log.info("press not answered", why=type(error).__name__)


def _acts(update: Update) -> bool:
    """Say whether somebody has the bot do something, and does not merely talk where it hears all."""
    said = update.message and update.message.text
    if update.my_chat_member is not None:
        return update.my_chat_member.new_chat_member.status not in (ChatMember.LEFT, ChatMember.BANNED)
    return update.callback_query is not None or bool(said and said.startswith("/"))


def _moved(update: Update) -> tuple[int, int] | None:
    """Return a group's old and new id, where it tells that it has become a supergroup; both chats do."""
    message = update.message
    if message is not None and message.migrate_to_chat_id is not None:
        return message.chat.id, message.migrate_to_chat_id
    if message is not None and message.migrate_from_chat_id is not None:
        return message.migrate_from_chat_id, message.chat.id
    return None
