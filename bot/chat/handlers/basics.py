"""/start, /help, /language, /cancel, and commands that do not exist."""

from telegram import Update

from bot.chat.context import Context
from bot.chat.gate import token_of
from bot.domain.models import Draft, Subject


async def start(update: Update, context: Context) -> None:
    """Greet; whoever opens an invite without need of one is told so, and it stays good."""
    admin, token = context.admin, token_of(update)
    if token is not None and await context.services.invites.opens(token):
        await context.services.cards.notify("invite_kept", {"role": admin.role}, context.place, admin.user_id)
        return
    args = {"first": False, "role": admin.role, "zone": admin.zone}
    await context.services.cards.notify("start", args, context.place, admin.user_id)


async def help_(update: Update, context: Context) -> None:
    """List what this person may do."""
    await context.services.cards.notify("help", {"role": context.admin.role}, context.place, context.admin.user_id)


async def language(update: Update, context: Context) -> None:
    """Offer the languages."""
    await context.services.cards.notify("language", {}, context.place, context.admin.user_id)


async def unknown(update: Update, context: Context) -> None:
    """Point to the list of commands."""
    await context.services.cards.notify("unknown_command", {}, context.place, context.admin.user_id)


async def unexpected_file(update: Update, context: Context) -> None:
    """Answer a file that nobody expects."""
    await context.services.cards.notify("unexpected_file", {}, context.place, context.admin.user_id)


async def unexpected(update: Update, context: Context) -> None:
    """Answer a message of a kind that can be no answer to anything."""
    await context.services.cards.notify("unexpected", {}, context.place, context.admin.user_id)


async def cancel(update: Update, context: Context) -> None:
    """Go one step back: an open question, the draft that listens, an own send in its window, a preview that can wait."""
    services, admin, here = context.services, context.admin, context.place
    question = await services.questions.listening(here, admin.user_id)
    draft = await services.drafts.listening(here, admin.user_id)
    if question is not None:
        await services.asker(question.kind).drop(question)
    elif draft is not None and draft.fields.get("editing"):
        await services.drafts.set(draft, editing=None, adding=None)
    elif draft is not None:
        await _close(context, draft)
    elif (batch := await services.sends.undoable(here, admin.user_id)) is not None:
        await services.sms.undo(batch, admin.user_id)
    elif (multicast := await services.multicasts.undoable(here, admin.user_id)) is not None:
        await services.multicasts.undo(multicast, admin.user_id)
    elif (preview := await services.drafts.latest(here, admin.user_id)) is not None:
        await _close(context, preview)
    else:
        await services.cards.notify("nothing_to_cancel", {}, here, admin.user_id)


async def _close(context: Context, draft: Draft) -> None:
    await context.services.drafts.close(draft, context.admin.user_id)
    await context.services.cards.drop(Subject("draft", draft.id), context.place)
