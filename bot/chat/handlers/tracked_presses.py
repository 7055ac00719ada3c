"""Buttons of tracked sends: gather, go back to a plain multicast, pause, try again those who failed, list them."""

from bot.chat.cards import toasts
from bot.chat.context import Context
from bot.chat.handlers.multicast_presses import by_composer
from bot.chat.handlers.pressed import Pressed
from bot.domain.models import Draft


@by_composer
async def choose(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Send it one by one."""
    await context.services.tracked.choose(draft)


@by_composer
async def leave(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Let the provider send it after all."""
    await context.services.tracked.leave(draft)


async def pause(context: Context, pressed: Pressed) -> None:
    """Hold back what has not left yet."""
    if not await context.services.tracked.pause(pressed.subject, context.admin.user_id):
        context.say(toasts.done(context.admin.language))


async def retry(context: Context, pressed: Pressed) -> None:
    """Open a tracked draft with those who did not get it and may be tried again."""
    if not await context.services.tracked.retry(pressed.subject, context.admin.user_id, pressed.place):
        context.say(toasts.gone(context.admin.language))


async def report(context: Context, pressed: Pressed) -> None:
    """Send a document of all who did not get it."""
    if not await context.services.tracked.report(pressed.subject, pressed.card, context.admin.user_id):
        context.say(toasts.gone(context.admin.language))
    elif pressed.place.chat < 0:
        context.say(toasts.in_private(context.admin.language))
