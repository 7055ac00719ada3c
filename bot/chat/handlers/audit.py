"""/audit: who did what; its buttons turn pages, narrow it down, open what was done something to, and make a table."""

from telegram import Update

from bot.chat.cards import toasts
from bot.chat.context import Context
from bot.chat.handlers.pressed import Pressed


async def audit(update: Update, context: Context) -> None:
    """Show what people did last."""
    await context.services.audit.open(context.admin, context.place)


async def turn(context: Context, pressed: Pressed) -> None:
    """Turn to what is older or newer."""
    await context.services.audit.turn(pressed.subject, pressed.arg)


async def ask(context: Context, pressed: Pressed) -> None:
    """Offer the values of a filter."""
    await context.services.audit.ask(pressed.subject, pressed.arg)


async def choose(context: Context, pressed: Pressed) -> None:
    """Take a value of a filter."""
    await context.services.audit.choose(pressed.subject, pressed.arg)


async def back(context: Context, pressed: Pressed) -> None:
    """Go back to the list with the filters as they were."""
    await context.services.audit.back(pressed.subject)


async def clear(context: Context, pressed: Pressed) -> None:
    """Look at everything that people did."""
    await context.services.audit.clear(pressed.subject)


async def show(context: Context, pressed: Pressed) -> None:
    """Bring the card of what a deed was done to below."""
    if not await context.services.audit.show(pressed.arg.partition("/")[0], context.admin, pressed.place):
        context.say(toasts.gone(context.admin.language))


async def export(context: Context, pressed: Pressed) -> None:
    """Send what the filters let through as a table."""
    if not await context.services.audit.export(pressed.subject, pressed.card, context.admin):
        context.say(toasts.gone(context.admin.language))
