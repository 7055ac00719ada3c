"""Buttons of everything that is neither a draft nor a send: start, lists, balance, settings, strangers."""

from bot.chat.cards import toasts
from bot.chat.cards.settings import ZONES
from bot.chat.context import Context
from bot.chat.handlers import draft_presses as draft
from bot.chat.handlers.pressed import Pressed
from bot.chat.texts import LANGUAGES
from bot.domain.access import Role
from bot.domain.models import Subject


async def back(context: Context, pressed: Pressed) -> None:
    """Go one step up on the same card, with nothing lost."""
    services, admin = context.services, context.admin
    question = await services.questions.listening(pressed.place, admin.user_id)
    asked = None if question is None else (question.kind == "mark", question.about)
    match pressed.card.subject.kind:
        case "draft":
            await draft.back(context, pressed)
        case "notice" if question is not None and asked == (False, pressed.subject):
            await services.asker(question.kind).drop(question)
        case "notice":
            if not await _is_anothers(context, pressed):
                await services.settings.back(pressed.subject, admin)
                await services.answers.step_back(pressed.subject)
        case _ if not admin.role.may(Role.OPERATOR):
            context.say(toasts.not_allowed(admin.language, admin.role, Role.OPERATOR))
        case _:
            message = await services.status.under(pressed.card)
            if message is None:
                return
            if question is not None and asked == (True, message.id):
                await services.questions.close(question, answered=False)
            await services.sends.ask(message, None)


async def new(context: Context, pressed: Pressed) -> None:
    """Begin an SMS, or an MMS."""
    services = context.services
    begin = services.mms.say if pressed.arg == "mms" else services.sms.say
    await begin(context.admin, pressed.place, "")


async def to_draft(context: Context, pressed: Pressed) -> None:
    """Bring the draft that listens below."""
    waiting = await context.services.drafts.listening(pressed.place, context.admin.user_id)
    if waiting is None:
        context.say(toasts.gone(context.admin.language))
        return
    await context.services.cards.drop(Subject("draft", waiting.id), waiting.place)


async def balance(context: Context, pressed: Pressed) -> None:
    """Ask for the balance."""
    await context.services.requests.ask("balance", {}, pressed.place, context.admin.user_id)


async def multicasts(context: Context, pressed: Pressed) -> None:
    """List the multicasts below."""
    args = {"past": False, "offset": 0}
    await context.services.cards.notify("multicast_list", args, pressed.place, context.admin.user_id)


async def refresh(context: Context, pressed: Pressed) -> None:
    """Ask for the balance anew, on the same card."""
    await context.services.requests.ask_again(pressed.subject)


async def chart(context: Context, pressed: Pressed) -> None:
    """Send a picture of the balance over some days."""
    await context.services.charts.ask(pressed.card, pressed.number, context.admin.user_id)


async def alerts(context: Context, pressed: Pressed) -> None:
    """Show what is told here."""
    await context.services.alerts.open(context.admin, pressed.place)


async def help_(context: Context, pressed: Pressed) -> None:
    """List what this person may do."""
    admin = context.admin
    await context.services.cards.notify("help", {"role": admin.role}, pressed.place, admin.user_id)


async def language(context: Context, pressed: Pressed) -> None:
    """Switch the language; this card and all that follow speak it."""
    if pressed.arg in LANGUAGES and not await _is_anothers(context, pressed):
        await context.services.settings.set_language(pressed.subject, context.admin, pressed.arg)


async def ask_setting(context: Context, pressed: Pressed) -> None:
    """Ask for one setting."""
    if await _is_anothers(context, pressed):
        return
    await context.services.settings.ask(pressed.subject, pressed.arg, context.admin, pressed.place)


async def zone(context: Context, pressed: Pressed) -> None:
    """Take one of the zones offered."""
    if pressed.number < len(ZONES) and not await _is_anothers(context, pressed):
        name = ZONES[pressed.number]
        await context.services.settings.choose(pressed.subject, "zone", name, context.admin, pressed.place)


async def choose_setting(context: Context, pressed: Pressed) -> None:
    """Take a value that a button offers, or leave it as it is for everybody."""
    name, _, value = pressed.arg.partition("-")
    if not await _is_anothers(context, pressed):
        await context.services.settings.choose(pressed.subject, name, value, context.admin, pressed.place)


async def defaults(context: Context, pressed: Pressed) -> None:
    """Show what holds for everybody."""
    if not await _is_anothers(context, pressed):
        await context.services.settings.open_defaults(pressed.subject, context.admin)


async def open_message(context: Context, pressed: Pressed) -> None:
    """Bring the card of one message below."""
    message = await context.services.sends.message(pressed.number)
    if message is None:
        context.say(toasts.gone(context.admin.language))
        return
    await context.services.status.show(message, pressed.place, context.admin.user_id)


async def more(context: Context, pressed: Pressed) -> None:
    """Turn the page."""
    await context.services.answers.turn(pressed.subject, "status_list", offset=pressed.number)


async def admit(context: Context, pressed: Pressed) -> None:
    """Ask which role a stranger gets."""
    await context.services.strangers.ask_role(pressed.subject)


async def give_role(context: Context, pressed: Pressed) -> None:
    """Let a stranger in."""
    if pressed.arg in tuple(Role):
        await _decide(context, pressed, Role(pressed.arg))


async def ignore(context: Context, pressed: Pressed) -> None:
    """Leave a stranger outside."""
    await _decide(context, pressed, None)


async def _decide(context: Context, pressed: Pressed, role: Role | None) -> None:
    if not await context.services.strangers.decide(pressed.subject, role, context.admin):
        context.say(toasts.done(context.admin.language))


async def _is_anothers(context: Context, pressed: Pressed) -> bool:
    """Return whether the card shows somebody else's settings, and say so."""
    if pressed.card.reader == context.admin.user_id:
        return False
    owner = await context.services.people.load(pressed.card.reader)
    context.say(toasts.not_your_settings(context.admin.language, owner.name if owner else str(pressed.card.reader)))
    return True
