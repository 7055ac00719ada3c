"""/status: of a number, of an id, of the card replied to, or of what was sent last."""

from telegram import Message, Update

from bot.chat.context import Context
from bot.chat.words import rest_of


async def status(update: Update, context: Context) -> None:
    """Show what is known, and ask the provider for what is not final."""
    message = update.effective_message
    if not isinstance(message, Message):
        return
    here, admin = context.place, context.admin
    query = rest_of(message).strip()
    replied = message.reply_to_message
    if query:
        await context.services.status.of(query, here, admin.user_id)
    elif replied is not None and (card := await context.services.cards.under(here.chat, replied.message_id)):
        await context.services.status.of_card(card, here, admin.user_id)
    else:
        await context.services.cards.notify("status_list", {"offset": 0}, here, admin.user_id)
