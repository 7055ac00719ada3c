"""Buttons of a group's settings: an owner's, whichever owner has opened them."""

from bot.chat.cards.settings import ZONES
from bot.chat.context import Context
from bot.chat.handlers.pressed import Pressed


async def language(context: Context, pressed: Pressed) -> None:
    """Let the group's cards speak a language."""
    await context.services.rooms.set(pressed.subject, pressed.place, context.admin.user_id, language=pressed.arg)


async def ask_zone(context: Context, pressed: Pressed) -> None:
    """Ask for the group's zone."""
    await context.services.rooms.ask(pressed.subject, context.admin, pressed.place)


async def zone(context: Context, pressed: Pressed) -> None:
    """Take one of the zones offered."""
    if pressed.number < len(ZONES):
        by = context.admin.user_id
        await context.services.rooms.set(pressed.subject, pressed.place, by, zone=ZONES[pressed.number])


async def back(context: Context, pressed: Pressed) -> None:
    """Take the question for the zone back."""
    await context.services.rooms.back(pressed.subject, pressed.place)
