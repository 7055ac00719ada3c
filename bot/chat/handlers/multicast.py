"""/multicast and /multicasts: to phone bases, at once or at a time; and all there are."""

from telegram import Message, Update

from bot.chat.context import Context
from bot.chat.words import rest_of


async def multicast(update: Update, context: Context) -> None:
    """Open a draft with what stands behind the command; bare, and with one that is begun already, show that one again."""
    message = update.effective_message
    if not isinstance(message, Message):
        return
    services, admin, here = context.services, context.admin, context.place
    rest = rest_of(message)
    draft = await services.drafts.listening(here, admin.user_id)
    if not rest and draft is not None and draft.kind == "multicast" and draft.fields.get("bases"):
        await services.drafts.lift(draft)
    else:
        await services.multicast_drafts.compose(admin, here, rest, typed=message.message_id)


async def multicasts(update: Update, context: Context) -> None:
    """List what is held, with the provider, or past."""
    args = {"past": False, "offset": 0}
    await context.services.cards.notify("multicast_list", args, context.place, context.admin.user_id)
