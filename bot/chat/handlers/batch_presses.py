"""Buttons of what was confirmed: take back, stop, go on, ask again, decide on an unknown outcome."""

from bot.chat.cards import toasts
from bot.chat.context import Context
from bot.chat.handlers.draft_presses import EDITABLE
from bot.chat.handlers.pressed import Pressed
from bot.domain.models import Batch, Message


async def undo(context: Context, pressed: Pressed) -> None:
    """Take it back, whole or not at all."""
    if not await context.services.sms.undo(pressed.subject, context.admin.user_id):
        await _say_too_late(context, pressed)


async def stop(context: Context, pressed: Pressed) -> None:
    """Keep back what has not left yet."""
    if not await context.services.sends.stop(pressed.subject, context.admin.user_id):
        await _say_too_late(context, pressed)


async def resume(context: Context, pressed: Pressed) -> None:
    """Let a paused send go on."""
    if not await context.services.sends.resume(pressed.subject, context.admin.user_id):
        context.say(toasts.done(context.admin.language))


async def check(context: Context, pressed: Pressed) -> None:
    """Ask the provider now."""
    services = context.services
    if pressed.card.subject.kind == "request":
        await services.requests.ask_again(pressed.subject)
    elif (message := await services.status.under(pressed.card)) is not None:
        await services.status.check(message)


async def again(context: Context, pressed: Pressed) -> None:
    """Open a prefilled draft, never a send."""
    await _rewrite(context, pressed, None)


async def rewrite(context: Context, pressed: Pressed) -> None:
    """Open a prefilled draft at the field that was refused."""
    await _rewrite(context, pressed, pressed.arg if pressed.arg in EDITABLE else None)


async def _rewrite(context: Context, pressed: Pressed, editing: str | None) -> None:
    message, batch = await _sent(context, pressed)
    if batch is None:
        context.say(toasts.gone(context.admin.language))
        return
    if batch.kind == "tracked" and message is None:
        await context.services.tracked.again(batch, context.admin.user_id, pressed.place)
        return
    phones = [message.phone] if message else await context.services.sends.phones(batch.id)
    await _open(context, pressed, batch, phones, editing)


async def retry(context: Context, pressed: Pressed) -> None:
    """Open a draft with those who did not get it and may be tried again."""
    batch = await context.services.sends.load(pressed.subject)
    phones = await context.services.sends.retryable(pressed.subject)
    if batch is None or not phones:
        context.say(toasts.gone(context.admin.language))
        return
    await _open(context, pressed, batch, phones, None)


async def toggle_list(context: Context, pressed: Pressed) -> None:
    """Turn between summary and list."""
    await context.services.sends.toggle_list(pressed.subject)


async def went(context: Context, pressed: Pressed) -> None:
    """Ask for the id under which the provider's cabinet shows it."""
    message = await context.services.status.under(pressed.card)
    if message is not None:
        await context.services.sends.ask(message, "mark")
        author = context.admin.user_id
        await context.services.questions.open("mark", message.id, author=author, place=pressed.place)


async def went_without_id(context: Context, pressed: Pressed) -> None:
    """Take the presser's word alone."""
    services, admin = context.services, context.admin
    message = await services.status.under(pressed.card)
    question = await services.questions.listening(pressed.place, admin.user_id)
    if message is not None and question is not None and (question.kind, question.about) == ("mark", message.id):
        await services.questions.close(question, answered=True)
    if message is None or not await services.answers.mark_sent(message.id, None, admin):
        context.say(toasts.done(admin.language))


async def ask_resend(context: Context, pressed: Pressed) -> None:
    """Say what a second try may mean, and ask once more."""
    message = await context.services.status.under(pressed.card)
    if message is not None:
        await context.services.sends.ask(message, "resend")


async def resend(context: Context, pressed: Pressed) -> None:
    """Send it once more, as a new message."""
    message = await context.services.status.under(pressed.card)
    by, place = context.admin.user_id, pressed.place
    if message is None or await context.services.sends.resend(message, by=by, place=place) is None:
        context.say(toasts.done(context.admin.language))


async def show(context: Context, pressed: Pressed) -> None:
    """Reveal a masked number to the presser alone, or bring what a restart notice is about."""
    services, admin = context.services, context.admin
    if pressed.card.subject.kind == "notice":
        await services.restart.show(pressed.subject, pressed.place, admin.user_id)
    elif (message := await services.status.under(pressed.card)) is not None:
        await services.status.revealed(message, admin.user_id)
        context.say(toasts.number(admin.language, message.phone))


async def _say_too_late(context: Context, pressed: Pressed) -> None:
    batch = await context.services.sends.load(pressed.subject)
    context.say(toasts.too_late(context.admin.language, mms=batch is not None and batch.kind == "mms"))


async def _sent(context: Context, pressed: Pressed) -> tuple[Message | None, Batch | None]:
    message = await context.services.status.under(pressed.card)
    batch = await context.services.sends.load(message.batch if message else pressed.subject)
    return message, batch


async def _open(context: Context, pressed: Pressed, batch: Batch, phones: list[str], editing: str | None) -> None:
    if batch.kind == "mms":
        await context.services.mms.again(context.admin, pressed.place, batch, phones, editing)
        return
    fields = {
        "phones": phones,
        "text": batch.text,
        "sender": batch.sender,
        "flash": batch.flash or None,
        "editing": editing,
    }
    given = {name: value for name, value in fields.items() if value is not None}
    await context.services.sms.open(context.admin, pressed.place, given)
