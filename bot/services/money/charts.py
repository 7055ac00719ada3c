"""Charts of the balance: asked for by a button, drawn when they are sent."""

from datetime import timedelta
from typing import Final

from bot.domain.bases import BaseFile
from bot.domain.chart import PERIODS, USUAL, enough
from bot.domain.models import Card
from bot.domain.money import Snapshot
from bot.services.cards import Cards
from bot.services.documents import Documents
from bot.storage import documents, requests, watch
from bot.storage.engine import Tx

__all__ = ["MIME", "Charts"]

MIME: Final = "text/x-balance"
"""A document that is a chart; the file that is kept holds its days alone."""
_KEPT: Final = timedelta(hours=1)


class Charts:
    """Use cases of the balance's history."""

    def __init__(self, tx: Tx, cards: Cards, files: Documents) -> None:
        self._tx, self._cards, self._files = tx, cards, files

    async def ask(self, card: Card, days: int, by: int) -> None:
        """Send a chart of so many days below the balance's card, which then offers the other periods; or say why there is none."""
        days = days if days in PERIODS else USUAL
        name = f"balance-{days}.png"
        if await documents.waiting(self._tx, card.id, name):
            return
        first = await requests.last_balance(self._tx, after=self._tx.now - timedelta(days=days))
        last = await requests.last_balance(self._tx)
        if not enough(first, last):
            known = {"balance": str(last.balance), "at": last.at.isoformat()} if last else {}
            await self._cards.notify("chart_empty", {"days": days, **known}, card.place, by)
            return
        file = await self._files.keep(BaseFile(name, MIME, str(days).encode()), _KEPT)
        await self._files.send(file, card, by, kind="photo")
        asked = await requests.load(self._tx, card.subject.id)
        if asked is not None and "charted" not in asked.args:
            await requests.change(self._tx, asked.id, args={**asked.args, "charted": True})
            await self._cards.touch(card.subject, pressed=True)

    async def story(self, file: BaseFile) -> tuple[int, list[Snapshot]]:
        """Return how many days a chart shows, and the balances in them, the oldest first."""
        days = int(file.data)
        found: list[Snapshot] = []
        async for some in watch.story(self._tx, self._tx.now - timedelta(days=days)):
            found += some
        return days, found
