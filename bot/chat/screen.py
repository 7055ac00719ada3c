"""The four things a card needs of Telegram: send, edit, strip and delete. Each call once, each refusal as an Answer."""

import asyncio
from collections.abc import Awaitable
from typing import Final, TypeVar

from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.chat.answers import Answer, answer
from bot.chat.press import Press
from bot.chat.view import View
from bot.domain.models import Place
from bot.services.cards import Card

Result = TypeVar("Result")
Markup = ForceReply | InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove
_BARE: Final = LinkPreviewOptions(is_disabled=True)


class UnansweredError(Exception):
    """A call that did not give what it was made for; `answer` says what that means."""

    def __init__(self, given: Answer) -> None:
        super().__init__(given.meaning)
        self.answer = given


class Screen:
    """Messages of the bot, in HTML, without link previews, quoting nothing but pictures.

    Every method raises UnansweredError, and waits for at most so many seconds in all.
    """

    def __init__(self, bot: Bot, seconds: float) -> None:
        self._bot, self._seconds = bot, seconds

    async def send(self, card: Card, view: View, *, loud: bool) -> int:
        """Send the card as a new message; return its id."""
        call = self._bot.send_message(
            card.place.chat,
            view.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=_BARE,
            disable_notification=not loud,
            message_thread_id=card.place.thread or None,
            reply_parameters=_reply(view),
            reply_markup=_markup(card, view),
        )
        return (await self._once(call)).message_id

    async def edit(self, card: Card, message: int, view: View) -> None:
        """Write the card into a message."""
        await self._write(card.place, message, view.text, _inline(card, view))

    async def shrink(self, place: Place, message: int, text: str) -> None:
        """Leave a text of a message, and none of its buttons."""
        await self._write(place, message, text, None)

    async def strip(self, place: Place, message: int) -> None:
        """Take a message's buttons away."""
        # The library would add the parse mode of its defaults, which this method does not know.
        call = self._bot.edit_message_reply_markup(place.chat, message, api_kwargs={"parse_mode": None})
        await self._once(call)

    async def delete(self, place: Place, message: int) -> None:
        """Delete a message."""
        await self._once(self._bot.delete_message(place.chat, message))

    async def _write(self, place: Place, message: int, text: str, markup: InlineKeyboardMarkup | None) -> None:
        call = self._bot.edit_message_text(
            text, place.chat, message, parse_mode=ParseMode.HTML, link_preview_options=_BARE, reply_markup=markup
        )
        await self._once(call)

    async def _once(self, call: Awaitable[Result]) -> Result:
        # The library's own time-outs are for each read: a trickling answer would outlive the claim.
        try:
            async with asyncio.timeout(self._seconds):
                return await call
        except (TelegramError, TimeoutError) as error:
            raise UnansweredError(answer(error)) from error


def _reply(view: View) -> ReplyParameters | None:
    return None if view.reply_to is None else ReplyParameters(view.reply_to, allow_sending_without_reply=True)


def _markup(card: Card, view: View) -> Markup | None:
    if view.placeholder is not None:
        return ForceReply(selective=True, input_field_placeholder=view.placeholder)
    if view.contact is None:
        return _inline(card, view)
    if not view.contact:
        return ReplyKeyboardRemove()
    button = KeyboardButton(view.contact, request_contact=True)
    return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)


def _inline(card: Card, view: View) -> InlineKeyboardMarkup | None:
    if not view.rows:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(one.label, callback_data=Press(one.verb, card.id, card.version, one.arg).pack())
                for one in row
            ]
            for row in view.rows
        ]
    )
