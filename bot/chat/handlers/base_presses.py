"""Buttons of the bases: pages, one base, questions about it, and what is done with its phones."""

from bot.chat.cards import toasts
from bot.chat.context import Context
from bot.chat.handlers.pressed import Pressed


async def open_base(context: Context, pressed: Pressed) -> None:
    """Open a base of the list."""
    await context.services.bases.pick(pressed.subject, pressed.number, context.admin, pressed.place)


async def turn(context: Context, pressed: Pressed) -> None:
    """Turn to a page of the list."""
    await context.services.bases.turn(pressed.subject, pressed.number)


async def to_list(context: Context, pressed: Pressed) -> None:
    """Go back to all bases."""
    await context.services.bases.to_list(pressed.subject, context.admin, pressed.place)


async def to_base(context: Context, pressed: Pressed) -> None:
    """Go back to the base, with nothing done."""
    await context.services.bases.to_base(pressed.subject, context.admin, pressed.place)


async def check(context: Context, pressed: Pressed) -> None:
    """Ask which number to look for."""
    await context.services.bases.ask(pressed.subject, "check", context.admin, pressed.place)


async def ask(context: Context, pressed: Pressed) -> None:
    """Ask what to add, remove or import, or in which form to download."""
    if pressed.arg == "file":
        await context.services.bases.offer_forms(pressed.subject)
    else:
        await context.services.bases.ask(pressed.subject, pressed.arg, context.admin, pressed.place)


async def add(context: Context, pressed: Pressed) -> None:
    """Add the number that was looked for."""
    await context.services.bases.do(pressed.subject, "add", pressed.arg, context.admin.user_id)


async def remove(context: Context, pressed: Pressed) -> None:
    """Remove the number that was named."""
    await context.services.bases.do(pressed.subject, "remove", pressed.arg, context.admin.user_id)


async def phones(context: Context, pressed: Pressed) -> None:
    """Show a page of the numbers."""
    await context.services.bases.phones(pressed.subject, pressed.number, context.admin.user_id)


async def download(context: Context, pressed: Pressed) -> None:
    """Send the numbers as a document."""
    await context.services.bases.download(pressed.subject, pressed.arg, context.admin.user_id)
    if pressed.place.chat < 0:
        context.say(toasts.in_private(context.admin.language))


async def multicast(context: Context, pressed: Pressed) -> None:
    """Begin a multicast to the base."""
    base = await context.services.bases.shown(pressed.subject)
    if base is None:
        context.say(toasts.gone(context.admin.language))
    else:
        await context.services.multicast_drafts.compose(context.admin, pressed.place, base.name)


async def reload(context: Context, pressed: Pressed) -> None:
    """Ask for the list anew."""
    await context.services.bases.reload(pressed.subject)


async def close(context: Context, pressed: Pressed) -> None:
    """Take the card away."""
    await context.services.bases.close(pressed.subject, context.admin, pressed.place)
