"""The process that reads: what it gives, what it may not take, and how it ends."""

import contextlib
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.worker.reading.limits import Limits
from bot.worker.reading.process import read_document
from bot.worker.reading.verdict import Chunk, Piece, Trouble, Unreadable, Verdict
from tests.bot.worker.reading.readings import Reading, read, summed
from tests.bot.worker.reading.workbooks import ods, sheet, xlsx

A = "79119876543"
MANY = "".join(f"7911{number:07}\n" for number in range(200_000)).encode()
"""More than the pipe and the reader's buffer hold: whoever writes it waits for whoever reads."""


async def reading_of(
    data: bytes, name: str = "list.csv", *, column: int | None = None, limits: Limits | None = None
) -> Reading:
    return summed([piece async for piece in read_document(data, name, column=column, limits=limits)])


@contextlib.asynccontextmanager
async def under_way() -> AsyncIterator[tuple[int, AsyncIterator[Piece]]]:
    """A reading whose first piece has come: its process's id, and the pieces that follow."""
    before = _children()
    async with contextlib.aclosing(read_document(MANY, "list.txt")) as pieces:
        assert isinstance(await anext(pieces), Chunk)
        (process,) = _children() - before
        yield process, pieces


def _environment(process: int) -> bytes:
    return Path(f"/proc/{process}/environ").read_bytes()


def _children() -> set[int]:
    return {int(child) for task in Path("/proc/self/task").iterdir() for child in _begun_by(task)}


def _begun_by(task: Path) -> list[str]:
    try:
        return (task / "children").read_text().split()
    except FileNotFoundError:  # a thread that has just ended
        return []


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (f"Имя;Телефон\nИван;{A}\nОльга;8911\n".encode("cp1251"), "list.csv"),
        (xlsx(sheet([["Телефон"], [float(A)], ["8911"]])), "list.xlsx"),
        (ods([["Телефон"], [float(A)], ["8911"]]), "list.ods"),
        (f"BEGIN:VCARD\nTEL:{A}\nEND:VCARD\n".encode(), "list.vcf"),
        (b"\1\0\0\0\0\xff", "list.xlsx"),
        (b"", "list.txt"),
    ],
)
async def test_a_document_reads_the_same_there_and_here(data: bytes, name: str) -> None:
    assert await reading_of(data, name) == read(data, name)


async def test_the_asked_column_is_read() -> None:
    data = f"Имя;Домашний;Телефон\nИван;83452123456;{A}\n".encode()
    assert (await reading_of(data, column=2)).phones == ("73452123456",)


async def test_phones_come_by_the_thousand_in_order_and_the_verdict_last() -> None:
    pieces = [piece async for piece in read_document(MANY, "list.txt")]
    assert [len(piece.phones) for piece in pieces if isinstance(piece, Chunk)] == [1_000] * 200
    assert summed(pieces).phones == tuple(MANY.decode().split())
    assert isinstance(pieces[-1], Verdict)


@pytest.mark.parametrize(
    ("sent", "why"),
    [(signal.SIGKILL, Trouble.TOO_LARGE), (signal.SIGXCPU, Trouble.TOO_LONG), (signal.SIGTERM, Trouble.BROKEN)],
)
async def test_a_process_killed_in_the_middle_is_a_value(sent: signal.Signals, why: Trouble) -> None:
    async with under_way() as (process, pieces):
        os.kill(process, sent)
        assert [piece async for piece in pieces][-1] == Unreadable(why)


async def test_whoever_stops_early_leaves_no_process_behind() -> None:
    async with under_way() as (process, _):
        os.kill(process, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


async def test_the_process_gets_no_environment_for_it_holds_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMSBOT_TELEGRAM_TOKEN", "secret")
    async with under_way() as (process, _):
        assert _environment(process) == b""


async def test_a_sheet_of_two_cells_far_apart_takes_no_more_memory_than_it_may() -> None:
    rows = sheet([[float(A)]]) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert (await reading_of(xlsx(rows), "list.xlsx")).end == Unreadable(Trouble.TOO_LARGE)


async def test_more_seconds_than_allowed_are_too_long() -> None:
    assert (await reading_of(MANY, limits=Limits(seconds=0.01))).end == Unreadable(Trouble.TOO_LONG)


async def test_more_work_than_allowed_is_too_long() -> None:
    hard = "".join(f"+380 50 {number:07}\n" for number in range(300_000))
    assert (await reading_of(hard.encode(), "list.txt", limits=Limits(cpu=1))).end == Unreadable(Trouble.TOO_LONG)


async def test_more_rows_than_allowed_are_too_large() -> None:
    assert (await reading_of(f"{A}\n".encode() * 1_001, limits=Limits(rows=1_000))).end == Unreadable(Trouble.TOO_LARGE)


async def test_a_larger_document_than_allowed_reaches_no_process() -> None:
    before = _children()
    async for piece in read_document(MANY, "list.txt", limits=Limits(document=len(MANY) - 1)):
        assert piece == Unreadable(Trouble.TOO_LARGE)
        assert _children() == before
