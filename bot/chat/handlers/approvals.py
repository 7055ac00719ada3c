"""Buttons of approvals: the second person's, and its author's. Every refusal to obey is said in a pop-up."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Final

from bot.chat.cards import toasts
from bot.chat.context import Context
from bot.chat.handlers.pressed import Pressed
from bot.services.approvals.decisions import named

_Deed = Callable[[Context, Pressed], Awaitable[str]]


def _told(deed: _Deed) -> Callable[[Context, Pressed], Awaitable[None]]:
    """Say in a pop-up why a press did nothing."""

    @wraps(deed)
    async def obey(context: Context, pressed: Pressed) -> None:
        word = await deed(context, pressed)
        if word in _TOLD:
            context.say(_TOLD[word](context.admin.language))

    return obey


def _by_author(deed: _Deed) -> Callable[[Context, Pressed], Awaitable[None]]:
    """Name its author to anybody else."""

    @wraps(deed)
    async def obey(context: Context, pressed: Pressed) -> None:
        word = await deed(context, pressed)
        if word == "own":
            author = await context.services.authors.author(pressed.card.subject)
            known = await context.services.people.load(author)
            context.say(toasts.approval_author(context.admin.language, known.name if known else str(author)))
        elif word in _TOLD:
            context.say(_TOLD[word](context.admin.language))

    return obey


@_told
async def approve(context: Context, pressed: Pressed) -> str:
    """Let it go on."""
    return await context.services.approvals.approve(pressed.subject, context.admin)


@_told
async def ask_reason(context: Context, pressed: Pressed) -> str:
    """Ask why not."""
    return await context.services.approvals.ask_reason(pressed.subject, context.admin, pressed.place)


@_told
async def refuse(context: Context, pressed: Pressed) -> str:
    """Let nothing of it leave, for one of the usual reasons."""
    reason = named(pressed.arg)
    if reason is None:
        return "twice"
    await context.services.approvals.answered(context.admin, pressed.subject, pressed.place)
    return await context.services.approvals.refuse(pressed.subject, context.admin, reason)


async def back(context: Context, pressed: Pressed) -> None:
    """Close a question unanswered."""
    await context.services.approvals.back(pressed.card.subject, context.admin, pressed.place)


async def _alone(context: Context, word: str) -> str:
    if word == "own":
        context.say(toasts.approval_not_alone(context.admin.language))
        return "done"
    return word


@_told
async def ask_alone(context: Context, pressed: Pressed) -> str:
    """Ask an owner without others whether he means it."""
    return await _alone(context, await context.services.approvals.ask_alone(pressed.card.subject, context.admin))


@_told
async def approve_alone(context: Context, pressed: Pressed) -> str:
    """Let an owner without others approve his own."""
    return await _alone(context, await context.services.approvals.approve_alone(pressed.card.subject, context.admin))


@_by_author
async def withdraw(context: Context, pressed: Pressed) -> str:
    """Take the request back."""
    return await context.services.authors.withdraw(pressed.card.subject, context.admin)


def unless_waiting(
    obey: Callable[[Context, Pressed], Awaitable[None]],
) -> Callable[[Context, Pressed], Awaitable[None]]:
    """Let a button that holds something back take back its request, where there still is one."""

    @wraps(obey)
    async def either(context: Context, pressed: Pressed) -> None:
        waits = await context.services.authors.waits(pressed.card.subject)
        await (withdraw if waits else obey)(context, pressed)

    return either


@_by_author
async def edit(context: Context, pressed: Pressed) -> str:
    """Take the request back to change anything."""
    return await context.services.authors.edit(pressed.card.subject, context.admin)


@_by_author
async def again(context: Context, pressed: Pressed) -> str:
    """Open it once more as a draft."""
    return await context.services.authors.again(pressed.card.subject, context.admin)


_TOLD: Final = {
    "changed": toasts.approval_changed,
    "late": toasts.approval_late,
    "own": toasts.approval_own,
    "outdated": toasts.outdated,
    "twice": toasts.done,
}
