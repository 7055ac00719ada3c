"""What people type without a command: answers, recipients, texts, contacts, edits."""

import re
from typing import Final
from zoneinfo import ZoneInfo

from telegram import Contact, Message, Update

from bot.chat.asking import meant
from bot.chat.context import Context
from bot.chat.words import rest_of
from bot.domain.access import Role
from bot.domain.drafts import Given
from bot.domain.models import Draft, Place
from bot.services.questions import Question

MMS_COMMAND: Final = re.compile(r"/mms(@\w+)?(\s|$)", re.IGNORECASE)
_MULTICAST: Final = re.compile(r"/multicast(@\w+)?(\s|$)", re.IGNORECASE)
_SEND: Final = re.compile(r"/send(@\w+)?(\s|$)", re.IGNORECASE)


async def text(update: Update, context: Context) -> None:
    """Give a text to whatever waits for it; with nothing waiting, ask in private what it is meant to be."""
    message = update.effective_message
    if not isinstance(message, Message) or message.text is None or not await meant(message, context):
        return
    services, admin, here = context.services, context.admin, context.place
    question = await services.questions.listening(here, admin.user_id)
    if question is not None and not await services.answers.awaits(question):
        question = await services.questions.listening(here, admin.user_id)
    if question is not None and question.kind != "phone":
        await services.asker(question.kind).give(question, message.text, admin)
        await services.prompts.again(here, admin.user_id)
        return
    if not admin.role.may(Role.OPERATOR):
        await _refuse(context, here)
        return
    draft = await _draft(context, message, here, question)
    if draft is not None:
        clock = (await services.rooms.local(admin, here)).zone
        given = Given(text=message.text, now=services.now, zone=ZoneInfo(clock))
        await services.drafts.give(draft, given, typed=message.message_id)
    elif here.chat > 0:
        await services.sms.offer(admin, here, message.text, typed=message.message_id)


async def contact(update: Update, context: Context) -> None:
    """Take a contact as the number that was asked for, else as a recipient; in groups only where somebody is asked for one."""
    message = update.effective_message
    if not isinstance(message, Message) or message.contact is None or not await meant(message, context):
        return
    services, admin, here = context.services, context.admin, context.place
    shared = message.contact
    question = await services.questions.listening(here, admin.user_id)
    if question is not None and question.kind == "phone":
        await services.settings.contact(question, shared.phone_number, admin, own=shared.user_id == admin.user_id)
        return
    if question is not None and question.kind == "number":
        await services.asker(question.kind).give(question, shared.phone_number, admin)
        await services.prompts.again(here, admin.user_id)
        return
    if not admin.role.may(Role.OPERATOR):
        await _refuse(context, here)
        return
    given = Given(contacts=_numbers(shared), now=message.date)
    await services.sms.receive(admin, here, given, await _answered(context, message, here))


async def edited(update: Update, context: Context) -> None:
    """Follow an edit with the open draft whose text came from that message, and with nothing else."""
    message = update.edited_message
    said = (message.text or message.caption) if message else None
    if message is None or said is None:
        return
    draft = await context.services.drafts.typed_as(message.chat.id, message.message_id)
    if draft is None or draft.author != context.admin.user_id:
        return
    if draft.kind == "mms" and MMS_COMMAND.match(said):
        await context.services.mms.follow(draft, rest_of(message))
    elif draft.kind == "multicast" and _MULTICAST.match(said):
        await context.services.multicast_drafts.follow(draft, context.admin, rest_of(message))
    elif _SEND.match(said):
        await context.services.sms.follow(draft, rest_of(message))
    elif not said.startswith("/"):
        await context.services.drafts.follow(draft, said)


async def _refuse(context: Context, here: Place) -> None:
    """Tell a viewer, in private, what writing to people takes."""
    if here.chat > 0:
        args = {"role": context.admin.role, "needed": Role.OPERATOR}
        await context.services.cards.notify("not_allowed", args, here, context.admin.user_id)


async def _draft(context: Context, message: Message, here: Place, question: Question | None) -> Draft | None:
    """Return the draft a text is for: the one replied to, the one that listens, the one behind an open own-number question."""
    services, admin = context.services, context.admin
    answered = await _answered(context, message, here)
    if answered is not None:
        return answered
    if question is None:
        return await services.drafts.listening(here, admin.user_id)
    await services.settings.leave(question)
    behind = await services.drafts.load(int(question.draft.fields.get("draft") or 0))
    return behind if behind is not None and behind.state == "open" and behind.awaiting else None


async def _answered(context: Context, message: Message, here: Place) -> Draft | None:
    """Return the open draft whose card its author replies to."""
    services, replied = context.services, message.reply_to_message
    card = await services.cards.under(here.chat, replied.message_id) if replied is not None else None
    if card is None or card.subject.kind != "draft":
        return None
    draft = await services.drafts.load(card.subject.id)
    return draft if draft and draft.state == "open" and draft.author == context.admin.user_id else None


def _numbers(shared: Contact) -> tuple[str, ...]:
    """Return every number of a contact; its card may hold more than the one Telegram shows."""
    return (shared.phone_number, *((shared.vcard,) if shared.vcard else ()))
