"""/settings: language, zone, sender and own phone of the person who asks."""

from telegram import Update

from bot.chat.context import Context
from bot.chat.places import place


async def settings(update: Update, context: Context) -> None:
    """Show them."""
    await context.services.answers.settings(context.admin, place(update))
