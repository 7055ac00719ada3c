"""Reads a document in a process of its own, killed when it takes more than it may."""

import asyncio
import contextlib
import json
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator
from dataclasses import asdict
from types import TracebackType
from typing import Final

import structlog

from bot.worker.reading.frames import HEAD, unpack
from bot.worker.reading.limits import Limits
from bot.worker.reading.verdict import Piece, Trouble, Unreadable, Verdict

_COMMAND: Final = (sys.executable, "-I", "-m", "bot.worker.reading")
_SLICE: Final = 1 << 18
_ENDED: Final[dict[int, Trouble]] = {
    signal.SIGABRT: Trouble.TOO_LARGE,  # native code that is refused memory
    signal.SIGKILL: Trouble.TOO_LARGE,  # not by us: a machine that ran out of memory
    signal.SIGXCPU: Trouble.TOO_LONG,
}
_log = structlog.get_logger("reading")


async def read_document(
    data: bytes, name: str, *, column: int | None = None, limits: Limits | None = None
) -> AsyncGenerator[Piece, None]:
    """
    Give the pieces of a document as they are found; the last one is a Verdict or Unreadable, always.

    The process waits while a piece is being used, so that no more than a few are ever in memory. To stop early
    close the iterator (`contextlib.aclosing`): that ends the process. `column` (from 1) is read instead of the best.
    """
    limits = limits or Limits()
    if len(data) > limits.document:
        yield Unreadable(Trouble.TOO_LARGE)
        return
    request = json.dumps({"name": name, "column": column, "limits": asdict(limits)}).encode() + b"\n"
    # No environment: what it holds of secrets is none of the reader's business.
    process = await asyncio.create_subprocess_exec(*_COMMAND, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={})
    patience = _Patience(limits.seconds)
    try:
        async with patience:
            await _feed(process, request, data)
        del data  # the process has it
        piece: Piece | None = None
        while not isinstance(piece, Verdict | Unreadable):
            async with patience:
                piece = await _next(process)
            yield piece
    except TimeoutError:
        yield Unreadable(Trouble.TOO_LONG)
    finally:
        await _end(process)


class _Patience:
    """Seconds of waiting, in all: each block entered uses some of them up, the last of them is a TimeoutError."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    async def __aenter__(self) -> None:
        self._timeout = asyncio.timeout(self._left)
        self._began = asyncio.get_running_loop().time()
        await self._timeout.__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left -= asyncio.get_running_loop().time() - self._began
        await self._timeout.__aexit__(kind, error, trace)


async def _feed(process: Process, request: bytes, data: bytes) -> None:
    """Hand the document over in slices: written at once it would be held twice."""
    assert process.stdin is not None  # noqa: S101 - it was asked for
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # how it ended is seen where it is read
        process.stdin.write(request)
        for at in range(0, len(data), _SLICE):
            process.stdin.write(data[at : at + _SLICE])
            await process.stdin.drain()
        process.stdin.close()
        await process.stdin.wait_closed()


async def _next(process: Process) -> Piece:
    assert process.stdout is not None  # noqa: S101 - it was asked for
    try:
        kind, size = HEAD.unpack(await process.stdout.readexactly(HEAD.size))
        return unpack(kind, await process.stdout.readexactly(size))
    except asyncio.IncompleteReadError:
        code = await process.wait()
        _log.warning("reader died", code=code)
        return Unreadable(_ENDED.get(-code, Trouble.BROKEN))


async def _end(process: Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    if process.stdout is not None:
        while await process.stdout.read(_SLICE):  # asyncio sees the end of a process only behind what it wrote
            pass
    await process.wait()
