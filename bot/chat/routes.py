"""Every way in, in order, on one screen. Who may come in at all is the gate's business; what buttons do is in `presses`."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Final

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.chat.context import Context
from bot.chat.handlers import (
    admins,
    audit,
    balance,
    bases,
    basics,
    halt,
    history,
    mms,
    multicast,
    send,
    settings,
    status,
    typed,
)
from bot.chat.handlers.alerts import alerts
from bot.chat.presses import press
from bot.domain.access import Role

Handle = Callable[[Update, Context], Coroutine[Any, Any, None]]

COMMANDS: Final[tuple[tuple[str, Role, Handle], ...]] = (
    ("start", Role.VIEWER, basics.start),
    ("send", Role.OPERATOR, send.send),
    ("mms", Role.OPERATOR, mms.mms),
    ("multicast", Role.OPERATOR, multicast.multicast),
    ("multicasts", Role.VIEWER, multicast.multicasts),
    ("status", Role.VIEWER, status.status),
    ("bases", Role.VIEWER, bases.bases),
    ("history", Role.VIEWER, history.history),
    ("balance", Role.VIEWER, balance.balance),
    ("alerts", Role.VIEWER, alerts),
    ("audit", Role.OWNER, audit.audit),
    ("settings", Role.VIEWER, settings.settings),
    ("language", Role.VIEWER, basics.language),
    ("admins", Role.OWNER, admins.admins),
    ("stop_all", Role.OPERATOR, halt.stop_all),
    ("resume_all", Role.OWNER, halt.resume_all),
    ("cancel", Role.VIEWER, basics.cancel),
    ("help", Role.VIEWER, basics.help_),
)
_NEW: Final = filters.UpdateType.MESSAGE  # commands and answers are new messages; an edit only follows its draft
_PICTURE: Final = filters.PHOTO | filters.Document.MimeType("image/png") | filters.Document.MimeType("image/jpeg")
_FILE: Final = filters.PHOTO | filters.Document.ALL | filters.VIDEO | filters.AUDIO | filters.VOICE
_OTHER: Final = (
    filters.Sticker.ALL
    | filters.VIDEO_NOTE
    | filters.LOCATION
    | filters.POLL
    | filters.Dice.ALL
    | filters.GAME
    | filters.STORY
)


def install(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Lay the routes; the first that fits an update takes it."""
    for name, role, handle in COMMANDS:
        application.add_handler(CommandHandler(name, _for(role, handle), filters=_NEW))
    application.add_handler(CallbackQueryHandler(press))
    application.add_handler(MessageHandler(_NEW & filters.COMMAND & filters.ChatType.PRIVATE, basics.unknown))
    application.add_handler(MessageHandler(_NEW & filters.CONTACT, typed.contact))
    application.add_handler(MessageHandler(_NEW & bases.LISTS & filters.ChatType.PRIVATE, bases.document))
    application.add_handler(MessageHandler(_NEW & filters.TEXT & ~filters.COMMAND, typed.text))
    application.add_handler(MessageHandler(_NEW & _PICTURE, mms.photo))
    application.add_handler(MessageHandler(_NEW & _FILE & filters.ChatType.PRIVATE, basics.unexpected_file))
    application.add_handler(MessageHandler(_NEW & _OTHER & filters.ChatType.PRIVATE, basics.unexpected))
    application.add_handler(
        MessageHandler(filters.UpdateType.EDITED_MESSAGE & (filters.TEXT | filters.CAPTION), typed.edited)
    )


def _for(role: Role, handle: Handle) -> Handle:
    """Let a command through to those whose role reaches it; tell the others what it takes."""

    @wraps(handle)
    async def checked(update: Update, context: Context) -> None:
        if context.admin.role.may(role):
            await handle(update, context)
        else:
            args = {"role": context.admin.role, "needed": role}
            await context.services.cards.notify("not_allowed", args, context.place, context.admin.user_id)

    return checked
