"""Buttons of a draft. Its author edits it; any operator may confirm, test or close it."""

from collections.abc import Awaitable, Callable
from functools import wraps

from bot.chat.cards import toasts
from bot.chat.context import Context
from bot.chat.handlers.pressed import Pressed
from bot.domain import mms_drafts
from bot.domain.access import Role
from bot.domain.drafts import Given, cheaper, repaired
from bot.domain.models import Draft
from bot.domain.states import DraftState

EDITABLE = ("phones", "text", "sender")
_Obey = Callable[[Context, Pressed], Awaitable[None]]
_Edit = Callable[[Context, Pressed, Draft], Awaitable[None]]


def open_draft(obey: _Edit) -> _Obey:
    """Hand over the draft under the card, if it is still open."""

    @wraps(obey)
    async def found(context: Context, pressed: Pressed) -> None:
        draft = await context.services.drafts.load(pressed.subject)
        if draft is None or draft.state is not DraftState.OPEN:
            context.say(toasts.gone(context.admin.language))
        else:
            await obey(context, pressed, draft)

    return found


def by_author(obey: _Edit) -> _Obey:
    """Hand over the draft to its author alone."""

    async def checked(context: Context, pressed: Pressed, draft: Draft) -> None:
        if draft.author == context.admin.user_id:
            await obey(context, pressed, draft)
        else:
            author = await context.services.people.load(draft.author)
            name = author.name if author else str(draft.author)
            context.say(toasts.not_the_author(context.admin.language, name))

    return open_draft(wraps(obey)(checked))


@open_draft
async def confirm(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Queue it, or ask about its warnings first."""
    await _confirm(context, draft, asked=False)


@open_draft
async def confirm_asked(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Queue it although its warnings stand."""
    await _confirm(context, draft, asked=bool(draft.fields.get("asking")))


async def _confirm(context: Context, draft: Draft, *, asked: bool) -> None:
    done = await context.services.drafts.confirm(draft, context.admin.user_id, asked=asked)
    if done == "twice":
        context.say(toasts.done(context.admin.language))
    elif done == "blocked":
        context.say(toasts.outdated(context.admin.language))


@open_draft
async def test(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Send it to the presser's own number, which is asked for once."""
    services, admin = context.services, context.admin
    step, _ = await services.drafts.stand(draft)
    if draft.kind not in ("sms", "multicast") or step != "preview":
        context.say(toasts.outdated(admin.language))
    elif admin.phone is None:
        await services.settings.ask_own_phone(draft.id, admin, fill=False)
        _point_home(context, pressed)
    elif await services.sms.test(draft, admin.phone, admin.user_id):
        context.say(toasts.testing(admin.language, admin.phone))
    else:
        context.say(toasts.done(admin.language))


@by_author
async def edit(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Ask for one field anew; all else stays."""
    if pressed.arg in (mms_drafts.EDITABLE if draft.kind == "mms" else EDITABLE):
        await context.services.drafts.set(draft, editing=pressed.arg, adding=None)


@by_author
async def add(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Let the next numbers join the list instead of replacing it."""
    await context.services.drafts.set(draft, editing="phones", adding=True)


@open_draft
async def back(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Go back to the draft: from a field, which is its author's, or from a warning, which is whose confirmation it was."""
    if draft.fields.get("editing"):
        await _leave_field(context, pressed)
    elif context.admin.role.may(Role.OPERATOR):
        await context.services.drafts.set(draft)
    else:
        context.say(toasts.not_allowed(context.admin.language, context.admin.role, Role.OPERATOR))


@by_author
async def _leave_field(context: Context, pressed: Pressed, draft: Draft) -> None:
    await context.services.drafts.set(draft, editing=None, adding=None)


@by_author
async def flash(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Turn flash on or off."""
    on = not draft.fields.get("flash")
    await context.services.drafts.set(draft, flash=on or None)
    context.say(toasts.flash(context.admin.language, on=on))


@by_author
async def fix(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Make every safe repair of the text."""
    await context.services.drafts.replace(draft, repaired(draft.fields))


@by_author
async def drop_bad(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Let the numbers go that cannot be sent to."""
    await context.services.drafts.set(draft, invalid=None)


@by_author
async def cheap(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Replace the signs that cost a part."""
    await context.services.drafts.replace(draft, cheaper(draft.fields))


@by_author
async def which(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Put the text that nobody asked for where its sender says."""
    candidate = str(draft.fields.get("candidate") or "")
    if pressed.arg == "text":
        await context.services.drafts.set(draft, candidate=None, text=candidate)
    else:
        asked = await context.services.drafts.set(draft, candidate=None)
        await context.services.drafts.give(asked, Given(text=candidate))


@by_author
async def to_self(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Take the own number as recipient, which is asked for once."""
    admin = context.admin
    if admin.phone is None:
        await context.services.settings.ask_own_phone(draft.id, admin, fill=True)
        _point_home(context, pressed)
    else:
        await context.services.drafts.set(draft, phones=[admin.phone])


@by_author
async def pick(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Take one of the senders used last."""
    senders = list(draft.fields.get("senders") or ())
    if pressed.number < len(senders):
        await context.services.drafts.set(draft, sender=senders[pressed.number], editing=None)


@by_author
async def start_over(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Close this one and begin anew."""
    await context.services.drafts.close(draft, context.admin.user_id)
    if draft.kind == "multicast":
        await context.services.multicast_drafts.compose(context.admin, pressed.place)
    elif draft.kind == "mms":
        await context.services.mms.say(context.admin, pressed.place, "")
    else:
        await context.services.sms.say(context.admin, pressed.place, "")


async def close(context: Context, pressed: Pressed) -> None:
    """End it; a copy can be reopened."""
    draft = await context.services.drafts.load(pressed.subject)
    if draft is not None:
        await context.services.drafts.close(draft, context.admin.user_id)


async def reopen(context: Context, pressed: Pressed) -> None:
    """Open a copy of a closed draft on the same card."""
    closed = await context.services.drafts.load(pressed.subject)
    if closed is not None and closed.state is not DraftState.OPEN:
        await context.services.drafts.reopen(closed, author=context.admin.user_id, place=pressed.place)


def _point_home(context: Context, pressed: Pressed) -> None:
    """In a group nobody sees that the question is in the private chat."""
    if pressed.place.chat < 0:
        context.say(toasts.own_phone(context.admin.language))
