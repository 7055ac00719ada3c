"""The one place where a press is checked: by person, card, chat, version and freshness. What buttons there are: `verbs`."""

from telegram import Update

from bot.chat.cards import toasts
from bot.chat.context import Context
from bot.chat.handlers.pressed import Pressed
from bot.chat.press import Press
from bot.chat.verbs import VERBS, Verb
from bot.domain.limits import OverLimitError
from bot.domain.models import Card


async def press(update: Update, context: Context) -> None:
    """Check a press by person, card, chat, version and freshness; then obey it. Forged data gets an empty answer."""
    query = update.callback_query
    read = Press.unpack(query.data if query else None)
    verb = VERBS.get(read.verb) if read else None
    if query is None or read is None or verb is None or query.message is None:
        return
    language, cards = context.admin.language, context.services.cards
    card = await cards.load(read.card)
    if card is None or card.place.chat != query.message.chat.id:
        context.say(toasts.gone(language))
        return
    if query.message.message_id != card.message_id:
        await cards.adopt(card.id, query.message.message_id)
    if not context.admin.role.may(verb.role):
        context.say(toasts.not_allowed(language, context.admin.role, verb.role))
    elif card.subject.kind not in verb.on or (read.version != card.version and not verb.always):
        again = await cards.repeated(card.id, read.verb, read.arg, version=read.version)
        await cards.refresh(card.id)
        # A second tap on what turned the card is no news; on Send, which only asked, it must not pass for an answer.
        if again != "turn" or verb.spends:
            context.say(toasts.done(language) if again == "deed" else toasts.outdated(language))
    elif verb.spends and (card.fresh_until is None or card.fresh_until < context.services.now):
        await cards.refresh(card.id)
        context.say(toasts.stale(language))
    elif verb.leaves and await context.services.halt.holds():
        await cards.refresh(card.id)
        context.say(toasts.halted(language, draft=card.subject.kind == "draft"))
    else:
        await _obey(context, verb, read, card)


async def _obey(context: Context, verb: Verb, read: Press, card: Card) -> None:
    """Obey a press, and remember one that had an effect; should it come again, it is told so and not called too late."""
    cards, by = context.services.cards, context.admin.user_id
    again = await cards.repeated(card.id, read.verb, read.arg, version=read.version) if verb.always else None
    try:
        async with cards.pressing(card, read.verb, read.arg, version=read.version, by=by):
            await verb.obey(context, Pressed(card, context.place, read.arg))
    except OverLimitError as over:
        context.say(toasts.over_limit(context.admin.language, over.refusal))
    if again == "deed" and context.hand.toast is not None:
        context.say(toasts.done(context.admin.language))
