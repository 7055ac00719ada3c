"""After a standstill several things may need a person at once: one call for each author, not one for each card."""

from collections.abc import Sequence

from bot.domain.models import Place, Subject
from bot.services.cards import Cards
from bot.storage import batches, notices
from bot.storage.engine import Tx

_SHOWN = 10


class Restart:
    """Calls the authors of what was found lost or too late."""

    def __init__(self, tx: Tx, cards: Cards) -> None:
        self._tx, self._cards = tx, cards

    async def call(self, unknown: Sequence[int], expired: Sequence[int]) -> None:
        """Lift the only card that needs its author, or send one notice that leads to all of them."""
        authors: dict[tuple[int, Place], tuple[list[int], list[int]]] = {}
        for found, which in ((unknown, 0), (expired, 1)):
            for batch in found:
                row = await batches.row(self._tx, batch)
                key = (row.author, Place(row.chat, row.thread))
                authors.setdefault(key, ([], []))[which].append(batch)
        for (author, place), (lost, late) in authors.items():
            if len(lost) + len(late) == 1:
                await self._cards.lift(Subject("batch", (lost + late)[0]), bump=True)
                continue
            named = [*dict.fromkeys((*lost, *late))]
            mms = "mms" in (await batches.kinds(self._tx, named)).values()
            args = {"unknown": len(lost), "expired": len(late), "batches": named, "mms": mms}
            await self._cards.notify("restart", args, place, author)

    async def show(self, notice: int, place: Place, reader: int) -> None:
        """Bring the cards below that a notice speaks of."""
        found = await notices.load(self._tx, notice)
        for batch in (found.args.get("batches") or ())[:_SHOWN] if found else ():
            await self._cards.post(Subject("batch", int(batch)), place, reader, move="silent")
