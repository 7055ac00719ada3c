"""The lane that sends documents and pictures: silent replies to a card, each at least once."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import structlog
from telegram import Bot, InputFile, ReplyParameters
from telegram.error import TelegramError

from bot.chat import audited, bad_rows, codes, failed
from bot.chat.answers import Answer, Meaning, answer
from bot.chat.charts.pictures import picture
from bot.chat.texts import texts
from bot.domain.bases import BaseFile
from bot.services.documents import Document
from bot.services.money.charts import MIME as CHART
from bot.services.people.invites import MIME
from bot.services.unit import Unit

_TRIES: Final = 8
_LONGEST: Final = timedelta(minutes=5)
_NOT_YET: Final = timedelta(seconds=1)
_TABLES: Final[Mapping[str, Callable[[BaseFile, str], BaseFile]]] = {
    "text/x-audit": audited.table,
    "text/x-bad-rows": bad_rows.table,
    "text/x-failed": failed.table,
    MIME: codes.picture,
}
_log = structlog.get_logger("documents")


class DocumentsLane:
    """Sends what waits; a lost answer may mean that it comes twice, a refusal that it never comes."""

    name = "documents"

    def __init__(self, unit: Unit, bot: Bot, slots: int = 2) -> None:
        self.slots = slots
        self._unit, self._bot = unit, bot

    async def claim(self, free: int) -> Sequence[Document]:
        """Take what is to be sent."""
        async with self._unit() as services:
            return await services.documents.claim(free)

    async def do(self, item: Document) -> int | Answer | None:
        """Send it; return its message, or what Telegram said; None where nobody is to see it any more."""
        async with self._unit.reading() as services:
            if item.place.chat > 0 and await services.people.shut_out(item.place.chat):
                return None
            file = await services.documents.load(item.blob)
            if file is not None and file.mime == MIME:
                link = await services.invites.link_of(int(file.data))
                if link is None:
                    return None
                file = replace(file, data=link.encode())
            reader = await services.views.reader_in(item.place, item.reader)
            replied = await services.documents.message_of(item.card) if item.card is not None else None
            chart = await services.charts.story(file) if file is not None and file.mime == CHART else None
        if file is None:
            return Answer(Meaning.REFUSED, text="the file is kept no more")
        shown: tuple[BaseFile | None, str | None]
        if chart is not None:
            shown = await picture(file, *chart, reader)
        else:
            shown = await asyncio.to_thread(_dressed, file, reader.language), _caption(item, reader.language)
        try:
            return await self._send(item, *shown, replied)
        except TelegramError as error:
            return answer(error)

    async def finish(self, item: Document, result: int | Answer | None) -> None:
        """Store the message; after a refusal try later, or never."""
        async with self._unit() as services:
            match result:
                case None:
                    await services.documents.give_up(item)
                case int():
                    await services.documents.sent(item, result)
                case Answer(Meaning.WAIT, seconds=seconds):
                    await services.documents.again(item, timedelta(seconds=seconds))
                case Answer(Meaning.NOWHERE) if item.place.thread:
                    await services.documents.to_general(item)
                case Answer(Meaning.REFUSED, text=text):
                    _log.error("document refused", document=item.id, answer=text)
                    await services.documents.give_up(item)
                case _ if item.attempts + 1 >= _TRIES:
                    await services.documents.give_up(item)
                case _:
                    await services.documents.again(item, min(_NOT_YET * 2 ** (item.attempts + 1), _LONGEST))

    async def next_due(self) -> datetime | None:
        """Return when the next document is to be sent."""
        async with self._unit.reading() as services:
            return await services.documents.next_due()

    def failed(self, item: Document, error: Exception) -> Answer:  # noqa: ARG002 - the loop has logged it
        """An exception nobody foresaw: try again a few times."""
        return Answer(Meaning.UNSURE)

    async def _send(self, item: Document, file: BaseFile | None, caption: str | None, replied: int | None) -> int:
        """Send a file with its caption; without a file, what is to be said in its place."""
        chat, thread = item.place.chat, item.place.thread or None
        reply = _reply(replied) if replied is not None else None
        if file is None:
            message = await self._bot.send_message(
                chat, caption or "", message_thread_id=thread, reply_parameters=reply, disable_notification=True
            )
            return message.message_id
        data = InputFile(file.data, filename=file.name)
        if item.kind == "photo":
            message = await self._bot.send_photo(
                chat, data, caption, message_thread_id=thread, reply_parameters=reply, disable_notification=True
            )
        else:
            message = await self._bot.send_document(
                chat, data, caption, message_thread_id=thread, reply_parameters=reply, disable_notification=True
            )
        return message.message_id


def _caption(item: Document, language: str) -> str | None:
    return texts(language)(f"caption-{item.caption['key']}", **item.caption["args"]) if item.caption else None


def _dressed(file: BaseFile, language: str) -> BaseFile:
    """Put words to what the worker wing keeps without any."""
    table = _TABLES.get(file.mime)
    return table(file, language) if table else file


def _reply(message: int) -> ReplyParameters:
    # The card may be gone by now; and what quotes nothing needs no way to read the quote.
    return ReplyParameters(message, allow_sending_without_reply=True, quote_parse_mode=None)
