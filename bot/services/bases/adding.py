"""Imports as the lanes see them: downloaded, read, and added; each step is claimed, done and stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.domain.bases import BaseFile, Import
from bot.domain.models import Subject
from bot.domain.policy import Policy
from bot.domain.states import ImportState
from bot.services.bases.imports import INTO, KEPT, moved_on
from bot.services.cards import Cards
from bot.services.documents import Documents
from bot.services.questions import Questions
from bot.services.sending.batches import WORKER
from bot.storage import bases, blobs, imports, requests
from bot.storage.engine import Tx
from bot.storage.imports import Chunk
from bot.storage.moves import move
from bot.storage.tables import imports as table

__all__ = ["Add", "Added", "Adding", "Read", "Refused", "Silent"]

DOWNLOADING: Final = timedelta(minutes=5)
READING: Final = timedelta(minutes=3)
_TRIES: Final = 5
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Add:
    """One chunk on its way into the base of that name."""

    row: Import
    chunk: Chunk
    name: str


@dataclass(frozen=True, slots=True)
class Added:
    """The provider took the chunk, these phones excepted."""

    added: int
    rejected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """The provider refused the whole call; `code` says why."""

    code: str


@dataclass(frozen=True, slots=True)
class Silent:
    """No answer that can be read; `sent`: the chunk may have been added all the same."""

    sent: bool


@dataclass(frozen=True, slots=True)
class Read:
    """What a list holds: the verdict as the import keeps it, or why it cannot be read; and the bad rows as a file."""

    verdict: Mapping[str, Any] | None
    refused: str | None
    bad_rows: bytes


class Adding:
    """Claims and stores the steps of imports."""

    def __init__(self, tx: Tx, policy: Policy, cards: Cards, documents: Documents, questions: Questions) -> None:
        self._tx, self._policy, self._cards, self._documents = tx, policy, cards, documents
        self._questions = questions

    async def claim_downloads(self, free: int) -> list[Import]:
        """Take imports whose documents are to be fetched."""
        return await imports.claim(self._tx, imports.awaiting_download(), free, DOWNLOADING)

    async def downloaded(self, item: Import, file: BaseFile) -> None:
        """Keep the document."""
        if await imports.held(self._tx, item) is not None:
            blob = await blobs.add(self._tx, file)
            await imports.free(self._tx, item, self._tx.now, blob=blob, attempts=0)
            self._tx.wakes.add("reading")

    async def not_downloaded(self, item: Import, *, final: bool) -> None:
        """Try again later, or give it up."""
        if final or item.attempts + 1 >= _TRIES:
            await self.read(item, Read(None, "download", b""))
        else:
            await imports.free(self._tx, item, self._later(item), attempts=item.attempts + 1)

    async def claim_reading(self, free: int) -> list[Import]:
        """Take imports that are to be read."""
        return await imports.claim(self._tx, imports.awaiting_reading(), free, READING)

    async def begin_reading(self, item: Import) -> BaseFile | None:
        """Forget what an earlier reading left, and return the document, if there is one."""
        if await imports.held(self._tx, item) is not None:
            await imports.clear(self._tx, item.id)
        return await blobs.load(self._tx, item.blob) if item.blob is not None else None

    async def keep(self, item: Import, phones: Sequence[str]) -> bool:
        """Store the next chunk and hold the claim longer; False where the import is another's, or was closed."""
        held = await imports.held(self._tx, item)
        if held is None or held.state is not ImportState.CHECKING:
            return False
        await imports.keep(self._tx, item.id, phones)
        await imports.change(self._tx, item.id, lease_until=self._tx.now + READING)
        return True

    async def read(self, item: Import, found: Read) -> None:
        """Store the verdict, or that there is none."""
        held = await imports.held(self._tx, item)
        if held is None:
            return
        values: dict[str, Any] = {"claim": None, "lease_until": None, "next_at": None, "refused": found.refused}
        where = table.c.id == item.id
        if found.verdict is None or held.state is not ImportState.CHECKING:
            await imports.clear(self._tx, item.id)
            await self._move(held, ImportState.CANCELLED, "refuse", {**values, "pasted": None})
            if held.blob is not None:
                await blobs.remove(self._tx, held.blob)
        else:
            rows, left = _ended(found.verdict, found.bad_rows)
            values |= {"verdict": {**found.verdict, "left": left}, "total": found.verdict["valid"], "bad_rows": None}
            if rows:
                file = BaseFile("bad-rows.csv", "text/x-bad-rows", rows)
                values["bad_rows"] = await self._documents.keep(file, KEPT)
            await move(
                self._tx,
                "import",
                ImportState.CHECKING,
                ImportState.READY,
                where,
                actor=WORKER,
                verb="read",
                values=values,
            )
        if found.verdict is None or not found.verdict["valid"]:
            await self._questions.end(INTO, item.id)
        # Whoever is choosing the base meanwhile may go on: its buttons mean the same with a verdict and without.
        choosing = held.base is None and bool(values.get("total"))
        await self._cards.touch(Subject("import", item.id), pressed=True, bump=not choosing)

    async def claim_adding(self, free: int) -> list[Add]:
        """Take the next chunk of imports that run; one without any left has finished."""
        found = []
        for item in await imports.claim(self._tx, imports.running(), free, self._policy.lease):
            chunk = await imports.take(self._tx, item.id)
            base = await bases.load(self._tx, item.base or 0)
            if chunk is None or base is None:
                await self._finish(item)
            else:
                found.append(Add(item, chunk, base.name))
        return found

    async def added(self, item: Add, result: Added) -> None:
        """Count a chunk, once, and go on with the next."""
        held = await imports.held(self._tx, item.row)
        if held is None or not await imports.done(self._tx, item.chunk, result.added, result.rejected):
            return
        rejected = len(result.rejected)
        counts: dict[str, Any] = {
            "done": held.done + len(item.chunk.phones),
            "added": held.added + result.added,
            "rejected": held.rejected + rejected,
            "repeated": held.repeated or (item.chunk.repeated and rejected > 0),
            "attempts": 0,
        }
        runs = held.state is ImportState.RUNNING
        clock = moved_on(held, self._tx) if runs else {}
        await imports.free(self._tx, item.row, self._tx.now if runs else None, **counts, **clock)
        self._tx.wakes.add("imports")
        if runs and counts["done"] >= held.total:
            await self._finish(held)
        else:
            await self._cards.touch(Subject("import", held.id))

    async def silent(self, item: Add, result: Silent) -> None:
        """Wait, and try the same chunk again: adding twice is harmless."""
        held = await imports.held(self._tx, item.row)
        if held is None:
            return
        if not result.sent:
            await imports.untry(self._tx, item.chunk)
        runs = held.state is ImportState.RUNNING
        values: dict[str, Any] = {"attempts": held.attempts + 1}
        values["waiting_since"] = held.waiting_since or self._tx.now
        await imports.free(self._tx, item.row, self._later(held) if runs else None, **values)
        await self._cards.touch(Subject("import", held.id))

    async def refused(self, item: Add, result: Refused) -> None:
        """Pause, and ask for a person: the provider will take no other chunk either."""
        held = await imports.held(self._tx, item.row)
        if held is None:
            return
        await imports.untry(self._tx, item.chunk)
        await self._learn(held.base or 0, result.code)
        await imports.free(self._tx, item.row, None)
        if held.state is ImportState.RUNNING:
            values = {"refused": result.code[:32], "waiting_since": held.waiting_since or self._tx.now}
            await self._move(held, ImportState.PAUSED, "pause", values)
            await self._cards.lift(Subject("import", held.id), near=True, bump=True)

    async def next_due(self, step: str) -> datetime | None:
        """Return when the next import is due for a step: download | read | add."""
        where = {"download": imports.awaiting_download, "read": imports.awaiting_reading, "add": imports.running}
        return await imports.next_due(self._tx, where[step]())

    async def _finish(self, item: Import) -> None:
        values = {"next_at": None, "claim": None, "lease_until": None}
        await self._move(item, ImportState.FINISHED, "finish", values)
        await requests.ask(self._tx, "bases", {"import": item.id})
        self._tx.wakes.add("requests")
        await self._cards.touch(Subject("import", item.id), bump=True)

    async def _learn(self, base: int, code: str) -> None:
        if code == "WRONG_BASE":
            await bases.unlist(self._tx, base)
        elif code == "BASE_IS_PROTECTED":
            await bases.protect(self._tx, base, protected=True)

    async def _move(self, item: Import, target: ImportState, verb: str, values: Mapping[str, Any]) -> None:
        source = ImportState.CHECKING if target is ImportState.CANCELLED else ImportState.RUNNING
        where = table.c.id == item.id
        await move(self._tx, "import", source, target, where, actor=WORKER, verb=verb, values=values)

    def _later(self, item: Import) -> datetime:
        return self._tx.now + timedelta(seconds=min(_LONGEST, 2 ** min(item.attempts + 1, 10)))


def _ended(verdict: Mapping[str, Any], rows: bytes) -> tuple[bytes, int]:
    """Let the bad rows say in a last line how many more there were than they hold; return that number, too."""
    left = verdict["invalid"] - rows.count(b"\n")
    return (rows + f"\t\tmore\t{left}\n".encode(), left) if rows and left > 0 else (rows, 0)
