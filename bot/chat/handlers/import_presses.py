"""Buttons of an import: its base and column, confirm, pause, stop, and the documents of what is wrong."""

from bot.chat.cards import toasts
from bot.chat.context import Context
from bot.chat.handlers.pressed import Pressed
from bot.domain.drafts import Given


async def pick(context: Context, pressed: Pressed) -> None:
    """Choose the base."""
    await context.services.imports.pick(pressed.subject, pressed.number)


async def as_recipients(context: Context, pressed: Pressed) -> None:
    """Write to the numbers instead: they join the draft that asks for whom it is, or begin one."""
    services, admin = context.services, context.admin
    phones = await services.imports.as_recipients(pressed.subject, admin.user_id)
    if not phones:
        context.say(toasts.done(admin.language))
        return
    await services.sms.receive(admin, pressed.place, Given(contacts=tuple(phones)))


async def turn(context: Context, pressed: Pressed) -> None:
    """Turn to a page of the bases."""
    await context.services.into.turn(pressed.subject, pressed.number)


async def ask_column(context: Context, pressed: Pressed) -> None:
    """Ask which column has the numbers."""
    await context.services.imports.ask(pressed.subject, columns=True)


async def back(context: Context, pressed: Pressed) -> None:
    """Go back to the verdict, or to all bases."""
    await context.services.imports.ask(pressed.subject)


async def column(context: Context, pressed: Pressed) -> None:
    """Read another column."""
    _unless_done(
        context, done=await context.services.imports.read_column(pressed.subject, pressed.number, context.admin.user_id)
    )


async def start(context: Context, pressed: Pressed) -> None:
    """Begin to add."""
    _unless_done(context, done=await context.services.imports.start(pressed.subject, context.admin.user_id))


async def pause(context: Context, pressed: Pressed) -> None:
    """Stop for a while."""
    _unless_done(context, done=await context.services.imports.pause(pressed.subject, context.admin.user_id))


async def resume(context: Context, pressed: Pressed) -> None:
    """Go on."""
    _unless_done(context, done=await context.services.imports.resume(pressed.subject, context.admin.user_id))


async def stop(context: Context, pressed: Pressed) -> None:
    """Add no more."""
    _unless_done(context, done=await context.services.imports.stop(pressed.subject, context.admin.user_id))


async def close(context: Context, pressed: Pressed) -> None:
    """Drop it."""
    _unless_done(context, done=await context.services.imports.close(pressed.subject, context.admin.user_id))


async def bad_rows(context: Context, pressed: Pressed) -> None:
    """Send the rows without a number."""
    sent = await context.services.imports.send_bad_rows(pressed.subject, pressed.card, context.admin.user_id)
    _unless_gone(context, there=sent)


async def refused(context: Context, pressed: Pressed) -> None:
    """Send the numbers that the provider did not take."""
    sent = await context.services.imports.send_rejects(pressed.subject, pressed.card, context.admin.user_id)
    _unless_gone(context, there=sent)


async def open_base(context: Context, pressed: Pressed) -> None:
    """Show the base below."""
    found = await context.services.imports.load(pressed.subject)
    if found is None or found.base is None:
        context.say(toasts.gone(context.admin.language))
    else:
        await context.services.bases.open_base(found.base, context.admin, pressed.place)


def _unless_done(context: Context, *, done: bool) -> None:
    """Say that somebody was first."""
    if not done:
        context.say(toasts.done(context.admin.language))


def _unless_gone(context: Context, *, there: bool) -> None:
    if not there:
        context.say(toasts.gone(context.admin.language))
    elif context.place.chat < 0:
        context.say(toasts.in_private(context.admin.language))
