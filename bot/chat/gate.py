"""The gate: who may come in at all, by person and never by chat."""

import re
from typing import Final

from telegram import ChatMember, Update, User

from bot.domain.models import Admin
from bot.services.unit import Services

__all__ = ["KINDS", "enter", "token_of"]

KINDS: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""The updates we ask Telegram for; any other is turned away."""
_INVITED: Final = re.compile(r"/start(?:@\w+)? ([A-Za-z0-9_-]{16,64})", re.ASCII)
_GONE: Final = (ChatMember.LEFT, ChatMember.BANNED)


async def enter(update: Update, services: Services) -> Admin | None:
    """Return the enabled admin whose update this is; None turns it away, and owners hear of a new stranger.

    A stranger who brings a good invite is let in and greeted: that is all there is to do for him now.
    """
    user = update.effective_user
    if user is None or user.is_bot or not _known_kind(update) or _disguised(update):
        return None
    await _membership(update, user, services)
    admin = await services.people.see(user.id, name=user.full_name, language_code=user.language_code)
    if admin is not None:
        if update.effective_chat is not None and not _leaving(update):
            await services.cards.acted(update.effective_chat.id)
    elif await _invited(update, user, services):
        await services.cards.acted(user.id)
    elif _wants_in(update):
        code = user.language_code
        await services.people.meet(user.id, name=user.full_name, username=user.username, language_code=code)
    return admin


def token_of(update: Update) -> str | None:
    """Return what the deep link carried that began this private chat."""
    message = update.message
    said = _INVITED.fullmatch(message.text or "") if message is not None and message.chat.id > 0 else None
    return said[1] if said else None


async def _invited(update: Update, user: User, services: Services) -> bool:
    token = token_of(update)
    return token is not None and await services.invites.use(
        token, user.id, name=user.full_name, username=user.username, language_code=user.language_code
    )


async def _membership(update: Update, user: User, services: Services) -> None:
    """Tell the owners that the bot was taken into a group, or out of one, whoever did it."""
    change = update.my_chat_member
    if change is None or change.chat.id > 0:
        return
    was_in, is_in = (one.status not in _GONE for one in (change.old_chat_member, change.new_chat_member))
    if was_in != is_in:
        await services.rooms.moved(change.chat.id, change.chat.title or "", user.full_name, inside=is_in)


def _known_kind(update: Update) -> bool:
    return any(getattr(update, kind) is not None for kind in KINDS)


def _disguised(update: Update) -> bool:
    """Channels and anonymous group admins speak as a chat: nobody can tell who that is."""
    message = update.message or update.edited_message
    return message is not None and message.sender_chat is not None


def _wants_in(update: Update) -> bool:
    """Say whether a stranger wants something of the bot, and does not merely talk in a group where it hears all."""
    message = update.message
    command = message is not None and (message.chat.id > 0 or (message.text or "").startswith("/"))
    return command or update.callback_query is not None


def _leaving(update: Update) -> bool:
    """Whoever blocks the bot does something, but is out of reach from now on."""
    return update.my_chat_member is not None and update.my_chat_member.new_chat_member.status in _GONE
