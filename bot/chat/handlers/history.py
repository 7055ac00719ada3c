"""/history: all that was sent, newest first; its buttons turn pages, narrow it down and open what is listed."""

from telegram import Message, Update

from bot.chat.cards import toasts
from bot.chat.context import Context
from bot.chat.handlers.pressed import Pressed
from bot.chat.words import rest_of


async def history(update: Update, context: Context) -> None:
    """Show the newest, or those that a phone, a period or a name behind the command narrows it down to."""
    message = update.effective_message
    if isinstance(message, Message):
        await context.services.history.open(context.admin, context.place, rest_of(message))


async def turn(context: Context, pressed: Pressed) -> None:
    """Turn to what is older or newer."""
    reader = await context.services.rooms.local(context.admin, pressed.place)
    await context.services.history.turn(pressed.subject, pressed.arg, reader)


async def ask(context: Context, pressed: Pressed) -> None:
    """Offer the values of a filter."""
    await context.services.history.ask(pressed.subject, pressed.arg, context.admin, pressed.place)


async def choose(context: Context, pressed: Pressed) -> None:
    """Take a value of a filter."""
    await context.services.history.choose(pressed.subject, pressed.arg, context.admin, pressed.place)


async def back(context: Context, pressed: Pressed) -> None:
    """Go back to the list with the filters as they were."""
    await context.services.history.back(pressed.subject, context.admin, pressed.place)


async def clear(context: Context, pressed: Pressed) -> None:
    """Look for everything."""
    await context.services.history.clear(pressed.subject, context.admin, pressed.place)


async def show(context: Context, pressed: Pressed) -> None:
    """Bring the card of an entry below."""
    if not await context.services.history.show(pressed.arg, pressed.place, context.admin.user_id):
        context.say(toasts.gone(context.admin.language))
