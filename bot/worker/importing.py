"""The lanes of imports: one reads lists, one adds what was confirmed, chunk by chunk."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from bot.domain.bases import BaseFile, Import
from bot.services.bases.adding import Add, Added, Read, Refused, Silent
from bot.services.unit import Unit
from bot.worker.outcomes import storable
from bot.worker.reading.documents import read_text
from bot.worker.reading.process import read_document
from bot.worker.reading.verdict import BadRow, BadRows, Chunk, Piece, Trouble, Unreadable, Verdict
from gateway import Gateway, GatewayError, InvalidRequestError, NotSentError, RejectedError

_MOST_BAD: Final = 100_000
"""Bad rows that the document of them holds."""


class ReadLane:
    """Reads what people want to import: a document in a process of its own, a pasted text in a thread."""

    name = "reading"

    def __init__(self, unit: Unit, slots: int = 1) -> None:
        self.slots = slots
        self._unit = unit

    async def claim(self, free: int) -> Sequence[Import]:
        """Take what is to be read."""
        async with self._unit() as services:
            return await services.adding.claim_reading(free)

    async def do(self, item: Import) -> Read | None:
        """Read, and store the phones as they come; None where the import was closed meanwhile."""
        async with self._unit() as services:
            file = await services.adding.begin_reading(item)
        bad, last = _BadFile(), Unreadable(Trouble.BROKEN)
        async with contextlib.aclosing(_pieces(item, file)) as pieces:
            del file
            async for piece in pieces:
                match piece:
                    case Chunk():
                        if not await self._keep(item, piece):
                            return None
                    case BadRows():
                        bad.add(piece)
                    case Verdict():
                        return Read(_kept(piece), None, bytes(bad.data))
                    case Unreadable():
                        last = piece
        return Read(None, last.why, b"")

    async def finish(self, item: Import, result: Read | None) -> None:
        """Store the verdict."""
        if result is not None:
            async with self._unit() as services:
                await services.adding.read(item, result)

    async def next_due(self) -> datetime | None:
        """Return when the next list is to be read."""
        async with self._unit.reading() as services:
            return await services.adding.next_due("read")

    def failed(self, item: Import, error: Exception) -> Read:  # noqa: ARG002 - the loop has logged it
        """An exception nobody foresaw: the document is to blame."""
        return Read(None, Trouble.BROKEN, b"")

    async def _keep(self, item: Import, chunk: Chunk) -> bool:
        async with self._unit() as services:
            return await services.adding.keep(item, chunk.phones)


class AddLane:
    """Adds one chunk of each running import at a time."""

    name = "imports"

    def __init__(self, unit: Unit, gateway: Gateway, slots: int = 3) -> None:
        self.slots = slots
        self._unit, self._gateway = unit, gateway

    async def claim(self, free: int) -> Sequence[Add]:
        """Take the next chunks."""
        async with self._unit() as services:
            return await services.adding.claim_adding(free)

    async def do(self, item: Add) -> Added | Refused | Silent:
        """Add one chunk; nothing is paid for it."""
        try:
            result = await self._gateway.add_phones(item.name, item.chunk.phones)
        except RejectedError as error:
            return Refused(error.reason.name)
        except InvalidRequestError as error:
            return Refused(error.flaw.name)
        except NotSentError:
            return Silent(sent=False)
        except GatewayError:
            return Silent(sent=True)
        return Added(result.added, tuple(storable(phone) for phone in result.rejected))

    async def finish(self, item: Add, result: Added | Refused | Silent) -> None:
        """Count it, wait, or ask a person."""
        async with self._unit() as services:
            match result:
                case Added():
                    await services.adding.added(item, result)
                case Refused():
                    await services.adding.refused(item, result)
                case Silent():
                    await services.adding.silent(item, result)

    async def next_due(self) -> datetime | None:
        """Return when the next chunk is due."""
        async with self._unit.reading() as services:
            return await services.adding.next_due("add")

    def failed(self, item: Add, error: Exception) -> Silent:  # noqa: ARG002 - the loop has logged it
        """An exception nobody foresaw: the call may have been made."""
        return Silent(sent=True)


class _BadFile:
    """Bad rows as lines of tabs: row, what stands there, why, digits. The chat wing puts words to them."""

    def __init__(self) -> None:
        self.data = bytearray()
        self._rows = 0

    def add(self, found: BadRows) -> None:
        """Append as many as there is room for."""
        for bad in found.rows[: max(0, _MOST_BAD - self._rows)]:
            self.data += f"{bad.row}\t{_one_line(bad.raw)}\t{bad.why}\t{bad.digits}\n".encode()
        self._rows += len(found.rows)


async def _pieces(item: Import, file: BaseFile | None) -> AsyncGenerator[Piece, None]:
    if file is not None:
        reading = read_document(file.data, file.name, column=item.column)
        del file  # the reader has it: here it would be held till the end
        async with contextlib.aclosing(reading) as found:
            async for piece in found:
                yield piece
        return
    for piece in await asyncio.to_thread(lambda: list(read_text(item.pasted or "", column=item.column))):
        yield piece


def _kept(verdict: Verdict) -> Mapping[str, Any]:
    """Return what the import remembers of a verdict."""
    counts = {name: getattr(verdict, name) for name in ("valid", "invalid", "duplicates", "empty", "column", "header")}
    columns = [{"number": one.number, "title": storable(one.title)[:40]} for one in verdict.columns]
    return {**counts, "columns": columns, "bad": [_row(bad) for bad in verdict.bad]}


def _row(bad: BadRow) -> Mapping[str, Any]:
    return {**asdict(bad), "raw": storable(bad.raw)}


def _one_line(raw: str) -> str:
    return " ".join(raw.split())
