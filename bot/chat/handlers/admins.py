"""/admins and its buttons; owners alone get here."""

from telegram import Update

from bot.chat.cards import toasts
from bot.chat.context import Context
from bot.chat.handlers.pressed import Pressed
from bot.domain.access import Role
from bot.services.people.changes import Decided


async def admins(update: Update, context: Context) -> None:
    """Show who has access."""
    await context.services.admins.open(context.admin, context.place)


async def go(context: Context, pressed: Pressed) -> None:
    """Go to another step of the card."""
    await context.services.admins.go(pressed.subject, pressed.arg, context.admin)


async def open_person(context: Context, pressed: Pressed) -> None:
    """Open a person of the list."""
    await context.services.admins.go(pressed.subject, "person", context.admin, user=pressed.number)


async def turn(context: Context, pressed: Pressed) -> None:
    """Turn to a page of the list."""
    await context.services.admins.go(pressed.subject, "list", context.admin, page=pressed.number)


async def give_role(context: Context, pressed: Pressed) -> None:
    """Give the person a role."""
    if pressed.arg in tuple(Role):
        _say(context, await context.services.admins.give_role(pressed.subject, Role(pressed.arg), context.admin))


async def disable(context: Context, pressed: Pressed) -> None:
    """Shut the person out."""
    _say(context, await context.services.admins.shut_out(pressed.subject, context.admin, remove=False))


async def remove(context: Context, pressed: Pressed) -> None:
    """Shut the person out, and off the list."""
    _say(context, await context.services.admins.shut_out(pressed.subject, context.admin, remove=True))


async def enable(context: Context, pressed: Pressed) -> None:
    """Let the person come in again."""
    _say(context, await context.services.admins.enable(pressed.subject, context.admin))


async def limit(context: Context, pressed: Pressed) -> None:
    """Take one of the limits offered, or lift the limit."""
    name, _, most = pressed.arg.partition("/")
    value = int(most) if most.isdecimal() and int(most) else None
    if value is not None or most == "none":
        _say(context, await context.services.admins.limit(pressed.subject, name, value, context.admin))


async def invite(context: Context, pressed: Pressed) -> None:
    """Make an invite for a role."""
    if pressed.arg in tuple(Role):
        made = await context.services.admins.invite(
            pressed.subject, Role(pressed.arg), context.admin, context.bot.username
        )
        if made is None:
            _say(context, Decided.REFUSED)


async def revoke(context: Context, pressed: Pressed) -> None:
    """End an invite, from its own card or from the list."""
    if pressed.card.subject.kind == "admins":
        done = await context.services.admins.revoke(pressed.subject, pressed.number, context.admin)
    else:
        done = await context.services.invites.revoke(pressed.subject, context.admin.user_id)
    if not done:
        context.say(toasts.done(context.admin.language))


def _say(context: Context, decided: Decided) -> None:
    language, role = context.admin.language, context.admin.role
    match decided:
        case Decided.SAME:
            context.say(toasts.done(language))
        case Decided.LAST:
            context.say(toasts.last_owner(language))
        case Decided.REFUSED:
            context.say(toasts.not_allowed(language, role, Role.OWNER))
        case Decided.GONE:
            context.say(toasts.gone(language))
