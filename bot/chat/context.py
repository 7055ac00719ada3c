"""What a handler has in hand: the use cases of its update's transaction, and the admin who acts."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

from telegram import Message, Update
from telegram.ext import Application, ApplicationHandlerStop, CallbackContext, ExtBot

from bot.chat.cards.toasts import Toast
from bot.domain.models import Admin, Place
from bot.services.unit import Services

__all__ = ["App", "Context", "Hand", "in_hand", "place_of", "record_errors"]

Data = dict[Any, Any]


@dataclass(slots=True)
class Hand:
    """One update while it is handled: what its handlers use, and what they leave behind."""

    services: Services
    admin: Admin
    place: Place
    toast: Toast | None = None
    error: Exception | None = None


_hand: Final[ContextVar[Hand]] = ContextVar("hand")


class Context(CallbackContext[ExtBot[None], Data, Data, Data]):
    """The context of every handler; it is only good while its update is handled."""

    @property
    def hand(self) -> Hand:
        """All of it."""
        return _hand.get()

    @property
    def services(self) -> Services:
        """The use cases, bound to the transaction that ends with this update."""
        return _hand.get().services

    @property
    def admin(self) -> Admin:
        """Who acts: enabled, as he was when the update was taken."""
        return _hand.get().admin

    @property
    def place(self) -> Place:
        """Where it happened."""
        return _hand.get().place

    def say(self, toast: Toast) -> None:
        """Choose the one answer to the press in hand; it is given once everything is stored."""
        _hand.get().toast = toast


App = Application[Any, Context, Data, Data, Data, Any]


@contextmanager
def in_hand(hand: Hand) -> Iterator[None]:
    """Let the handlers that run inside see this hand."""
    token = _hand.set(hand)
    try:
        yield
    finally:
        _hand.reset(token)


def record_errors(application: App) -> None:
    """Keep what a handler raised, which the library would log and forget, for whoever holds the transaction."""
    application.add_error_handler(_keep)


async def _keep(_update: object, context: Context) -> None:
    context.hand.error = context.error
    raise ApplicationHandlerStop


def place_of(update: Update) -> Place:
    """Return the chat and topic of an update; chat 0 is none."""
    chat, message = update.effective_chat, update.effective_message
    in_topic = isinstance(message, Message) and message.is_topic_message
    return Place(chat.id if chat else 0, (message.message_thread_id or 0) if message and in_topic else 0)
