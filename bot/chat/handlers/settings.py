"""/settings: how the person likes it who asks; in a group an owner asks for what the group has of its own."""

from telegram import Update

from bot.chat.context import Context
from bot.domain.access import Role


async def settings(update: Update, context: Context) -> None:
    """Show them, or what the group has of its own."""
    if context.place.chat < 0 and context.admin.role is Role.OWNER:
        await context.services.rooms.open(context.admin, context.place)
    else:
        await context.services.settings.open(context.admin, context.place)
