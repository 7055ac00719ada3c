"""/stop_all and /resume_all: the panic switch."""

from telegram import Update

from bot.chat.cards import toasts
from bot.chat.context import Context
from bot.chat.handlers.pressed import Pressed


async def stop_all(update: Update, context: Context) -> None:
    """Let nothing leave any more, at once and without a question."""
    await context.services.halt.stop(context.admin, context.place)


async def resume_all(update: Update, context: Context) -> None:
    """Let everything go on."""
    if not await context.services.halt.resume(context.admin):
        await context.services.cards.notify("halt_off", {}, context.place, context.admin.user_id)


async def go_on(context: Context, pressed: Pressed) -> None:
    """Let everything go on, from the card of the stop."""
    if not await context.services.halt.resume(context.admin):
        context.say(toasts.done(context.admin.language))


async def show_list(context: Context, pressed: Pressed) -> None:
    """Show what waits, below."""
    await context.services.halt.show_list(context.admin, pressed.place)
