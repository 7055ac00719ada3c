"""/alerts and its buttons, and what is decided of a burst of rejections."""

from telegram import Message, Update

from bot.chat.cards import toasts
from bot.chat.context import Context
from bot.chat.handlers.pressed import Pressed
from bot.chat.words import rest_of
from bot.domain.access import Role


async def alerts(update: Update, context: Context) -> None:
    """Show what is told here, with the threshold that was typed behind the command."""
    message = update.effective_message
    if isinstance(message, Message):
        typed = rest_of(message) if _may(context) else ""
        await context.services.alerts.open(context.admin, context.place, typed)


async def go(context: Context, pressed: Pressed) -> None:
    """Go to a question, or back to the list."""
    if _lets(context):
        await context.services.alerts.go(pressed.subject, pressed.arg, context.admin, context.place)


async def choose(context: Context, pressed: Pressed) -> None:
    """Take a value that was offered."""
    if _lets(context):
        await context.services.alerts.set(pressed.subject, pressed.arg, context.admin, context.place)


async def remove(context: Context, pressed: Pressed) -> None:
    """Take a threshold away."""
    if _lets(context) and not await context.services.alerts.remove(
        pressed.subject, pressed.number, context.admin, context.place
    ):
        context.say(toasts.done(context.admin.language))


async def resume(context: Context, pressed: Pressed) -> None:
    """Let all go on that the burst has paused."""
    if not await context.services.bursts.resume(pressed.subject, context.admin.user_id):
        context.say(toasts.done(context.admin.language))


async def stop(context: Context, pressed: Pressed) -> None:
    """Stop all that the burst has paused."""
    if not await context.services.bursts.stop(pressed.subject, context.admin.user_id):
        context.say(toasts.done(context.admin.language))


async def refusals(context: Context, pressed: Pressed) -> None:
    """Show below what did not get through today."""
    today = {"status": "failed", "period": "today"}
    await context.services.cards.notify("history", today, pressed.place, context.admin.user_id)


def _may(context: Context) -> bool:
    """What a group is told is everybody's business: it takes somebody who may send."""
    return context.place.chat > 0 or context.admin.role.may(Role.OPERATOR)


def _lets(context: Context) -> bool:
    if not _may(context):
        context.say(toasts.not_allowed(context.admin.language, context.admin.role, Role.OPERATOR))
    return _may(context)
