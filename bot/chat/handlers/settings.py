"""/settings: language, zone, sender and own phone of the person who asks."""

from telegram import Update

from bot.chat.context import Context


async def settings(update: Update, context: Context) -> None:
    """Show them."""
    await context.services.settings.open(context.admin, context.place)
