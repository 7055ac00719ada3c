"""The lane between Telegram's files and the drafts of MMS: fetches what people send, shows what was made of it."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from telegram import Bot, InputFile
from telegram.error import BadRequest, TelegramError

from bot.chat.answers import Answer, Meaning, answer
from bot.domain.mms_drafts import LARGEST_FILE
from bot.services.sending.pictures import Errand
from bot.services.unit import Unit

_STEPS: Final = ("fetch", "show")
_TRIES: Final = 8
_SECONDS: Final = 45.0
"""For a whole step, within its lease: the library's own time-outs are for each read."""


class PictureLane:
    """Each step at least once. A file's address carries the bot's token: never told.

    Who dies between a post and its commit does not know which message shows the picture, and Telegram cannot be asked: it is
    posted once more. A second picture without a button is harmless, a card to confirm without its picture is not.
    """

    name = "pictures"

    def __init__(self, unit: Unit, bot: Bot, slots: int = 2) -> None:
        self.slots = slots
        self._unit, self._bot = unit, bot

    async def claim(self, free: int) -> Sequence[Errand]:
        """Take what is to be fetched or shown."""
        async with self._unit() as services:
            return await services.pictures.claim(free, *_STEPS)

    async def do(self, item: Errand) -> bytes | int | Answer:
        """Return the file, or the message that shows the picture, or what Telegram said instead."""
        try:
            async with asyncio.timeout(_SECONDS):
                return await (self._fetch(item) if item.step == "fetch" else self._show(item))
        except (TelegramError, TimeoutError) as error:
            return answer(error)

    async def finish(self, item: Errand, result: bytes | int | Answer) -> None:
        """Go on, try later, or do without: a file that Telegram will not give is as good as broken."""
        async with self._unit() as services:
            match result:
                case bytes():
                    await services.pictures.fetched(item, result)
                case int():
                    await services.pictures.shown(item, result)
                case Answer(Meaning.WAIT, seconds=seconds):
                    await services.pictures.again(item, timedelta(seconds=seconds))
                case Answer(Meaning.UNSURE) if item.attempts < _TRIES:
                    await services.pictures.again(item)
                case _ if item.step == "fetch":
                    await services.pictures.refused(item, "broken")
                case _:
                    await services.pictures.shown(item, None)

    async def next_due(self) -> datetime | None:
        """Return when the next picture is to be fetched or shown."""
        async with self._unit.reading() as services:
            return await services.pictures.next_due(*_STEPS)

    def failed(self, item: Errand, error: Exception) -> Answer:  # noqa: ARG002 - the loop has logged it
        """An exception nobody foresaw: try again a few times."""
        return Answer(Meaning.UNSURE)

    async def _fetch(self, item: Errand) -> bytes | Answer:
        file = await self._bot.get_file(item.file)
        if (file.file_size or 0) > LARGEST_FILE:
            return Answer(Meaning.REFUSED)
        return bytes(await file.download_as_bytearray())

    async def _show(self, item: Errand) -> int:
        """Post the picture, outside a topic that is closed or gone: its card goes there too, and nobody confirms it unseen."""
        try:
            return await self._post(item, item.place.thread or None)
        except BadRequest as error:
            if answer(error).meaning is not Meaning.NOWHERE or not item.place.thread:
                raise
        return await self._post(item, None)

    async def _post(self, item: Errand, thread: int | None) -> int:
        chat, data = item.place.chat, InputFile(item.data, filename="mms.png")
        try:
            message = await self._bot.send_photo(chat, data, message_thread_id=thread, disable_notification=True)
        except BadRequest:  # Telegram shows no photo that is twenty times as wide as high, or the other way round
            message = await self._bot.send_document(chat, data, message_thread_id=thread, disable_notification=True)
        return message.message_id
