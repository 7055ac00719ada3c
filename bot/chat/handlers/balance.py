"""/balance: what can still be spent."""

from telegram import Update

from bot.chat.context import Context


async def balance(update: Update, context: Context) -> None:
    """Ask; the card fills when the answer comes."""
    await context.services.requests.ask("balance", {}, context.place, context.admin.user_id)
