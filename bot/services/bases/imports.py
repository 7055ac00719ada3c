"""Imports: lists of phones that are read, shown with a verdict, confirmed, and added to a base chunk by chunk."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from bot.domain.bases import BaseFile, Import
from bot.domain.models import Card, Place, Subject
from bot.domain.states import ImportState
from bot.services.cards import Cards
from bot.services.documents import Documents
from bot.services.questions import Questions
from bot.storage import bases, blobs, imports, requests
from bot.storage.engine import Tx
from bot.storage.moves import move
from bot.storage.tables import imports as table

LARGEST: Final = 20 * 1024 * 1024
"""Bytes of a document that Telegram hands out to a bot."""
INTO: Final = "into"
"""The question which base it goes into."""
KEPT: Final = timedelta(days=3)
"""How long the list of bad rows can be had."""


class Imports:
    """What people do with imports."""

    def __init__(self, tx: Tx, cards: Cards, documents: Documents, questions: Questions) -> None:
        self._tx, self._cards, self._documents, self._questions = tx, cards, documents, questions

    async def begin(
        self,
        author: int,
        place: Place,
        name: str,
        *,
        base: int | None = None,
        file_id: str | None = None,
        pasted: str | None = None,
        size: int = 0,
    ) -> int:
        """Begin with a document of so many bytes, or with a pasted text; return the import's id."""
        small = size <= LARGEST
        values = {"base": base, "file_id": file_id, "pasted": pasted, "next_at": self._tx.now if small else None}
        import_ = await imports.add(self._tx, author, place, name, **values)
        self._tx.wakes.update(("downloads", "reading"))
        if not small:
            await self._end(import_, ImportState.CHECKING, ImportState.CANCELLED, "refuse", "bot", refused="too_large")
        elif base is None:
            await self.ask_for_list(import_)
            await self._questions.open(INTO, import_, author=author, place=place)
        await self._cards.post(Subject("import", import_), place, author)
        return import_

    async def load(self, import_: int) -> Import | None:
        """Return an import."""
        return await imports.load(self._tx, import_)

    async def pick(self, import_: int, base: int) -> None:
        """Choose the base."""
        found = await imports.load(self._tx, import_)
        known = await bases.load(self._tx, base)
        if found is not None and known is not None and found.state in (ImportState.CHECKING, ImportState.READY):
            await self._questions.end(INTO, import_)
            await self._change(import_, base=base, asking=None)

    async def ask(self, import_: int, **asking: Any) -> None:
        """Ask something on the card: another page of the bases, another column; nothing asks no more."""
        await self._change(import_, asking=asking or None)

    async def read_column(self, import_: int, column: int, by: int) -> bool:
        """Read the document once more, by another column."""
        values = {"column": column, "verdict": None, "asking": None, "next_at": self._tx.now, "attempts": 0}
        self._tx.wakes.add("reading")
        return await self._move(import_, ImportState.READY, ImportState.CHECKING, "column", by, **values)

    async def start(self, import_: int, by: int) -> bool:
        """Begin to add what fits."""
        found = await imports.load(self._tx, import_)
        if found is None or found.base is None or not found.total:
            return False
        values = {"confirmed_by": by, "began_at": self._tx.now, "next_at": self._tx.now, "attempts": 0, "pasted": None}
        if not await self._move(import_, ImportState.READY, ImportState.RUNNING, "confirm", by, **values):
            return False
        if found.blob is not None:
            await blobs.remove(self._tx, found.blob)
        self._tx.wakes.add("imports")
        return True

    async def pause(self, import_: int, by: int) -> bool:
        """Stop for a while; what is on its way is still counted."""
        values = {"waiting_since": self._tx.now, "next_at": None}
        return await self._move(import_, ImportState.RUNNING, ImportState.PAUSED, "pause", by, **values)

    async def resume(self, import_: int, by: int) -> bool:
        """Go on."""
        found = await imports.load(self._tx, import_)
        if found is None:
            return False
        values = {**moved_on(found, self._tx), "refused": None, "next_at": self._tx.now, "attempts": 0}
        self._tx.wakes.add("imports")
        return await self._move(import_, ImportState.PAUSED, ImportState.RUNNING, "resume", by, **values)

    async def stop(self, import_: int, by: int) -> bool:
        """Add no more; what was added stays."""
        for state in (ImportState.RUNNING, ImportState.PAUSED):
            if await self._move(import_, state, ImportState.STOPPED, "stop", by, next_at=None):
                await self.ask_for_list(import_)
                return True
        return False

    async def close(self, import_: int, by: int) -> bool:
        """Drop it before anything was added."""
        found = await imports.load(self._tx, import_)
        actor = f"admin:{by}"
        for state in (ImportState.READY, ImportState.CHECKING):
            if found is not None and await self._end(import_, state, ImportState.CANCELLED, "close", actor):
                return True
        return False

    async def as_recipients(self, import_: int, by: int) -> list[str]:
        """Return the numbers of contacts to write to, and let go of the import; none where they are no recipients."""
        found = await imports.load(self._tx, import_)
        if found is None or not found.recipients:
            return []
        phones = await imports.phones(self._tx, import_)
        return phones if await self.close(import_, by) else []

    async def send_bad_rows(self, import_: int, card: Card, by: int) -> bool:
        """Send the bad rows as a document; False where they are kept no more."""
        found = await imports.load(self._tx, import_)
        if found is None or found.bad_rows is None:
            return False
        verdict: Mapping[str, Any] = found.verdict or {}
        total, left = verdict.get("invalid", 0), verdict.get("left", 0)
        cut = {"key": "bad-rows-cut", "args": {"n": total - left, "total": total}}
        await self._documents.send(found.bad_rows, card, by, caption=cut if left else {"key": "bad-rows", "args": {}})
        return True

    async def send_rejects(self, import_: int, card: Card, by: int) -> bool:
        """Send the phones that the provider did not take as a document; False where it took all."""
        rejected = await imports.rejects(self._tx, import_)
        if not rejected:
            return False
        file = BaseFile("refused.txt", "text/plain", "".join(f"{phone}\n" for phone in rejected).encode())
        blob = await self._documents.keep(file, KEPT)
        await self._documents.send(blob, card, by, caption={"key": "refused", "args": {}})
        return True

    async def _end(
        self, import_: int, source: ImportState, target: ImportState, verb: str, actor: str, **values: Any
    ) -> bool:
        """Drop an import with all that was read."""
        found = await imports.load(self._tx, import_)
        values |= {"next_at": None, "pasted": None}
        where = table.c.id == import_
        if not await move(self._tx, "import", source, target, where, actor=actor, verb=verb, values=values):
            return False
        await imports.clear(self._tx, import_)
        await self._questions.end(INTO, import_)
        if found is not None and found.blob is not None:
            await blobs.remove(self._tx, found.blob)
        await self._show(import_)
        return True

    async def _move(
        self, import_: int, source: ImportState, target: ImportState, verb: str, by: int, **values: Any
    ) -> bool:
        actor, where = f"admin:{by}", table.c.id == import_
        moved = await move(self._tx, "import", source, target, where, actor=actor, verb=verb, values=values)
        if moved:
            await self._show(import_)
        return bool(moved)

    async def _change(self, import_: int, **values: Any) -> None:
        await imports.change(self._tx, import_, **values)
        await self._show(import_)

    async def _show(self, import_: int) -> None:
        await self._cards.touch(Subject("import", import_), pressed=True, bump=True)

    async def ask_for_list(self, import_: int) -> None:
        """Ask for the provider's list of bases on behalf of an import's card."""
        await requests.ask(self._tx, "bases", {"import": import_})
        self._tx.wakes.add("requests")


def moved_on(import_: Import, tx: Tx) -> Mapping[str, Any]:
    """Return how an import's clock goes on after a standstill: as if it had not been."""
    if import_.waiting_since is None or import_.began_at is None:
        return {"waiting_since": None}
    return {"waiting_since": None, "began_at": import_.began_at + (tx.now - import_.waiting_since)}
