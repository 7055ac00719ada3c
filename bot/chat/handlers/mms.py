"""/mms and photos: from nothing, from a number, from a picture."""

from typing import Any

from telegram import Message, Update

from bot.chat.asking import meant
from bot.chat.context import Context
from bot.chat.handlers.draft_presses import by_author
from bot.chat.handlers.pressed import Pressed
from bot.chat.handlers.typed import MMS_COMMAND
from bot.chat.words import rest_of
from bot.domain.access import Role
from bot.domain.mms_drafts import OPTIONAL, begun, omitted
from bot.domain.models import Draft


async def mms(update: Update, context: Context) -> None:
    """Open a draft; bare, and with one that listens already, show that one again."""
    message = update.effective_message
    if not isinstance(message, Message):
        return
    services, admin, here = context.services, context.admin, context.place
    text = rest_of(message)
    draft = await services.drafts.listening(here, admin.user_id)
    if not text and draft is not None and draft.kind == "mms" and draft.fields:
        await services.drafts.lift(draft)
    else:
        await services.mms.say(admin, here, text, typed=message.message_id)


async def photo(update: Update, context: Context) -> None:
    """Take a picture, one of an album: into the draft that waits for one, else into a new one; in groups only if asked for."""
    message = update.effective_message
    if not isinstance(message, Message):
        return
    services, admin, here = context.services, context.admin, context.place
    command = MMS_COMMAND.match(message.caption or "") is not None
    given = _given(message, command=command)
    album = message.media_group_id
    if album is not None and await services.mms.leave_out(admin, here, album, given):
        return
    asked = command or await services.mms.listening(here, admin.user_id) is not None
    if here.chat < 0 and not (asked and (command or await meant(message, context))):
        return
    if not admin.role.may(Role.OPERATOR):
        args = {"role": admin.role, "needed": Role.OPERATOR}
        await services.cards.notify("not_allowed", args, here, admin.user_id)
        return
    file, size = _file(message)
    await services.mms.receive(admin, here, file, given, size=size, typed=message.message_id, album=album)


@by_author
async def omit(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Do without subject, text or picture."""
    if pressed.arg in OPTIONAL:
        await context.services.drafts.replace(draft, omitted(draft.fields, pressed.arg))


def _given(message: Message, *, command: bool) -> dict[str, Any]:
    """Return the fields that a caption fills."""
    if command:
        return begun(rest_of(message))
    return {"text": message.caption} if message.caption else {}


def _file(message: Message) -> tuple[str, int]:
    """Return Telegram's file and its bytes as far as they are told: a photo in its largest size, or a document."""
    sent = message.photo[-1] if message.photo else message.document
    return (sent.file_id, sent.file_size or 0) if sent else ("", 0)
