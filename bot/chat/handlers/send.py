"""/send: from nothing, from a number, or from a whole line."""

from telegram import Message, Update

from bot.chat.context import Context
from bot.chat.words import rest_of


async def send(update: Update, context: Context) -> None:
    """Open a draft; bare, and with one that listens already, show that one again."""
    message = update.effective_message
    if not isinstance(message, Message):
        return
    services, admin, here = context.services, context.admin, context.place
    text = rest_of(message)
    draft = await services.drafts.listening(here, admin.user_id)
    if (
        not text
        and draft is not None
        and draft.kind == "sms"
        and (draft.fields.get("phones") or draft.fields.get("text"))
    ):
        await services.drafts.lift(draft)
    else:
        await services.sms.say(admin, here, text, typed=message.message_id)
