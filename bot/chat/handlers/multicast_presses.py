"""Buttons of multicasts. A draft's author edits it; what is confirmed any operator may move, cancel or decide on."""

from collections.abc import Awaitable, Callable
from datetime import date
from functools import wraps
from zoneinfo import ZoneInfo

from bot.chat.cards import toasts
from bot.chat.context import Context
from bot.chat.handlers.draft_presses import by_author, open_draft
from bot.chat.handlers.pressed import Pressed
from bot.domain.models import Draft, Subject
from bot.domain.multicast_drafts import at_hour, in_an_hour, starting
from bot.domain.states import DraftState

_FIELDS = ("text", "sender", "bases")
_Edit = Callable[[Context, Pressed, Draft], Awaitable[None]]


def by_composer(obey: _Edit) -> Callable[[Context, Pressed], Awaitable[None]]:
    """Hand over a multicast's draft to its author; a draft of another kind knows no such step."""

    async def checked(context: Context, pressed: Pressed, draft: Draft) -> None:
        if draft.kind == "multicast":
            await obey(context, pressed, draft)
        else:
            context.say(toasts.outdated(context.admin.language))

    return by_author(wraps(obey)(checked))


@by_composer
async def tick(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Choose a base, or choose it no more: the button says which, so that quick taps on several are all obeyed."""
    base, _, mark = pressed.arg.partition("/")
    known = base.isdecimal() and mark in ("on", "off")
    if known and not await context.services.multicast_drafts.tick(draft, int(base), on=mark == "on"):
        context.say(toasts.outdated(context.admin.language))


@by_composer
async def turn(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Turn to another page of the bases."""
    await context.services.drafts.set(draft, page=pressed.number or None)


@by_composer
async def show_all(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Show every base again."""
    await context.services.drafts.set(draft, filter=None, page=None)


@by_composer
async def look_again(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Ask the provider for its bases once more."""
    await context.services.multicast_drafts.look_again(draft)


@by_composer
async def chosen(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Go on with the bases that are chosen."""
    await context.services.drafts.set(draft, choosing=None, filter=None, page=None, wanted=None)


@by_composer
async def bases(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Choose the bases anew."""
    await context.services.multicast_drafts.choose(draft)


@by_composer
async def time(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Ask for the start anew."""
    await context.services.drafts.set(draft, editing="when", day=None)


@by_composer
async def when(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Take one of the near times."""
    now = context.services.now
    fields = in_an_hour(draft.fields, now) if pressed.arg == "hour" else starting(draft.fields, None)
    await context.services.multicast_drafts.take(draft, fields)


@by_composer
async def day(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Take a day, and ask for its hour."""
    try:
        chosen_day = date.fromisoformat(pressed.arg)
    except ValueError:
        context.say(toasts.gone(context.admin.language))
    else:
        await context.services.drafts.set(draft, day=chosen_day.isoformat())


@by_composer
async def hour(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Take an hour of the day that was chosen."""
    if draft.fields.get("day") and pressed.number < 24:  # noqa: PLR2004 - hours of a day
        zone = ZoneInfo((await context.services.rooms.local(context.admin, pressed.place)).zone)
        await context.services.multicast_drafts.take(
            draft, at_hour(draft.fields, pressed.number, context.services.now, zone)
        )


@by_composer
async def after_night(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Let it start when the quiet hours are over."""
    await context.services.multicast_drafts.after_night(draft)


@open_draft
async def keep(context: Context, pressed: Pressed, draft: Draft) -> None:
    """Confirm it as it was before it was edited."""
    done = await context.services.multicast_drafts.keep(draft, context.admin.user_id)
    if done != "queued":
        context.say(toasts.not_as_it_was(context.admin.language))


@by_composer
async def _draft_back(context: Context, pressed: Pressed, draft: Draft) -> None:
    drafts, fields = context.services.drafts, draft.fields
    if fields.get("day"):
        await drafts.set(draft, day=None, editing="when" if fields.get("when") else None)
    elif fields.get("when"):
        await drafts.set(draft, editing=None)
    else:
        await drafts.set(draft, editing="text")


async def back(context: Context, pressed: Pressed) -> None:
    """Go one step up: from an hour to the day, from the time to the preview or the text; close a question."""
    if pressed.card.subject.kind == "draft":
        await _draft_back(context, pressed)
    else:
        await context.services.multicasts.ask(pressed.subject, None)


def _once(deed: Callable[[Context, Pressed], Awaitable[bool]]) -> Callable[[Context, Pressed], Awaitable[None]]:
    """Say so where somebody else was first."""

    async def obey(context: Context, pressed: Pressed) -> None:
        if not await deed(context, pressed):
            context.say(toasts.done(context.admin.language))

    return obey


@_once
async def ask_cancel(context: Context, pressed: Pressed) -> bool:
    """Ask whether it shall be cancelled."""
    return await context.services.multicasts.ask(pressed.subject, "cancel")


async def cancel(context: Context, pressed: Pressed) -> None:
    """Keep it from ever being handed over; an edit that its start has overtaken ends as well."""
    services, admin = context.services, context.admin
    if pressed.card.subject.kind == "draft":
        lapsed = await services.drafts.load(pressed.subject)
        done = lapsed is not None and await services.multicast_drafts.drop_edit(lapsed, admin.user_id)
    else:
        done = await services.multicasts.cancel(pressed.subject, admin.user_id)
    if not done:
        context.say(toasts.multicast_too_late(admin.language))


async def undo(context: Context, pressed: Pressed) -> None:
    """Take it back before it is handed over."""
    if not await context.services.multicasts.undo(pressed.subject, context.admin.user_id):
        context.say(toasts.multicast_too_late(context.admin.language))


async def move(context: Context, pressed: Pressed) -> None:
    """Give it another start: it is out of hold until that is confirmed."""
    await _rework(context, pressed, "when")


async def edit(context: Context, pressed: Pressed) -> None:
    """Take it out of hold to change anything."""
    await _rework(context, pressed, None)


async def pick(context: Context, pressed: Pressed) -> None:
    """Choose other bases: one of its own is gone."""
    await _rework(context, pressed, "bases")


async def _rework(context: Context, pressed: Pressed, focus: str | None) -> None:
    multicasts, by, place = context.services.multicasts, context.admin.user_id, pressed.place
    if pressed.card.subject.kind == "draft":
        await _resume(context, pressed, now=False)
    elif not await multicasts.edit(pressed.subject, by, focus=focus) and not await multicasts.again(
        pressed.subject, by, place, focus=focus
    ):
        context.say(toasts.multicast_too_late(context.admin.language))


async def start_now(context: Context, pressed: Pressed) -> None:
    """Open what was missed as a draft that starts at once, with fresh counts."""
    if pressed.card.subject.kind == "draft":
        await _resume(context, pressed, now=True)
    elif not await context.services.multicasts.again(pressed.subject, context.admin.user_id, pressed.place, now=True):
        context.say(toasts.done(context.admin.language))


async def _resume(context: Context, pressed: Pressed, *, now: bool) -> None:
    lapsed = await context.services.drafts.load(pressed.subject)
    if lapsed is not None and lapsed.state is DraftState.LAPSED:
        await context.services.multicast_drafts.resume_edit(lapsed, now=now)
    else:
        context.say(toasts.done(context.admin.language))


@_once
async def hand_over(context: Context, pressed: Pressed) -> bool:
    """Hand it over without waiting for the last minutes."""
    return await context.services.multicasts.hand_now(pressed.subject, context.admin.user_id)


@_once
async def accept_drift(context: Context, pressed: Pressed) -> bool:
    """Start for the number of recipients there is now."""
    return await context.services.multicasts.accept_drift(pressed.subject, context.admin.user_id)


@_once
async def there(context: Context, pressed: Pressed) -> bool:
    """Take the presser's word that the provider's cabinet shows it."""
    admin = context.admin
    return await context.services.multicasts.there(pressed.subject, by=admin.user_id, name=admin.name)


@_once
async def absent(context: Context, pressed: Pressed) -> bool:
    """Say what a second one may mean, and ask once more."""
    return await context.services.multicasts.doubt(pressed.subject, pressed.place)


@_once
async def again(context: Context, pressed: Pressed) -> bool:
    """Open a prefilled draft, never a send."""
    focus = pressed.arg if pressed.arg in _FIELDS else None
    multicasts, by = context.services.multicasts, context.admin.user_id
    return await multicasts.again(pressed.subject, by, pressed.place, focus=focus)


async def show(context: Context, pressed: Pressed) -> None:
    """Bring the card of one multicast below."""
    found = await context.services.multicasts.load(pressed.number)
    if found is None:
        context.say(toasts.gone(context.admin.language))
        return
    await context.services.cards.post(Subject("multicast", found.id), pressed.place, context.admin.user_id)


async def turn_list(context: Context, pressed: Pressed) -> None:
    """Turn to another page of the list, or to those past."""
    kind, _, offset = pressed.arg.partition("/")
    number = int(offset) if offset.isdecimal() else 0
    await context.services.answers.turn(pressed.subject, "multicast_list", past=kind == "past", offset=number)


async def calendar(context: Context, pressed: Pressed) -> None:
    """Send what is held or with the provider as a calendar."""
    await context.services.calendar.post(pressed.place, context.admin.user_id, pressed.card.id)
