"""The gate: who may come in at all, by person and never by chat."""

from typing import Final

from telegram import ChatMember, Update

from bot.domain.models import Admin
from bot.services.unit import Services

__all__ = ["KINDS", "enter"]

KINDS: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""The updates we ask Telegram for; any other is turned away."""
_GONE: Final = (ChatMember.LEFT, ChatMember.BANNED)


async def enter(update: Update, services: Services) -> Admin | None:
    """Return the enabled admin whose update this is; None turns it away, and owners hear of a new stranger."""
    user = update.effective_user
    if user is None or user.is_bot or not _known_kind(update) or _disguised(update):
        return None
    admin = await services.people.see(user.id, name=user.full_name, language_code=user.language_code)
    if admin is not None:
        if update.effective_chat is not None and not _leaving(update):
            await services.cards.acted(update.effective_chat.id)
    elif update.message or update.callback_query:
        code = user.language_code
        await services.people.meet(user.id, name=user.full_name, username=user.username, language_code=code)
    return admin


def _known_kind(update: Update) -> bool:
    return any(getattr(update, kind) is not None for kind in KINDS)


def _disguised(update: Update) -> bool:
    """Channels and anonymous group admins speak as a chat: nobody can tell who that is."""
    message = update.message or update.edited_message
    return message is not None and message.sender_chat is not None


def _leaving(update: Update) -> bool:
    """Whoever blocks the bot does something, but is out of reach from now on."""
    return update.my_chat_member is not None and update.my_chat_member.new_chat_member.status in _GONE
