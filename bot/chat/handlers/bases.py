"""/bases, and documents that look like a list of numbers."""

from typing import Final

from telegram import Message, Update
from telegram.ext import filters

from bot.chat.context import Context
from bot.chat.words import rest_of
from bot.domain.access import Role
from bot.services.bases.bases import base_of

_NAMES: Final = ("csv", "ods", "tsv", "txt", "vcard", "vcf", "xls", "xlsb", "xlsx")
_TYPES: Final = ("text/", "application/vnd.ms-excel", "application/vnd.oasis", "application/vnd.openxmlformats")


class _Lists(filters.MessageFilter):
    """What a list of numbers may come in, by name or by type; what it really is, its content says."""

    def filter(self, message: Message) -> bool:
        """Say whether a message brings such a document."""
        found = message.document
        if found is None:
            return False
        named = (found.file_name or "").lower().rpartition(".")[2] in _NAMES
        return named or (found.mime_type or "").startswith(_TYPES)


LISTS: Final = _Lists()


async def bases(update: Update, context: Context) -> None:
    """Show the bases, one of them, or whether a number is in one."""
    message = update.effective_message
    if isinstance(message, Message):
        await context.services.bases.open(context.admin, context.place, rest_of(message))


async def document(update: Update, context: Context) -> None:
    """Begin an import: into the base whose card waits for it, else into one to be chosen."""
    message = update.effective_message
    if not isinstance(message, Message) or message.document is None:
        return
    services, admin, here = context.services, context.admin, context.place
    if not admin.role.may(Role.OPERATOR):
        args = {"role": admin.role, "needed": Role.OPERATOR}
        await services.cards.notify("not_allowed", args, here, admin.user_id)
        return
    question = await services.questions.listening(here, admin.user_id)
    base = base_of(question)
    if question is not None and base is not None:
        await services.bases.drop(question)
    found = message.document
    await services.imports.begin(
        admin.user_id,
        here,
        found.file_name or "list",
        base=base,
        file_id=found.file_id,
        size=found.file_size or 0,
    )
