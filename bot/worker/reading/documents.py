"""A document, or a pasted text, into phones, bad rows and a verdict: pure, nothing waits."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.worker.reading.charset import decode, tidy
from bot.worker.reading.delimited import tabulate
from bot.worker.reading.limits import Limits
from bot.worker.reading.lines import blocks, first_line
from bot.worker.reading.sheets import is_workbook, open_workbook
from bot.worker.reading.table import Table, cells, is_title, look
from bot.worker.reading.tally import Tally
from bot.worker.reading.vcards import is_vcard, phones
from bot.worker.reading.verdict import Piece, Trouble, Unreadable, UnreadableError

_WORKBOOKS: Final = (".ods", ".xls", ".xlsb", ".xlsx")


def read_bytes(data: bytes, name: str, *, column: int | None = None, limits: Limits) -> Iterator[Piece]:
    """
    Read a document of any kind; what it is, its content says, and its name only why that cannot be read.

    The last piece is a Verdict or Unreadable. A workbook is read by native code that no exception guards against
    bombs: in a process that matters call `read_document` instead.
    """
    try:
        if is_workbook(data):
            yield from _read_table(open_workbook(data, limits.unpacked), column, limits)
        else:
            text = decode(data)
            del data
            yield from _read(text, column, limits)
    except UnreadableError as error:
        broken = error.why is Trouble.NOT_A_TABLE and name.lower().endswith(_WORKBOOKS)
        yield Unreadable(Trouble.BROKEN if broken else error.why)


def read_text(text: str, *, column: int | None = None, limits: Limits | None = None) -> Iterator[Piece]:
    """
    Read a pasted text as `read_bytes` does a document.

    For a thread: `await asyncio.to_thread(lambda: list(read_text(text)))`.
    """
    try:
        yield from _read(tidy(text.replace("\0", " ")), column, limits or Limits())
    except UnreadableError as error:
        yield Unreadable(error.why)


def _read(text: bytes, column: int | None, limits: Limits) -> Iterator[Piece]:
    if is_vcard(text):
        yield from _read_cards(text, limits)
    elif table := tabulate(text, column):
        yield from _read_table(table, column, limits)
    else:
        yield from _read_lines(text, limits)


def _read_cards(text: bytes, limits: Limits) -> Iterator[Piece]:
    tally = Tally(limits.rows)
    for line, value in phones(text):
        yield from tally.feed(value + "\n", line)
    yield from tally.finish()
    yield tally.verdict()


def _read_lines(text: bytes, limits: Limits) -> Iterator[Piece]:
    tally, header = Tally(limits.rows), is_title(first_line(text))
    first = 1
    for block in blocks(text):
        rows = block[block.index("\n") + 1 :] if header and first == 1 else block
        yield from tally.feed(rows, first + block.count("\n") - rows.count("\n"))
        first += block.count("\n")
    yield from tally.finish()
    yield replace(tally.verdict(), header=header)


def _read_table(table: Table, column: int | None, limits: Limits) -> Iterator[Piece]:
    seen, tally = look(table), Tally(limits.rows)
    chosen = column or (seen.columns[0].number if seen.columns else table.left)
    for first, rows in cells(table, chosen, header=seen.header):
        yield from tally.feed(rows, first)
    yield from tally.finish()
    yield replace(
        tally.verdict(),
        column=chosen,
        columns=seen.columns,
        header=bool(seen.header),
        sheet=table.sheet,
        sheets=table.sheets,
    )
