"""The lane that fetches documents from Telegram for whoever reads them: they go into the database, not to a disk."""

from collections.abc import Sequence
from datetime import datetime

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.domain.bases import BaseFile, Import
from bot.services.unit import Unit


class DownloadLane:
    """Fetches one document at a time; its address carries the bot's token, and is told to nobody."""

    name = "downloads"

    def __init__(self, unit: Unit, bot: Bot, slots: int = 2) -> None:
        self.slots = slots
        self._unit, self._bot = unit, bot

    async def claim(self, free: int) -> Sequence[Import]:
        """Take imports that lack their document."""
        async with self._unit() as services:
            return await services.adding.claim_downloads(free)

    async def do(self, item: Import) -> BaseFile | TelegramError:
        """Fetch the document."""
        try:
            file = await self._bot.get_file(item.file_id or "")
            data = bytes(await file.download_as_bytearray())
        except TelegramError as error:
            return error
        return BaseFile(item.name, "application/octet-stream", data)

    async def finish(self, item: Import, result: BaseFile | Exception) -> None:
        """Keep it, try again later, or give up."""
        async with self._unit() as services:
            if isinstance(result, BaseFile):
                await services.adding.downloaded(item, result)
            else:
                await services.adding.not_downloaded(item, final=isinstance(result, BadRequest))

    async def next_due(self) -> datetime | None:
        """Return when the next document is to be fetched."""
        async with self._unit.reading() as services:
            return await services.adding.next_due("download")

    def failed(self, item: Import, error: Exception) -> Exception:  # noqa: ARG002 - tried again a few times
        """Try again a few times."""
        return error
